"""The questions that load a whole family: one for each part of its cases, whatever their number."""

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    func,
    or_,
    select,
)

from engine.model.dossier import CaseId
from storage.cases.cast_rows import AWAY, PLAYERS, ROOT, SIDES
from storage.database.statements import Statement, given
from storage.database.steps import Read
from storage.letter_rows import COLUMNS, LetterRow
from storage.schema.tables import (
    CASES,
    INTENTS,
    MESSAGES,
    MILESTONES,
    PAUSES,
    PEOPLE,
    RECORDS,
    SIGNATURES,
    STAYS,
    TIMERS,
    WAIVERS,
)

_CASE = CASES.alias("c")
# Open cases, the root, and the one asked for: closed ones are lines of their parents only.
_COUNTS = and_(
    _CASE.c.root_id == ROOT,
    or_(_CASE.c.closed_at.is_(None), _CASE.c.id == _CASE.c.root_id, _CASE.c.id == given("case")),
)


def _of(table: Table, *names: str) -> Select[tuple[object, ...]]:
    """Columns of a table, by case and its key, for the cases that count."""
    columns = (table.c[name] for name in ("case_id", *names))
    found = select(*columns).select_from(table).join(_CASE, _CASE.c.id == table.c.case_id)
    return found.where(_COUNTS).order_by(*table.primary_key)


def _counts(stay: ColumnElement[int]) -> ColumnElement[bool]:
    """Of a case that is paused the stay it interrupted comes too: what was armed there returns."""
    return or_(stay == _CASE.c.stay, stay == _CASE.c.interrupted)


# Not FOR UPDATE: whoever writes a row that refers to the case need not wait, or they could each
# wait for the other.
_LOCK = Statement[tuple[int]](
    select(CASES.c.id).where(CASES.c.id == ROOT).with_for_update(key_share=True)
)
CaseRow = tuple[
    int,
    int | None,
    int,
    str,
    str,
    str,
    str,
    int,
    int,
    str,
    str,
    str | None,
    str,
    int | None,
    int,
    str,
    bool,
]
_FAMILY = Statement[CaseRow](
    select(
        CASES.c.id,
        CASES.c.parent_id,
        CASES.c.root_id,
        CASES.c.workflow,
        CASES.c.digest,
        CASES.c.reference,
        CASES.c.state,
        CASES.c.stay,
        CASES.c.version,
        CASES.c.entered_at,
        CASES.c.opened_at,
        CASES.c.closed_at,
        CASES.c.facts,
        CASES.c.interrupted,
        CASES.c.partnership,
        CASES.c.former,
        CASES.c.void,
    )
    .where(CASES.c.root_id == ROOT)
    .order_by(CASES.c.id)
)
_STAYS = Statement[tuple[int, int, str, str, str | None, int]](
    _of(STAYS, "number", "state", "entered_at", "left_at", "partnership")
)
_PAUSES = Statement[tuple[int, str, str | None]](_of(PAUSES, "began_on", "ended_on"))
_DATES = Statement[tuple[int, str, str | None, str | None, str | None, str | None, str, bool]](
    _of(MILESTONES, "name", "baseline", "forecast", "actual", "moved_to", "reason", "agreed").where(
        MILESTONES.c.partnership == _CASE.c.partnership
    )
)
_WAIVERS = Statement[tuple[int, str, str, str, str, str, int]](
    _of(WAIVERS, "requirement", "by", "role", "reason", "at", "partnership")
)
RecordRow = tuple[int, str, int, str, str, str, bool, str, int, str, int | None, str]
_RECORDS = Statement[RecordRow](
    _of(
        RECORDS,
        "name",
        "number",
        "content",
        "filed_at",
        "filed_by",
        "imported",
        "centre",
        "partnership",
        "void",
        "corrects",
        "reason",
    )
)
_SIGNATURES = Statement[tuple[int, str, int, str, str, str, str]](
    _of(SIGNATURES, "record", "number", "role", "person", "signed_on", "centre")
    .order_by(None)
    .order_by(
        SIGNATURES.c.case_id,
        SIGNATURES.c.record,
        SIGNATURES.c.number,
        SIGNATURES.c.signed_on,
        SIGNATURES.c.role,
        SIGNATURES.c.centre,
    )
)
TimerRow = tuple[int, int, str, str, int, str, str, str | None, str, bool, str | None]
_TIMERS = Statement[TimerRow](
    _of(
        TIMERS,
        "stay",
        "ladder",
        "rung",
        "occurrence",
        "due_at",
        "wake_at",
        "settled_at",
        "outcome",
        "graced",
        "not_before",
    ).where(_counts(TIMERS.c.stay))
)
SentRow = tuple[*LetterRow, str, str, str | None, str]
_LETTERS = Statement[SentRow](
    select(
        *COLUMNS,
        func.coalesce(PEOPLE.c.name, INTENTS.c.audience),
        func.coalesce(MESSAGES.c.state, INTENTS.c.state),
        MESSAGES.c.settled_at,
        INTENTS.c.reason,
    )
    .select_from(INTENTS)
    .join(_CASE, _CASE.c.id == INTENTS.c.case_id)
    .outerjoin(PEOPLE, PEOPLE.c.id == INTENTS.c.person_id)
    .outerjoin(MESSAGES, MESSAGES.c.id == INTENTS.c.message_id)
    .where(
        _COUNTS,
        INTENTS.c.root_id == ROOT,
        # What people have heard of a meeting counts beyond the stay in which it was agreed.
        or_(_counts(INTENTS.c.stay), INTENTS.c.state == "owed", INTENTS.c.meeting != ""),
    )
    .order_by(INTENTS.c.id)
)


class FamilyRows:
    """All the rows of a family, once they have been asked for."""

    def __init__(self, case_id: CaseId) -> None:
        self.lock = Read(_LOCK, case=case_id)
        self.family = Read(_FAMILY, case=case_id)
        self.stays = Read(_STAYS, case=case_id)
        self.pauses = Read(_PAUSES, case=case_id)
        self.dates = Read(_DATES, case=case_id)
        self.waivers = Read(_WAIVERS, case=case_id)
        self.records = Read(_RECORDS, case=case_id)
        self.signatures = Read(_SIGNATURES, case=case_id)
        self.timers = Read(_TIMERS, case=case_id)
        self.letters = Read(_LETTERS, case=case_id)
        self.parties = Read(SIDES, case=case_id)
        self.people = Read(PLAYERS, case=case_id)
        self.away = Read(AWAY, case=case_id)

    def reads(self) -> tuple[Read[object], ...]:
        """Every question but the lock."""
        every = vars(self)
        return tuple(read for name, read in every.items() if name != "lock")
