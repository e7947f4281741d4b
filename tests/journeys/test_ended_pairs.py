"""What still comes into a pair that has ended: the label, the write-up, consent to reuse."""

from collections.abc import Mapping

import pytest

from engine.model.outcomes import By, Event, FlagRaised, Moved, Signed, Waived
from runtime.queries.preview import Preview, preview
from runtime.queries.record_types import record_types
from runtime.queries.why import why
from tests.storage.rows import everything
from tests.support.actors import act, spoken
from tests.support.pair_records import content
from tests.support.pairs import Pair, a_pair
from tests.support.world import FACILITATOR, LEAD, World

FEEDBACK = {"value": "Much.", "limits": "Time.", "learning": "Begin early."}
SCORES = {"domain_score": 3, "overall_score": 3}
# S-15 and A-25: what the lead may waive at the close, B-18: consent to reuse, S-16 and N-20: label.
AFTER: Mapping[str, Mapping[str, object]] = {
    "readiness_monitoring": {"answered": 31},
    "maturity_final": SCORES,
    "indicators_final": {
        "measured": [
            {"indicator": "Share of staff with a plan", "value": 1, "measured_on": "2026-05-08"}
        ]
    },
    "feedback_aspiring": FEEDBACK,
    "feedback_coordinator": FEEDBACK,
    "survey": {},
    "final_report": {"achievements": "A plan.", "learning": "Begin early.", "practices": "None."},
    "lessons": {"lessons": [{"lesson": "Begin early.", "meant_for": "ms44"}]},
    "label": {},
    "consent": {
        "items": [{"item": "The plan", "coordinator_agrees": True, "aspiring_agrees": True}]
    },
}
DATED = {"maturity_final": "measured_on", "survey": "sent_on", "label": "granted_on"}


def _closed(pair: Pair) -> Pair:
    """From the workshop to the close: what is missing there the lead waives."""
    pair.gets_to("closure")
    _written_up(pair, "final_report")
    for requirement in pair.refused("close").names():
        assert pair.waives(requirement).accepted, requirement
    pair.goes("close")
    return pair


def _ended(pair: Pair) -> Pair:
    pair.gets_to("implementation")
    pair.goes("end", LEAD, note="They merge with another centre.")
    return pair


def _written_up(pair: Pair, record: str) -> None:
    by = LEAD if record == "label" else FACILITATOR
    day = {DATED[record]: pair.today.isoformat()} if record in DATED else {}
    answer = pair.world.file(pair.case, record, by, **{**AFTER[record], **day})
    assert answer.accepted, answer.unmet


def _acts(pair: Pair, by: By = FACILITATOR) -> dict[str, Event]:
    later = pair.today.replace(year=pair.today.year + 1)
    return {
        "memorandum": Signed("memorandum", "aspiring", "Director", pair.today, by),
        "closing_held": Waived("closing_held", "Agreed by mail.", LEAD),
        "closure": Moved("closure", later, "It suits better.", by),
        "F-10": FlagRaised("F-10", "Seen.", by),
    }


def test_a_pair_that_has_ended_takes_in_what_the_protocol_lets_follow(any_town: World) -> None:
    pair = _closed(a_pair(any_town))
    any_town.beat()
    sent = len(any_town.mailbox.letters)

    for record in AFTER:
        _written_up(pair, record)
    any_town.beat()

    kinds = record_types(any_town.runtime, pair.case)
    assert {kind.name for kind in kinds} == set(AFTER)
    assert set(AFTER) <= set(pair.dossier.records)
    assert pair.flags() == {}
    (letter,) = any_town.mailbox.letters[sent:]
    assert b"Pairing Label" in letter.frozen


@pytest.mark.parametrize("end", [_closed, _ended])
def test_everything_else_is_refused_with_the_pair_its_end_and_what_may_follow(
    any_town: World, end: object
) -> None:
    pair = _closed(a_pair(any_town)) if end is _closed else _ended(a_pair(any_town))
    title = "Closed" if end is _closed else "Ended by the CBG"
    before = everything(any_town.runtime.database)

    answers = {name: act(any_town.runtime, pair.case, e) for name, e in _acts(pair).items()}
    roadmap = content("roadmap", pair.today)
    answers["roadmap"] = any_town.file(pair.case, "roadmap", FACILITATOR, **roadmap)

    for name, answer in answers.items():
        assert not answer.accepted, name
        (unmet,) = answer.unmet
        assert unmet["detail"] == f"VIE-BIR has ended: {title}, since {pair.today}"
        assert unmet["remedy"] == (
            f"It still takes in the records {', '.join(AFTER)}. "
            "If another case is meant, name that one."
        )
    assert everything(any_town.runtime.database) == before


def test_what_is_refused_after_the_end_is_offered_nowhere(any_town: World) -> None:
    pair = _ended(a_pair(any_town))

    told = why(any_town.runtime, pair.case)
    tried = [
        preview(any_town.runtime, pair.case, spoken(any_town.runtime, pair.case, event))
        for event in _acts(pair).values()
    ]

    assert (told.ways, told.open) == ((), ())
    assert [each for each in tried if isinstance(each, Preview)] == []


def test_a_check_in_that_was_held_takes_no_second_note(any_town: World) -> None:
    pair = a_pair(any_town).gets_to("implementation")
    (line,) = (each for each in pair.dossier.children if each.workflow == "check_in")
    note = {"held_on": pair.today.isoformat(), "summary": "Well.", "bottlenecks": "None."}
    check_in = Pair(any_town, line.id)
    any_town.file(line.id, "note", FACILITATOR, **note, barrier=False)
    check_in.goes("hold")

    answer = any_town.file(line.id, "note", FACILITATOR, **note, barrier=True)

    assert [unmet["detail"] for unmet in answer.unmet] == [
        f"VIE-BIR/check_in-1 has ended: Held, since {pair.today}"
    ]
    assert pair.flags() == {}
