"""From rows to a dossier: one short question for each part of a case."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from engine.model.definition import Workflow
from engine.model.dossier import (
    Asked,
    CaseId,
    Child,
    Dossier,
    MilestoneDates,
    Pause,
    Timer,
    Visit,
    Waiver,
)
from engine.time.zones import local_day
from storage.cases.records import records
from storage.database.columns import (
    to_instant,
    to_mapping,
    to_optional_day,
    to_optional_instant,
)
from storage.database.session import Session
from storage.database.statements import Statement
from storage.directory.parties import parties, people
from storage.errors import NotFoundError


class CaseRow(NamedTuple):
    """A row of ``cases``, as it is stored."""

    id: int
    parent_id: int | None
    root_id: int
    workflow: str
    digest: str
    reference: str
    state: str
    visit: int
    version: int
    entered_at: str
    opened_at: str
    closed_at: str | None
    facts: str


_CASE = Statement[tuple[object, ...]](
    """SELECT id, parent_id, root_id, workflow, digest, reference, state, stay, version,
        entered_at, opened_at, closed_at, facts FROM cases WHERE id = :case"""
)
_VISITS = Statement[tuple[int, str, str, str | None]](
    "SELECT number, state, entered_at, left_at FROM stays WHERE case_id = :case ORDER BY number"
)
_PAUSES = Statement[tuple[str, str | None]](
    "SELECT began_on, ended_on FROM pauses WHERE case_id = :case ORDER BY number"
)
_Dates = tuple[str, str | None, str | None, str | None, str | None, str]
_DATES = Statement[_Dates](
    """SELECT name, baseline, forecast, actual, moved_to, reason FROM milestones
    WHERE case_id = :case ORDER BY name"""
)
_WAIVERS = Statement[tuple[str, str, str, str, str]](
    """SELECT requirement, by, role, reason, at FROM waivers
    WHERE case_id = :case ORDER BY requirement"""
)
_TIMERS = Statement[tuple[str, str, int, str, str | None, str, bool]](
    """SELECT ladder, rung, occurrence, due_at, settled_at, outcome, graced FROM timers
    WHERE case_id = :case AND stay = :visit ORDER BY ladder, rung, occurrence"""
)
_CHILDREN = Statement[tuple[int, str, str, str, str | None, str]](
    """SELECT id, workflow, state, opened_at, closed_at, facts FROM cases
    WHERE parent_id = :case ORDER BY id"""
)
_ASKED = Statement[tuple[str, str, str, str, str]](
    """SELECT i.letter, i.ladder, COALESCE(p.name, i.audience),
        COALESCE(m.settled_at, i.owed_at), COALESCE(m.state, i.state)
    FROM intents i LEFT JOIN people p ON p.id = i.person_id
        LEFT JOIN messages m ON m.id = i.message_id
    WHERE i.root_id = :root AND i.case_id = :case AND i.stay = :visit ORDER BY i.id"""
)


def case_row(session: Session, case_id: CaseId) -> CaseRow:
    found = session.first(_CASE, case=case_id)
    if found is None:
        raise NotFoundError(f"there is no case {case_id}")
    return CaseRow._make(found)


def dossier(session: Session, row: CaseRow, workflow: Workflow) -> Dossier:
    """The dossier of a case without its parent."""
    case_id = CaseId(row.id)
    sides, office = parties(session, case_id)
    visits = _visits(session, case_id)
    return Dossier(
        id=case_id,
        workflow=row.workflow,
        digest=row.digest,
        reference=row.reference,
        state=row.state,
        visit=row.visit,
        version=row.version,
        entered_at=to_instant(row.entered_at),
        opened_at=to_instant(row.opened_at),
        office=office,
        closed_at=to_optional_instant(row.closed_at),
        facts=to_mapping(row.facts),
        visits=visits,
        pauses=_pauses(session, case_id),
        records=records(session, case_id),
        dates=dates(session, case_id),
        waivers=_waivers(session, case_id),
        people=people(session, case_id),
        parties=sides,
        timers=_timers(session, case_id, row.visit),
        earlier=_interrupted(session, row, visits, workflow),
        children=_children(session, case_id),
        asked=_asked(session, row, office.zone),
    )


def _visits(session: Session, case_id: CaseId) -> tuple[Visit, ...]:
    return tuple(
        Visit(number, state, to_instant(entered_at), to_optional_instant(left_at))
        for number, state, entered_at, left_at in session.all(_VISITS, case=case_id)
    )


def _pauses(session: Session, case_id: CaseId) -> tuple[Pause, ...]:
    return tuple(
        Pause(date.fromisoformat(began_on), to_optional_day(ended_on))
        for began_on, ended_on in session.all(_PAUSES, case=case_id)
    )


def dates(session: Session, case_id: CaseId) -> dict[str, MilestoneDates]:
    return {
        name: MilestoneDates(
            baseline=to_optional_day(baseline),
            forecast=to_optional_day(forecast),
            actual=to_optional_day(actual),
            moved_to=to_optional_day(moved_to),
            reason=reason,
        )
        for name, baseline, forecast, actual, moved_to, reason in session.all(_DATES, case=case_id)
    }


def _waivers(session: Session, case_id: CaseId) -> dict[str, Waiver]:
    return {
        row[0]: Waiver(*row[:4], at=to_instant(row[4]))
        for row in session.all(_WAIVERS, case=case_id)
    }


def _timers(session: Session, case_id: CaseId, visit: int) -> tuple[Timer, ...]:
    return tuple(
        Timer(
            ladder,
            rung,
            occurrence,
            to_instant(due_at),
            to_optional_instant(settled_at),
            outcome,
            graced=bool(graced),
        )
        for ladder, rung, occurrence, due_at, settled_at, outcome, graced in session.all(
            _TIMERS, case=case_id, visit=visit
        )
    )


def _interrupted(
    session: Session, row: CaseRow, visits: tuple[Visit, ...], workflow: Workflow
) -> Mapping[int, tuple[Timer, ...]]:
    """The timers of the stay a pause interrupted, by its number."""
    if not workflow.state(row.state).pauses:
        return {}
    before = [visit.number for visit in visits if not workflow.state(visit.state).pauses]
    if not before:
        return {}
    return {before[-1]: _timers(session, CaseId(row.id), before[-1])}


def _children(session: Session, case_id: CaseId) -> tuple[Child, ...]:
    return tuple(
        Child(
            CaseId(row[0]),
            row[1],
            row[2],
            to_instant(row[3]),
            to_optional_instant(row[4]),
            to_mapping(row[5]),
        )
        for row in session.all(_CHILDREN, case=case_id)
    )


def _asked(session: Session, row: CaseRow, zone: str) -> tuple[Asked, ...]:
    return tuple(
        Asked(letter, ladder, person, local_day(to_instant(at), zone), outcome)
        for letter, ladder, person, at, outcome in session.all(
            _ASKED, root=row.root_id, case=row.id, visit=row.visit
        )
    )
