"""Which act is meant, and what rests on it: told by what happened in a family, turn by turn."""

from dataclasses import replace

import pytest

from engine.decide.past_acts import meant, said_of, together, what_of
from engine.decide.resting import rests
from engine.decide.telling import Mail, Said
from engine.model.changes import Changes
from engine.model.definition import SYSTEM, Notify, RecordType
from engine.model.differences import Difference
from engine.model.dossier import CaseId, PersonId, RecordVersion
from engine.model.family import Definitions, Family
from engine.model.outcomes import By, Unmet
from engine.model.past import Happened, Past, Posted
from engine.model.putting_right import Corrected, Undone, Voided
from tests.support.dossiers import OPENED, a_dossier
from tests.support.stories import FACILITATOR, a_state, a_workflow

DOSSIER = replace(
    a_dossier(),
    records={
        "note": (
            RecordVersion(1, {}, OPENED, "north", centre="A"),
            RecordVersion(2, {}, OPENED, "north", centre="B"),
        )
    },
)
HERE = DOSSIER.id
NOTE = RecordType("note", "Note", ("aspiring",))
PLAIN = a_workflow(a_state("open"), records={"note": NOTE})
UNDO = Undone("by mistake", FACILITATOR)


def happened(turn: int, kind: str, what: str = "", **more: object) -> Happened:
    known: dict[str, object] = {
        "turn": turn,
        "act": turn,
        "case": HERE,
        "version": turn + 1,
        "kind": kind,
        "what": what,
        "by": "north",
        "role": "facilitator",
        "at": OPENED,
        "left": "open",
        "entered": "open",
        "stay": 1,
    }
    return Happened(**{**known, **more})  # type: ignore[arg-type]  # fields by name


def by_clock(turn: int, kind: str, **more: object) -> Happened:
    return replace(happened(turn, kind, "", **more), by="clock", role=SYSTEM)


def test_the_last_thing_a_person_did_in_the_case_is_meant() -> None:
    events = (
        happened(1, "filed", "note"),
        happened(2, "signed", "note"),
        by_clock(3, "timers_due"),
        happened(4, "filed", "note", case=CaseId(99)),
        by_clock(5, "refreshed", act=4),
    )

    assert meant(events, UNDO, DOSSIER, PLAIN) == 2


def test_what_was_undone_is_not_undone_again() -> None:
    events = (
        happened(1, "filed", "note"),
        happened(2, "signed", "note"),
        happened(3, "undone", "note", took_back=2),
    )

    assert meant(events, UNDO, DOSSIER, PLAIN) == 1


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("assigned", "who was named: note is the last thing done"),
        ("started", "nothing was done that can be taken back"),
    ],
)
def test_what_is_not_undone_says_so(kind: str, said: str) -> None:
    found = meant((happened(1, "filed"), happened(2, kind, "note")), UNDO, DOSSIER, PLAIN)

    assert isinstance(found, Unmet)
    assert found.detail == said


def test_a_version_from_before_it_was_noted_what_follows_is_not_put_right() -> None:
    found = meant((), Voided("note", "by mistake", FACILITATOR), DOSSIER, PLAIN)

    assert isinstance(found, Unmet)
    assert found.detail == "version 2 of the Note was filed before what follows was noted"


def test_of_several_centres_the_version_of_the_one_named_is_corrected() -> None:
    events = (
        happened(1, "filed", "note", records=(("note", 1),)),
        happened(2, "filed", "note", records=(("note", 2),)),
    )

    assert meant(events, Corrected("note", Changes(), "r", FACILITATOR, "A"), DOSSIER, PLAIN) == 1
    assert meant(events, Corrected("note", Changes(), "r", FACILITATOR), DOSSIER, PLAIN) == 2


def test_the_signatures_under_a_version_go_with_it() -> None:
    events = (
        happened(1, "filed", "note", records=(("note", 1),)),
        happened(2, "signed", "note", signed=(("note", 1),)),
        happened(3, "signed", "note", signed=(("note", 2),)),
    )

    assert together(events, Voided("note", "r", FACILITATOR), 1) == (1, 2)
    assert together(events, UNDO, 1) == (1,)


