"""P14: whatever is done to a journal or to the rows beside it, the first bad entry is named."""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from engine.model.dossier import CaseId
from storage.database.statements import Change, Statement
from storage.database.transactions import Session, reading, transaction
from storage.journal.journal import chained
from storage.journal.snapshot import standing
from storage.journal.verify import Finding, verify
from tests.storage.folded import fold
from tests.storage.lives import Lives, lives

CASES, STEPS, TAMPERED = 4, 14, 40

_ENTRIES = Statement[tuple[int, str, str, str]](
    "SELECT seq, entry, prev, hash FROM journal WHERE case_id = :case ORDER BY seq"
)
_WRITE = Change(
    "UPDATE journal SET entry = :entry, hash = :hash WHERE case_id = :case AND seq = :seq"
)
_DELETE = Change("DELETE FROM journal WHERE case_id = :case AND seq = :seq")
_COPY = Change(
    """INSERT INTO journal (case_id, seq, at, kind, entry, note, prev, hash)
    SELECT case_id, :to, at, kind, entry, note, prev, hash FROM journal
    WHERE case_id = :case AND seq = :seq"""
)
_RENUMBER = Change("UPDATE journal SET seq = :to WHERE case_id = :case AND seq = :seq")
_FORGE = Change(
    """UPDATE journal SET entry = :entry, prev = :prev, hash = :hash
    WHERE case_id = :case AND seq = :seq"""
)

Tamper = Callable[[Session, CaseId, int, int], int]


def _edits(session: Session, case: CaseId, seq: int, _last: int) -> int:
    text, _, hashed = session.all(_ENTRIES, case=case)[seq - 1][1:]
    entry = {**json.loads(text), "by": "somebody else"}
    session.change(_WRITE, case=case, seq=seq, entry=json.dumps(entry), hash=hashed)
    return seq


def _edits_with_its_hash(session: Session, case: CaseId, seq: int, _last: int) -> int:
    text, prev = session.all(_ENTRIES, case=case)[seq - 1][1:3]
    entry = json.dumps({**json.loads(text), "by": "somebody else"})
    session.change(_WRITE, case=case, seq=seq, entry=entry, hash=chained(prev, entry))
    return seq


def _deletes(session: Session, case: CaseId, seq: int, _last: int) -> int:
    session.change(_DELETE, case=case, seq=seq)
    return seq


def _deletes_and_closes_the_gap(session: Session, case: CaseId, seq: int, last: int) -> int:
    session.change(_DELETE, case=case, seq=seq)
    for number in range(seq + 1, last + 1):
        session.change(_RENUMBER, case=case, seq=number, to=number - 1)
    return seq


def _inserts_a_copy(session: Session, case: CaseId, seq: int, last: int) -> int:
    _make_room(session, case, seq, last)
    session.change(_COPY, case=case, seq=seq + 1, to=seq)
    return seq


def _inserts_a_forgery(session: Session, case: CaseId, seq: int, last: int) -> int:
    _make_room(session, case, seq, last)
    session.change(_COPY, case=case, seq=seq + 1, to=seq)
    text, prev = session.all(_ENTRIES, case=case)[seq - 1][1:3]
    entry = json.dumps({**json.loads(text), "by": "somebody else"})
    session.change(_FORGE, case=case, seq=seq, entry=entry, prev=prev, hash=chained(prev, entry))
    return seq


def _appends(session: Session, case: CaseId, _seq: int, last: int) -> int:
    text, _, head = session.all(_ENTRIES, case=case)[-1][1:]
    known = json.loads(text)
    entry = json.dumps({**known, "version": last + 1, "from": known["to"]})
    session.change(_COPY, case=case, seq=last, to=last + 1)
    session.change(
        _FORGE, case=case, seq=last + 1, entry=entry, prev=head, hash=chained(head, entry)
    )
    return last + 1


def _swaps(session: Session, case: CaseId, seq: int, last: int) -> int:
    other = seq + 1 if seq < last else seq - 1
    session.change(_RENUMBER, case=case, seq=seq, to=last + 100)
    session.change(_RENUMBER, case=case, seq=other, to=seq)
    session.change(_RENUMBER, case=case, seq=last + 100, to=other)
    return min(seq, other)


def _changes_a_note(session: Session, case: CaseId, seq: int, _last: int) -> int:
    change = Change("UPDATE journal SET note = note || '!' WHERE case_id = :case AND seq = :seq")
    session.change(change, case=case, seq=seq)
    return seq


def _changes_a_moment(session: Session, case: CaseId, seq: int, _last: int) -> int:
    change = Change("UPDATE journal SET at = :at WHERE case_id = :case AND seq = :seq")
    session.change(change, case=case, seq=seq, at="2020-01-01T00:00:00.000000Z")
    return seq


def _make_room(session: Session, case: CaseId, seq: int, last: int) -> None:
    for number in range(last, seq - 1, -1):
        session.change(_RENUMBER, case=case, seq=number, to=number + 1)


