"""Writing a plan: state, journal, timers and letters, together or not at all (P1)."""

from collections.abc import Iterator

from engine.model.dossier import Dossier, Timer
from engine.model.plan import Plan
from storage.cases import records
from storage.database.columns import (
    from_instant,
    from_json,
    from_optional_day,
    from_optional_instant,
)
from storage.database.failpoints import reach
from storage.database.session import Session
from storage.database.statements import Change, Statement
from storage.errors import StaleDossierError
from storage.journal import journal

Values = dict[str, object]

_HEAD = Statement[tuple[int, str]](
    "SELECT root_id, head FROM cases WHERE id = :case AND version = :before"
)
_MOVE = Change(
    """UPDATE cases SET state = :state, stay = :visit, version = :version,
        entered_at = :entered_at, closed_at = :closed_at, holds_place = :holds_place,
        facts = :facts, head = :head
    WHERE id = :case AND version = :before"""
)
_VISIT = Change(
    """INSERT INTO stays (case_id, number, state, entered_at, left_at)
    VALUES (:case, :number, :state, :entered_at, :left_at)
    ON CONFLICT (case_id, number) DO UPDATE SET left_at = excluded.left_at"""
)
_PAUSE = Change(
    """INSERT INTO pauses (case_id, number, began_on, ended_on)
    VALUES (:case, :number, :began_on, :ended_on)
    ON CONFLICT (case_id, number) DO UPDATE SET ended_on = excluded.ended_on"""
)
_DATES = Change(
    """INSERT INTO milestones (case_id, name, baseline, forecast, actual, moved_to, reason)
    VALUES (:case, :name, :baseline, :forecast, :actual, :moved_to, :reason)
    ON CONFLICT (case_id, name) DO UPDATE SET baseline = excluded.baseline,
        forecast = excluded.forecast, actual = excluded.actual, moved_to = excluded.moved_to,
        reason = excluded.reason"""
)
_WAIVE = Change(
    """INSERT INTO waivers (case_id, requirement, by, role, reason, at)
    VALUES (:case, :requirement, :by, :role, :reason, :at)
    ON CONFLICT (case_id, requirement) DO UPDATE SET by = excluded.by, role = excluded.role,
        reason = excluded.reason, at = excluded.at"""
)
_ARM = Change(
    """INSERT INTO timers (case_id, stay, ladder, rung, occurrence, root_id, due_at, wake_at,
        settled_at, outcome, graced, failures)
    VALUES (:case, :visit, :ladder, :rung, :occurrence, :root, :due_at, :due_at,
        NULL, '', :graced, 0)"""
)
_RE_ARM = Change(
    """UPDATE timers SET due_at = :due_at, wake_at = :due_at, settled_at = NULL, outcome = '',
        graced = :graced, failures = 0
    WHERE case_id = :case AND stay = :visit AND ladder = :ladder AND rung = :rung
        AND occurrence = :occurrence"""
)
_SETTLE = Change(
    """UPDATE timers SET settled_at = :settled_at, outcome = :outcome
    WHERE case_id = :case AND stay = :visit AND ladder = :ladder AND rung = :rung
        AND occurrence = :occurrence AND settled_at IS NULL"""
)
_SETTLE_ALL = Change(
    """UPDATE timers SET settled_at = :at, outcome = 'cancelled'
    WHERE case_id = :case AND settled_at IS NULL"""
)
_OWE = Change(
    """INSERT INTO intents (key, case_id, root_id, stay, letter, audience, person_id, ladder,
        facts, owed_at, state, reason, message_id)
    VALUES (:key, :case, :root, :visit, :letter, :audience, :person, :ladder, :facts, :owed_at,
        'owed', '', NULL)"""
)


def commit(session: Session, plan: Plan, dossier: Dossier) -> None:
    """Write the whole plan, or raise StaleDossierError when the case moved on meanwhile."""
    found = session.first(_HEAD, case=plan.case_id, before=dossier.version)
    if found is None:
        raise _stale(dossier)
    root, prev = found
    letters = [f"{plan.case_id}/{plan.version}/{n}" for n in range(len(plan.letters))]
    reach("commit.begin")
    head = journal.append(session, plan, dossier, letters, prev)
    reach("commit.journal")
    _move(session, plan, dossier, head)
    reach("commit.move")
    _write_parts(session, plan, dossier)
    reach("commit.parts")
    _write_timers(session, plan, dossier, root)
    reach("commit.timers")
    session.change_each(_OWE, _owed(plan, root, letters))
    reach("commit.letters")