def test_what_rests_on_an_act_is_told_the_last_first_with_the_remedy() -> None:
    past = Past(
        (1,),
        (
            happened(1, "triggered", "go"),
            by_clock(2, "refreshed", act=1, case=CaseId(8)),
            happened(3, "filed", "note"),
            by_clock(4, "timers_due", act=3, entered="late"),
            by_clock(5, "timers_due", entered="late"),
            by_clock(6, "undeliverable"),
            by_clock(9, "wrote_back"),
            happened(7, "assigned", "coordinator: B"),
            happened(8, "filed", "note", case=CaseId(8)),
        ),
    )

    named = replace(DOSSIER, reference="VIE-BIR", digest=PLAIN.digest)
    family = Family(HERE, Definitions({PLAIN.digest: PLAIN}, {}), {HERE: named}, {}, {}, {})
    found = rests(past, family, "by mistake")

    assert [(each.detail, each.remedy) for each in found] == [
        (
            "VIE-BIR: who was named: coordinator: B, of 2026-03-02 by north, rests on it",
            "Name whoever stood there before first.",
        ),
        (
            "VIE-BIR: what came due, of 2026-03-02 by the clock, rests on it",
            "What the clock did is not taken back: take a step that leads to where it belongs.",
        ),
        (
            "VIE-BIR: the record Note, of 2026-03-02 by north, rests on it",
            'Take that back first: pairing pair undo VIE-BIR --reason "by mistake".',
        ),
    ]


@pytest.mark.parametrize(
    ("kind", "what", "title"),
    [
        ("filed", "note", "the record Note"),
        ("filed", "unknown", "the record unknown"),
        ("corrected", "note 2", "the corrected record Note, version 2"),
        ("triggered", "unknown", "the step unknown"),
        ("moved", "open", "the moved date of Open"),
        ("moved", "unknown", "the moved date of unknown"),
        ("flag_raised", "F-1", "the flag F-1"),
        ("waived", "note_filed", "the waiver of note_filed"),
    ],
)
def test_an_act_is_called_as_the_programme_calls_it(kind: str, what: str, title: str) -> None:
    assert said_of(PLAIN, happened(1, kind, what)) == title


def test_an_act_is_kept_by_its_name_and_the_version_that_it_filed() -> None:
    first = happened(1, "filed", "note", records=(("note", 1),))
    second = happened(2, "corrected", "note 1", took_back=1)
    filed = happened(3, "filed", "note", act=2, records=(("note", 2),))

    assert together((first, second, filed), Voided("note", "r", FACILITATOR), 2) == (1, 2)
    assert what_of(Past((1, 2), (first, second, filed), correction=2)) == "note 2"


def _posted(**more: object) -> Posted:
    known: dict[str, object] = {
        "number": 1,
        "case": HERE,
        "version": 2,
        "letter": "N-1.ask",
        "audience": "aspiring",
        "person": PersonId(7),
        "ladder": "",
        "state": "accepted",
        "subject": "A visit",
        "message": 4,
        "sent_at": OPENED,
    }
    return Posted(**{**known, **more})  # type: ignore[arg-type]  # fields by name


def test_whom_no_letter_of_the_programme_tells_is_left_to_a_person() -> None:
    mail = Mail((_posted(), _posted(state="waiting", sent_at=None)), (), UNDO, OPENED)

    found = list(mail.untold())

    assert [each.detail for each in found] == ["N-1.ask was sent to aspiring: A visit"]
    assert mail.told(Said("Visit")) == ()


def test_what_was_wrong_and_what_is_right_is_told_in_words_once_to_each() -> None:
    right = Corrected("note", Changes(), "misheard", By("north", "facilitator"))
    notices = {"corrected": (Notify("N-24.corrected", ("aspiring",)),)}
    said = Said(
        "Visit",
        (
            Difference("held_on_site", before=None, after=True),
            Difference("parts.1", {"what": "x"}, [1, 2]),
            Difference("areas", before=[], after=False),
        ),
    )

    posted = (_posted(), _posted(subject="Again"))

    told = Mail(posted, (), right, OPENED, notices=notices, replaced="note").told(said)

    assert [(each.letter, each.person) for each in told] == [("N-24.corrected", PersonId(7))]
    assert told[0].facts["sent"] == [
        {"subject": "A visit", "sent": OPENED.date().isoformat(), "part": False},
        {"subject": "Again", "sent": OPENED.date().isoformat(), "part": False},
    ]
    assert told[0].facts["changes"] == [
        {"field": "held on site", "before": "nothing", "after": "yes"},
        {"field": "parts, 1", "before": "what: x", "after": "1, 2"},
        {"field": "areas", "before": "nothing", "after": "no"},
    ]


def test_what_is_asked_still_is_left_to_go_and_followed_by_what_is_right() -> None:
    waiting = _posted(number=2, state="waiting", sent_at=None, ladder="response")
    owed = _posted(number=3, state="owed", sent_at=None, message=None, ladder="response")
    right = Corrected("note", Changes(), "misheard", FACILITATOR)

    corrected = Mail((), (waiting, owed), right, OPENED, asks_still=True)
    undone = Mail((), (waiting, owed), UNDO, OPENED)

    assert (corrected.sent, corrected.unsent) == ((waiting,), ())
    assert (undone.sent, undone.unsent) == ((), (waiting, owed))
