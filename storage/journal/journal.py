"""The journal of a case: one entry for each plan, each chained by its hash to the one before."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.model.dossier import Dossier
from engine.model.evidence import Ended
from engine.model.migrating import Migrated
from engine.model.outcomes import (
    Assigned,
    Filed,
    FlagRaised,
    LetterArranged,
    Moved,
    Refreshed,
    Signed,
    Triggered,
    Undeliverable,
    Waived,
    WroteBack,
)
from engine.model.passing import ChildOpened, FlagPassedUp, Passed
from engine.model.plan import Plan
from engine.model.putting_right import Cause, Corrected, Undone, Voided
from storage.database.columns import digest, from_instant, from_json, to_instant
from storage.database.session import Session
from storage.database.statements import Change, Statement, insert_into
from storage.journal.former import ended_row
from storage.journal.parts import (
    milestone_row,
    pause_row,
    record_row,
    stay_row,
    timer_row,
    waiver_row,
)
from storage.journal.restored import restored
from storage.schema.tables import JOURNAL

_APPEND = Change(insert_into(JOURNAL))
_WORDS = re.compile(r"(?<!^)(?=[A-Z])")
_LAST = Statement[tuple[str]](select(JOURNAL.c.at).order_by(JOURNAL.c.at.desc()).limit(1))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a journal, chained to the one before it."""

    plan: Plan
    text: str
    prev: str
    hash: str


def entry(plan: Plan, letters: list[str], prev: str, place: Mapping[str, object]) -> Entry:
    """The entry of a plan; its hash is the new head of the chain.

    Its place is its turn among all entries of the family, and that of the first of its decision;
    and whether that came along with the one before it.
    """
    text = from_json({**payload(plan, letters), **place})
    return Entry(plan, text, prev, chained(prev, text))


def append(session: Session, entries: Iterable[Entry]) -> None:
    session.later(_APPEND, [_row(each) for each in entries])


def _row(written: Entry) -> dict[str, object]:
    plan = written.plan
    return {
        "case_id": plan.case_id,
        "seq": plan.version,
        "at": from_instant(plan.at),
        "kind": kind(plan.event),
        "entry": written.text,
        "note": note(plan.event),
        "prev": written.prev,
        "hash": written.hash,
    }


def chained(prev: str, entry: str) -> str:
    """The hash of an entry that continues from another one; the first continues from nothing."""
    return hashlib.sha256((prev + entry).encode()).hexdigest()


def last_at(session: Session) -> datetime | None:
    """The moment of the latest entry of all: no clock may stand before it (P13)."""
    found = session.first(_LAST)
    return None if found is None else to_instant(found[0])


def kind(event: Cause | Migrated) -> str:
    """What sort of event it is: ``started``, ``timers_due``."""
    return _WORDS.sub("_", type(event).__name__).lower()


def note(event: Cause | Migrated) -> str:
    """The words somebody wrote; kept beside the entry, which holds only their digest."""
    match event:
        case Triggered():
            return event.note
        case Waived() | Moved() | FlagRaised() | Undeliverable() | LetterArranged():
            return event.reason
        case Refreshed():
            return event.why
        case WroteBack():
            return "\n".join(event.words)
        case Undone() | Voided() | Corrected():
            return event.reason
        case _:
            return ""


def payload(plan: Plan, letters: list[str]) -> dict[str, object]:
    """Everything a plan changes, as plain values, and nothing that is empty."""
    said = note(plan.event)
    facts, before = plan.facts, plan.before.facts if plan.version > 1 else {}
    full = {**_stand(plan), **(restored(plan) if plan.restores else _changes(plan))}
    full["opened"] = _opened(plan.before) if plan.version == 1 else None
    full["facts"] = {name: v for name, v in facts.items() if before.get(name, _ABSENT) != v}
    full["dropped"] = sorted(name for name in before if name not in facts)
    full["letters"] = [
        [key, letter.letter, letter.audience, letter.person]
        for key, letter in zip(letters, plan.letters, strict=True)
    ]
    full["note"] = digest(said) if said else ""
    by = plan.event.by
    full["heard"] = [by.heard_from, by.heard_by] if by.heard_from else []
    full["handed"] = _handed(plan.event)
    full["about"] = [plan.event.number] if isinstance(plan.event, LetterArranged) else []
    return {name: value for name, value in full.items() if value or value == 0}