def _move(session: Session, plan: Plan, dossier: Dossier, head: str) -> None:
    closed_at = (dossier.closed_at or plan.at) if plan.closed else None
    moved = session.change(
        _MOVE,
        case=plan.case_id,
        before=dossier.version,
        version=plan.version,
        state=plan.entered,
        visit=plan.visit,
        entered_at=from_instant(plan.entered_at),
        closed_at=from_optional_instant(closed_at),
        holds_place=plan.holds_place,
        facts=from_json(plan.facts),
        head=head,
    )
    if moved != 1:
        raise _stale(dossier)


def _write_parts(session: Session, plan: Plan, dossier: Dossier) -> None:
    session.change_each(_VISIT, _visits(plan))
    session.change_each(_PAUSE, _pauses(plan, dossier))
    records.file_records(session, plan.case_id, plan.filed)
    reach("commit.records")
    records.sign_records(session, plan.case_id, plan.signed)
    session.change_each(_DATES, _dates(plan))
    reach("commit.dates")
    if plan.waiver is not None:
        session.change(
            _WAIVE,
            case=plan.case_id,
            requirement=plan.waiver.requirement,
            by=plan.waiver.by,
            role=plan.waiver.role,
            reason=plan.waiver.reason,
            at=from_instant(plan.waiver.at),
        )


def _write_timers(session: Session, plan: Plan, dossier: Dossier, root: int) -> None:
    """A timer takes effect once: settling one that is settled is stale, whoever was first (P4)."""
    changes = plan.timers
    settled = session.change_each(_SETTLE, _settled(plan))
    reach("commit.settled")
    moved = session.change_each(_RE_ARM, (_timer(plan, timer) for timer in changes.moved))
    if (settled, moved) != (len(changes.settled), len(changes.moved)):
        raise _stale(dossier)
    reach("commit.moved")
    session.change_each(_ARM, ({**_timer(plan, timer), "root": root} for timer in changes.armed))
    if plan.closed:
        session.change(_SETTLE_ALL, case=plan.case_id, at=from_instant(plan.at))


def _stale(dossier: Dossier) -> StaleDossierError:
    return StaleDossierError(
        f"{dossier.reference} moved on since version {dossier.version}; look at it and try again"
    )


def _visits(plan: Plan) -> Iterator[Values]:
    for visit in plan.visits:
        yield {
            "case": plan.case_id,
            "number": visit.number,
            "state": visit.state,
            "entered_at": from_instant(visit.entered_at),
            "left_at": from_optional_instant(visit.left_at),
        }


def _pauses(plan: Plan, dossier: Dossier) -> Iterator[Values]:
    """A pause that was open is ended under its number; any other is a further one."""
    count = len(dossier.pauses)
    last = dossier.pauses[-1] if dossier.pauses else None
    for pause in plan.pauses:
        ends = last is not None and last.ended_on is None and last.began_on == pause.began_on
        count += not ends
        last = pause
        yield {
            "case": plan.case_id,
            "number": count,
            "began_on": pause.began_on.isoformat(),
            "ended_on": from_optional_day(pause.ended_on),
        }


def _dates(plan: Plan) -> Iterator[Values]:
    for name, dates in plan.dates.items():
        yield {
            "case": plan.case_id,
            "name": name,
            "baseline": from_optional_day(dates.baseline),
            "forecast": from_optional_day(dates.forecast),
            "actual": from_optional_day(dates.actual),
            "moved_to": from_optional_day(dates.moved_to),
            "reason": dates.reason,
        }


def _timer(plan: Plan, timer: Timer) -> Values:
    return {
        "case": plan.case_id,
        "visit": plan.visit,
        "ladder": timer.ladder,
        "rung": timer.rung,
        "occurrence": timer.occurrence,
        "due_at": from_instant(timer.due_at),
        "graced": timer.graced,
    }


def _settled(plan: Plan) -> Iterator[Values]:
    for timer in plan.timers.settled:
        yield {
            "case": plan.case_id,
            "visit": plan.left_visit,
            "ladder": timer.ladder,
            "rung": timer.rung,
            "occurrence": timer.occurrence,
            "settled_at": from_instant(timer.settled_at or plan.at),
            "outcome": timer.outcome,
        }


def _owed(plan: Plan, root: int, letters: list[str]) -> Iterator[Values]:
    for key, letter in zip(letters, plan.letters, strict=True):
        yield {
            "key": key,
            "case": plan.case_id,
            "root": root,
            "visit": plan.visit,
            "letter": letter.letter,
            "audience": letter.audience,
            "person": letter.person,
            "ladder": letter.ladder,
            "facts": from_json(letter.facts),
            "owed_at": from_instant(plan.at),
        }
