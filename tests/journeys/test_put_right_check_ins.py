"""Check-ins follow one another: whatever is put right, one is open, and no more."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.model.changes import Changes
from engine.model.dossier import Child
from engine.model.outcomes import Event, Filed, Triggered, Waived
from engine.model.putting_right import Cause, Corrected, Undone, Voided
from runtime.queries.history import findings
from runtime.queries.preview import Preview, preview
from runtime.use_cases.act_together import act_together
from runtime.use_cases.advance import Answer
from tests.support.actors import act, spoken
from tests.support.check_ins import check_ins, holds, notes, opened, talks
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, LEAD, World

WHY = "It was another pair."
TALK = {"held_on": "2026-05-11", "summary": "Slow.", "bottlenecks": "none", "barrier": False}
NOTED = Filed("note", TALK, FACILITATOR)
SETTING = {"setting": "check_in_opens", "value": "P2M"}
ADAPTED = Filed("adaptation", {"settings": [SETTING], "reason": WHY}, LEAD)


def does(pair: Pair, event: Cause, check_in: Child | None = None) -> Answer:
    return act(pair.world.runtime, check_in.id if check_in else pair.case, event)


def begins_mid_term(pair: Pair) -> None:
    pair.waives("check_ins_held", FACILITATOR)
    pair.goes("begin_mid_term")


def ends(pair: Pair) -> None:
    pair.goes("end", LEAD, note="They merge.")


@pytest.fixture
def pair(town: World) -> Pair:
    """One that has talked by phone: the first check-in was held by that."""
    found = a_pair(town).gets_to("implementation")
    days_go_by(town, 30)
    talks(found)
    days_go_by(town, 5)
    return found


@pytest.mark.parametrize(
    ("since", "left"),
    [
        ((), ["waiting"]),
        ((notes,), ["waiting"]),
        ((holds,), ["held", "waiting"]),
        ((talks,), ["held", "waiting"]),
        ((talks, holds), ["held", "held", "waiting"]),
        ((begins_mid_term,), ["superseded"]),
        ((ends,), ["cancelled"]),
    ],
)
def test_a_contact_that_is_void_leaves_the_check_ins_as_without_it(
    since: tuple[Callable[[Pair], None], ...], left: list[str], pair: Pair
) -> None:
    for each in since:
        each(pair)

    answer = does(pair, Voided("contact", WHY, FACILITATOR, 1))

    assert answer.accepted, answer.unmet
    assert [each.state for each in check_ins(pair)] == left
    assert findings(pair.world.runtime) == ()


def test_a_check_in_that_was_held_and_counts_no_more_is_told_before(pair: Pair) -> None:
    holds(pair)
    gone = "VIE-BIR/check_in-1"

    with_it = spoken(pair.world.runtime, pair.case, Voided("contact", WHY, FACILITATOR, 1))
    told = preview(pair.world.runtime, pair.case, with_it)

    assert isinstance(told, Preview)
    assert [(each.case, each.state) for each in told.void] == [(gone, "held")]
    assert gone not in {each.case for each in told.closed}


@pytest.mark.parametrize("since", [(), (notes,), (holds,)])
def test_a_contact_that_is_corrected_leaves_one_check_in_open(
    since: tuple[Callable[[Pair], None], ...], pair: Pair
) -> None:
    for each in since:
        each(pair)

    right = Changes({"summary": "It goes well."})
    assert does(pair, Corrected("contact", right, WHY, FACILITATOR)).accepted

    assert len(opened(pair)) == 1
    assert findings(pair.world.runtime) == ()


def test_a_check_in_is_not_opened_again_while_a_contact_rests_on_it(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    first = opened(pair)[0]
    holds(pair)
    talks(pair)

    refused = does(pair, Undone(WHY, FACILITATOR), first)

    assert not refused.accepted
    assert "the record Contact with the aspiring centre" in str(refused.unmet[0]["detail"])
    assert str(refused.unmet[0]["remedy"]).startswith("Take that back first: pairing pair undo")
    assert [each.state for each in check_ins(pair)] == ["held", "held", "waiting"]


def test_the_note_of_a_check_in_that_was_held_is_corrected_once_that_is_undone(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("implementation")
    first = opened(pair)[0]
    holds(pair)
    right = Corrected("note", Changes({"summary": "Fast."}), "Misheard.", FACILITATOR)

    refused = does(pair, right, first)

    assert refused.unmet[0]["detail"] == "VIE-BIR/check_in-1 has ended: Held"
    undo = 'pairing pair undo VIE-BIR/check_in-1 --reason "Misheard."'
    assert undo in str(refused.unmet[0]["remedy"])
    assert does(pair, Undone(WHY, FACILITATOR), first).accepted
    assert does(pair, right, first).accepted
    assert does(pair, Triggered("hold", FACILITATOR), first).accepted


def test_a_note_of_a_check_in_that_a_contact_held_is_void_and_not_corrected(pair: Pair) -> None:
    notes(pair)
    second = opened(pair)[0]
    talks(pair)
    right = Corrected("note", Changes({"summary": "Fast."}), "Misheard.", FACILITATOR)

    refused = does(pair, right, second)

    assert "pairing pair void VIE-BIR/check_in-2 note" in str(refused.unmet[0]["remedy"])
    assert does(pair, Voided("note", WHY, FACILITATOR), second).accepted


def test_whoever_read_the_note_of_a_check_in_is_told(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    first = opened(pair)[0]
    holds(pair)
    town.beat()
    town.mailbox.letters.clear()

    assert does(pair, Voided("note", WHY, FACILITATOR), first).accepted
    town.beat()

    assert [each.recipient for each in town.mailbox.letters] == ["coordinator.vie-bir@example.org"]


@pytest.mark.parametrize(
    ("events", "detail"),
    [
        ((NOTED, Triggered("hold", FACILITATOR)), "the record Check-in note"),
        (
            (ADAPTED, Waived("check_ins_held", WHY, LEAD)),
            "the record What is adapted for this pair",
        ),
    ],
)
def test_an_undo_says_what_was_done_with_it_by_one_command_and_stands(
    events: tuple[Event, ...], detail: str, pair: Pair
) -> None:
    runtime = pair.world.runtime
    case = opened(pair)[0].id if NOTED in events else pair.case
    said = (spoken(runtime, case, each) for each in events)
    assert act_together(runtime, case, *said).accepted

    last, first = (act(runtime, case, Undone(WHY, LEAD)) for _ in events)

    assert [each["detail"] for each in last.warnings] == [f"{detail}, done with it at once, stands"]
    assert first.accepted
    assert first.warnings == ()


def test_a_session_that_goes_on_without_its_barrier_is_named(pair: Pair) -> None:
    told = {
        "what": "No teacher.",
        "since": pair.today.isoformat(),
        "tried": "Asked.",
        "ask": "One.",
    }
    assert does(pair, Filed("barrier", told, FACILITATOR)).accepted
    session = next(each for each in pair.dossier.children if each.workflow == "mentoring")
    soon = (pair.world.clock() + timedelta(days=14)).isoformat()
    dated = does(pair, Filed("session_date", {"starts_at": soon}, FACILITATOR), session)

    answer = does(pair, Voided("barrier", WHY, FACILITATOR))

    assert dated.accepted, dated.unmet
    assert [str(each["detail"]).partition(" ")[2] for each in answer.warnings] == [
        "came of it and goes on, as somebody acted there"
    ]