TAMPERS: tuple[Tamper, ...] = (
    _edits,
    _edits_with_its_hash,
    _deletes,
    _deletes_and_closes_the_gap,
    _inserts_a_copy,
    _inserts_a_forgery,
    _appends,
    _swaps,
    _changes_a_note,
    _changes_a_moment,
)


def test_what_cases_lived_through_verifies_and_folds_into_their_rows(migrated_url: str) -> None:
    with _lived(migrated_url) as (story, found), reading(story.database) as session:
        findings = list(verify(session))
        folded = [
            (fold(row[1] for row in session.all(_ENTRIES, case=case)), standing(session, case))
            for case in found
        ]

    assert findings == []
    assert all(told == rows for told, rows in folded)
    assert any(rows.pauses for _, rows in folded)
    assert any(rows.signatures for _, rows in folded)
    assert any(rows.waivers for _, rows in folded)


@pytest.mark.parametrize("tamper", TAMPERS, ids=lambda tamper: tamper.__name__.strip("_"))
def test_the_first_bad_entry_is_named(migrated_url: str, tamper: Tamper) -> None:
    with _lived(migrated_url) as (story, found):
        for seed in range(TAMPERED):
            chance = random.Random(seed)  # noqa: S311 - a test that repeats
            case = chance.choice(found)
            last = story.dossier(case).version
            seq = chance.randint(1, last)

            with transaction(story.database) as session:
                session.rollback_only()
                bad = tamper(session, case, seq, last)
                findings = list(verify(session))

            assert [(each.case_id, each.entry) for each in findings] == [(case, bad)], (
                f"seed {seed}: {findings}"
            )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("UPDATE cases SET state = 'ended' WHERE id = :case", "state: "),
        ('UPDATE cases SET facts = \'{"met":"never"}\' WHERE id = :case', "facts met: "),
        ("UPDATE cases SET facts = '{' WHERE id = :case", "its rows cannot be read: "),
        ("UPDATE cases SET closed_at = opened_at WHERE id = :case", "closed: "),
        ("UPDATE cases SET holds_place = NOT holds_place WHERE id = :case", "holds_place: "),
        ("UPDATE cases SET entered_at = 'now' WHERE id = :case", "entered_at: "),
        ("UPDATE stays SET state = 'ended' WHERE case_id = :case AND number = 1", "stays 1: "),
        ("DELETE FROM pauses WHERE case_id = :case", "pauses: "),
        (
            "UPDATE records SET content = '{}' WHERE case_id = :case AND number = 1",
            "records paper 1",
        ),
        ("DELETE FROM signatures WHERE case_id = :case", "signatures paper"),
        ("UPDATE milestones SET baseline = NULL WHERE case_id = :case", "dates asking 1: "),
        ("UPDATE waivers SET reason = 'none' WHERE case_id = :case", "waivers paper_there 1: "),
        (
            "UPDATE timers SET due_at = 'never' WHERE case_id = :case AND rung = '1'",
            "timers 1 asks/1",
        ),
        (
            "UPDATE timers SET settled_at = NULL WHERE case_id = :case AND rung = '1'",
            "timers 1 asks/1",
        ),
        ("DELETE FROM intents WHERE case_id = :case", "letters "),
        ("UPDATE intents SET letter = 'N-99' WHERE case_id = :case", "letters "),
        ("UPDATE intents SET person_id = NULL WHERE case_id = :case", "letters "),
        ("UPDATE cases SET workflow = 'other' WHERE id = :case", "opened: "),
        ("UPDATE cases SET opened_at = 'now' WHERE id = :case", "opened: "),
    ],
)
def test_rows_that_say_something_else_than_the_journal_are_named(
    migrated_url: str, text: str, told: str
) -> None:
    with lives(migrated_url) as story:
        case = _full(story)

        with transaction(story.database) as session:
            session.rollback_only()
            assert session.change(Change(text), case=case)
            findings = list(verify(session))

    assert findings
    assert {(each.reference, each.entry) for each in findings} == {("PAIR-1", None)}
    assert findings[0].what.startswith(told)


@contextmanager
def _lived(url: str) -> Iterator[tuple[Lives, list[CaseId]]]:
    with lives(url) as story:
        found = [story.opens(f"PAIR-{number}") for number in range(CASES)]
        for number, case in enumerate(found):
            story.wanders(case, random.Random(number), STEPS)  # noqa: S311 - as below
        yield story, found


def _full(story: Lives) -> CaseId:
    """A case of which there is something in every table."""
    case = story.opens(met=False)
    story.fires()
    story.waives(case)
    story.files(case)
    story.signs(case, "aspiring")
    story.step(case, "pause")
    story.step(case, "resume")
    return case


def test_a_finding_names_case_entry_and_what(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()

        with transaction(story.database) as session:
            session.rollback_only()
            _deletes(session, case, 1, 1)
            (finding,) = verify(session)

    assert finding == Finding(case, "PAIR-1", 1, "entry 1 is missing: the case is at version 1")