_ABSENT = object()


def _stand(plan: Plan) -> dict[str, object]:
    """What happened, and where the case stands after it."""
    return {
        "version": plan.version,
        "at": from_instant(plan.at),
        "kind": kind(plan.event),
        "what": _what(plan.event),
        "by": plan.event.by.actor,
        "role": plan.event.by.role,
        "from": plan.left,
        "to": plan.entered,
        # The version that the case goes on by, where it is another one.
        "definition": plan.after.digest if plan.after.digest != plan.before.digest else None,
        # The journal's own words are older than "stay": what is written is never written anew.
        "left_visit": plan.left_stay,
        "visit": plan.stay,
        "entered_at": from_instant(plan.entered_at),
        "closed": plan.closed,
        "holds_place": plan.holds_place,
        # Said of every one but the first, which no entry of old says.
        "partnership": plan.after.partnership if plan.after.partnership > 1 else None,
    }


def _changes(plan: Plan) -> dict[str, object]:
    """The rows beside the case that are new or different."""
    return {
        "visits": [stay_row(stay) for stay in plan.stays],
        "ended": [ended_row(each) for each in _ended(plan)],
        "pauses": [pause_row(pause) for pause in plan.pauses],
        "records": [record_row(name, version) for name, version in plan.filed],
        "corrects": [
            [name, version.number, version.corrects, digest(version.reason)]
            for name, version in plan.filed
            if version.corrects is not None
        ],
        "signatures": [
            [record, number, each.role, each.person, each.signed_on.isoformat(), each.centre]
            for record, number, each in plan.signed
        ],
        "waiver": waiver_row(plan.waiver) if plan.waiver else [],
        "dates": {name: milestone_row(dates) for name, dates in plan.dates.items()},
        "armed": [timer_row(timer) for timer in plan.timers.armed],
        "moved": [timer_row(timer) for timer in plan.timers.moved],
        "settled": [[timer.key, timer.outcome] for timer in plan.timers.settled],
        "passed": [_passed(passed) for passed in plan.passed],
        "warnings": [unmet.requirement for unmet in plan.warnings],
    }


def _what(event: Cause | Migrated) -> str:
    match event:
        case Triggered():
            return event.trigger
        case Filed() | Signed():
            return event.record
        case Assigned():
            return f"{event.part}: {event.key}"
        case Waived() | Moved() | FlagRaised() | LetterArranged():
            return _subject(event)
        case Undone() | Voided() | Corrected() | Migrated():
            return event.what
        case _:
            return ""


def _handed(event: Cause | Migrated) -> list[str]:
    """Who gave a role to somebody else, and from which day on."""
    if not isinstance(event, Assigned) or event.handed is None:
        return []
    return [event.instead_of, event.handed.on.isoformat()]


def _subject(event: Waived | Moved | FlagRaised | LetterArranged) -> str:
    match event:
        case Waived():
            return event.requirement
        case Moved():
            return event.milestone
        case FlagRaised():
            return event.flag
        case LetterArranged():
            return f"{event.letter}: {event.how}"


def _opened(dossier: Dossier) -> dict[str, object]:
    return {
        "workflow": dossier.workflow,
        "definition": dossier.digest,
        "reference": dossier.reference,
        "at": from_instant(dossier.opened_at),
        "parent": dossier.parent.dossier.reference if dossier.parent else "",
        "parties": {s: " ".join(each.key for each in p) for s, p in dossier.parties.items()},
    }


def _ended(plan: Plan) -> tuple[Ended, ...]:
    return plan.after.former.ended[len(plan.before.former.ended) :]


def _passed(passed: Passed) -> list[object]:
    if isinstance(passed, ChildOpened):
        return ["opened", passed.workflow]
    if isinstance(passed, FlagPassedUp):
        return ["flag", passed.flag]
    return ["told", passed.trigger]
