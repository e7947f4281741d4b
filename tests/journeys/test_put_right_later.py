"""A mistake that is put right late: what had been noted from it follows, what rests is listed."""

from datetime import date, timedelta

import pytest

from engine.model.changes import Changes
from engine.model.outcomes import Filed
from engine.model.putting_right import Cause, Corrected, Voided
from runtime.use_cases.advance import Answer
from tests.support.actors import act
from tests.support.pair_records import objectives
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, World

WHY = "It was misheard."


def done(pair: Pair, event: Cause) -> Answer:
    answer = act(pair.world.runtime, pair.case, event)
    assert answer.accepted, answer.unmet
    return answer


def test_later_roadmaps_are_held_against_the_agreed_one_as_it_is_right(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    rows = objectives()
    rows[0] = {**rows[0], "title": "Said rightly"}
    done(pair, Corrected("roadmap", Changes({"objectives": rows}), WHY, FACILITATOR))
    assert pair.dossier.facts["agreed_roadmap"] == 2
    assert "F-12" not in pair.flags()

    done(pair, Filed("roadmap", {"objectives": rows[1:]}, FACILITATOR))

    assert pair.flags()["F-12"] == "amber"


def test_what_a_step_noted_from_a_record_follows_its_correction(town: World) -> None:
    pair = a_pair(town).gets_to("memorandum")
    pair.files("roadmap")
    pair.files("memorandum", roadmap_version=2)
    pair.signs("coordinator", "aspiring")
    pair.goes("start_implementation")

    done(pair, Corrected("memorandum", Changes({"roadmap_version": 1}), WHY, FACILITATOR))

    assert pair.dossier.facts["agreed_roadmap"] == 1


def test_a_step_that_rested_on_a_corrected_record_is_listed_when_that_is_void(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    done(pair, Corrected("onboarding", Changes({"gaps": ["Data"]}), WHY, FACILITATOR))

    answer = done(pair, Voided("onboarding", WHY, FACILITATOR))

    (lack,) = answer.warnings
    assert "Finish the onboarding, taken on 2026-05-11" in str(lack["detail"])
    assert (lack["requirement"], lack["owner"]) == ("onboarding_held", "facilitator")


def test_what_happened_since_is_expected_when_it_would_have_been(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    before, visit = pair.dossier.dates, pair.dossier.latest("visit_1")
    assert visit is not None
    held_on = date.fromisoformat(str(visit.content["held_on"])) - timedelta(days=2)
    days = Changes({"started_on": str(held_on), "held_on": str(held_on)})

    done(pair, Corrected("visit_1", days, WHY, FACILITATOR))

    after = pair.dossier.dates
    moved = {name for name in after if after[name].forecast != before[name].forecast}
    assert after["memorandum"].forecast == held_on
    assert "onboarding" not in moved


@pytest.mark.parametrize(
    ("state", "record", "begins", "held"),
    [
        ("onboarding", "onboarding_date", "starts_at", "onboarding"),
        ("mid_term", "mid_term_date", "starts_at", "mid_term"),
        ("workshop", "workshop_date", "on", "workshop"),
    ],
)
def test_an_agreed_day_that_is_put_right_after_it_was_held_was_the_forecast(
    state: str, record: str, begins: str, held: str, town: World
) -> None:
    pair = a_pair(town).gets_to(state)
    on = pair.today + timedelta(days=15)
    days = [
        f"{each}T10:00:00+00:00" if begins == "starts_at" else str(each)
        for each in (on + timedelta(days=9), on)
    ]
    pair.files(record, FACILITATOR, **{begins: days[0]})
    days_go_by(town, 20)
    pair.files(held, held_on=str(on))

    done(pair, Corrected(record, Changes({begins: days[1]}), WHY, FACILITATOR))

    known = pair.dossier.dates[state]
    assert (known.forecast, known.actual, known.agreed) == (on, on, True)


@pytest.mark.parametrize(
    "event",
    [
        Corrected(
            "match_answer", Changes({"answer": "declined", "reason": "No."}), WHY, FACILITATOR
        ),
        Voided("match_answer", WHY, FACILITATOR),
    ],
)
def test_a_step_that_rested_on_a_fact_noted_from_a_record_is_listed(
    event: Cause, town: World
) -> None:
    pair = a_pair(town).gets_to("match_confirmed")

    answer = done(pair, event)

    (lack,) = answer.warnings
    assert (lack["requirement"], lack["owner"]) == ("match_answered", "facilitator")
    assert "Confirm the match, taken on 2026-05-11" in str(lack["detail"])


def test_a_correction_that_is_void_takes_what_it_corrected_with_it(town: World) -> None:
    pair = a_pair(town).gets_to("match_proposed")
    before = pair.dossier.facts["domain"]
    pair.files("match", domain="Research")
    done(pair, Corrected("match", Changes({"domain": "Prevention"}), WHY, FACILITATOR))

    done(pair, Voided("match", WHY, FACILITATOR))

    assert pair.dossier.facts["domain"] == before
    assert "match" not in pair.dossier.records
