"""What is filed twice in one record, was never proposed, or has not happened yet is refused."""

from collections.abc import Mapping

import pytest

from engine.model.outcomes import Filed
from tests.support.actors import act
from tests.support.pair_records import content, objectives
from tests.support.pairs import Pair, a_pair
from tests.support.world import FACILITATOR, World, make

PLAN, OBJECTIVE, LATER = "Share of staff with a plan", "Short objective 1", "2029-01-01"
ROW = {"indicator": PLAN, "value": 4, "measured_on": "2026-05-11"}
ITEM = {"item": "A registry", "answer": "in_place"}
SCORE = {"domain": "Care", "score": 2}
AGREED = {"item": "A slide", "coordinator_agrees": True, "aspiring_agrees": True}
BARRIER = {
    **dict.fromkeys(("what", "tried", "ask"), "No nurse."),
    "since": "2026-05-01",
    "objective": OBJECTIVE,
}


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return a_pair(make(tmp_path_factory.mktemp("pair"))).gets_to("implementation")


def refused(pair: Pair, record: str, **changed: object) -> str:
    """What is wrong with a version of a record, and where."""
    filed = {**content(record, pair.today), **changed}
    answer = act(pair.world.runtime, pair.case, Filed(record, filed, FACILITATOR))
    assert not answer.accepted
    return str(answer.unmet[0]["detail"])


def _said(where: str) -> str:
    """A place in a record as a sentence names it."""
    name, row, inner = (*where.split("."), "", "")[:3]
    found = f'row {row} of "{name}"' if row else f'"{name}"'
    return f'"{inner}" in {found}' if inner else found


@pytest.mark.parametrize(
    ("record", "changed", "where"),
    [
        ("readiness", {"answers": [ITEM, ITEM]}, "answers.2.item"),
        ("readiness_monitoring", {"answered": 2, "answers": [ITEM, ITEM]}, "answers.2.item"),
        ("maturity_baseline", {"scores": [SCORE, SCORE]}, "scores.2.domain"),
        ("maturity_final", {"scores": [SCORE, SCORE]}, "scores.2.domain"),
        ("indicators", {"measured": [ROW, ROW]}, "measured.2.indicator"),
        ("indicators_mid_term", {"measured": [ROW, ROW]}, "measured.2.indicator"),
        ("roadmap", {"objectives": objectives(1) + objectives(1)}, "objectives.3.title"),
        ("consent", {"items": [AGREED, AGREED]}, "items.2.item"),
        ("areas", {"areas": ["Nursing", "Quality", "Nursing"]}, "areas.3"),
    ],
)
def test_what_stands_for_itself_in_a_record_stands_there_once(
    record: str, changed: Mapping[str, object], where: str, pair: Pair
) -> None:
    assert refused(pair, record, **changed).startswith(f"{_said(where)} is ")


@pytest.mark.parametrize(
    ("record", "changed", "where"),
    [
        ("indicators", {"measured": [{**ROW, "indicator": "Beds"}]}, "measured.1.indicator"),
        ("indicators_final", {"measured": [{**ROW, "indicator": "Beds"}]}, "measured.1.indicator"),
        ("memorandum", {"indicators": ["Beds"]}, "indicators.1"),
        ("barrier", {**BARRIER, "objective": "Beds"}, "objective"),
    ],
)
def test_a_word_of_another_record_is_one_that_was_filed_there(
    record: str, changed: Mapping[str, object], where: str, pair: Pair
) -> None:
    assert refused(pair, record, **changed) == f"{_said(where)} is 'Beds'"


@pytest.mark.parametrize(
    ("record", "changed", "where"),
    [
        ("indicators", {"measured": [{**ROW, "measured_on": LATER}]}, "measured.1.measured_on"),
        (
            "indicators_final",
            {"measured": [{**ROW, "measured_on": LATER}]},
            "measured.1.measured_on",
        ),
        ("barrier", {**BARRIER, "since": LATER}, "since"),
        ("support", {"activity": "A course.", "since": LATER}, "since"),
    ],
)
def test_a_day_of_what_has_happened_is_none_to_come(
    record: str, changed: Mapping[str, object], where: str, pair: Pair
) -> None:
    said = refused(pair, record, **changed)

    assert said.startswith(_said(where))
    assert "a day to come" in said


def test_an_indicator_is_measured_in_the_version_that_proposes_it(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    pair.files("indicators")
    both = {"indicators": [PLAN, "Beds"], "measured": [{**ROW, "indicator": "Beds"}]}

    assert act(town.runtime, pair.case, Filed("indicators", both, FACILITATOR)).accepted
