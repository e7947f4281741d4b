"""Fire due timers: in batches, a savepoint for each family of cases, once and never early."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.errors import ProjectError
from engine.model.dossier import CaseId
from engine.model.outcomes import Refusal, TimersDue
from engine.model.plan import Plan
from runtime.use_cases.acting import Acting
from runtime.wiring import Runtime
from storage.cases import timers
from storage.cases.timers import DueCase
from storage.database import meta
from storage.database.meta import Outage
from storage.database.transactions import Session, savepoint, transaction
from storage.errors import UnavailableError
from storage.journal import journal
from storage.mail import outbox
from storage.programme import incidents
from storage.programme.incidents import Trouble

log = logging.getLogger(__name__)

_AGAIN = timedelta(minutes=1)
_ROUNDS = 200  # beats of one family in one catch-up: a chain of windows long past
_SKEW = timedelta(seconds=5)  # by which the clocks of two machines may differ


class ClockBehindError(ProjectError):
    """The wall clock stands before what was committed last (P13)."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did: families looked at, those that failed, and whether more is due."""

    families: int = 0
    failures: int = 0
    superseded: int = 0


def sweep(runtime: Runtime, *, stop: Callable[[], bool] = lambda: False) -> Swept:
    """Fire everything due by now. Safe in any number of workers: rows decide, nobody is elected.

    UnavailableError: the database cannot be used, or somebody holds a row for too long.
    """
    total = Swept()
    while not stop():
        with transaction(runtime.database) as session:
            # Not before: whoever held the database until now may have written a later moment.
            now = runtime.clock()
            _refuse_a_clock_behind(session, now)
            acting = Acting(session, runtime, now)
            families = _families(timers.due_timers(session, now, runtime.settings.engine.batch))
            outage = _outage(acting)
            done = [_one(acting, due, outage) for due in families]
            meta.set_beat(session, now)
        total = Swept(
            total.families + len(done),
            total.failures + done.count(None),
            total.superseded + sum(each or 0 for each in done),
        )
        if not families:
            break
    return total


def _outage(acting: Acting) -> Outage | None:
    """The last downtime, known to every batch of the catch-up, also when it is cut short."""
    known, last_beat = meta.last_outage(acting.session), meta.last_beat(acting.session)
    up_to, patience = acting.now, acting.runtime.catch_up_after
    if last_beat is None or up_to - last_beat <= patience:
        return known
    goes_on = known is not None and last_beat - known.ended_at <= patience
    began_at = known.began_at if known is not None and goes_on else last_beat
    meta.set_outage(acting.session, Outage(began_at, up_to))
    return Outage(began_at, up_to)


def _families(due: tuple[DueCase, ...]) -> list[tuple[DueCase, ...]]:
    """Due cases by their root, oldest first: a family is brought up to date together."""
    roots: dict[CaseId, list[DueCase]] = {}
    for each in due:
        roots.setdefault(each.root_id, []).append(each)
    return [tuple(cases) for cases in roots.values()]


def _one(acting: Acting, due: tuple[DueCase, ...], outage: Outage | None) -> int | None:
    """One family in its savepoint. A poisoned one fails alone and becomes an incident (P18)."""
    try:
        with savepoint(acting.session):
            return _fire(acting, due, outage)
    except Exception as error:  # the edge of a beat: record it and go on with the neighbours
        if acting.session.is_over:
            raise  # the whole transaction is gone: everything is due still for the next beat
        what = str(error) if isinstance(error, ProjectError) else repr(error)
        log.warning("timers failed: %s", what, exc_info=not isinstance(error, ProjectError))
        _hold(acting, due, what, passing=isinstance(error, UnavailableError))
        return None


def _hold(acting: Acting, due: tuple[DueCase, ...], what: str, *, passing: bool) -> None:
    """Try again a little later, and after some failures only when a person has looked.

    What is passing (a lock held by somebody, a deadlock) is no fault of the case: no person is
    needed for it (P8).
    """
    retries = acting.runtime.settings.engine.retries
    for each in due:
        last = not passing and each.failures + 1 >= retries
        retry_at = None if last else acting.now + _AGAIN * 2 ** min(each.failures, retries)
        timers.record_failure(acting.session, each, retry_at)
        if last:
            trouble = Trouble("timer", f"timers of case {each.case_id}", what, each.case_id)
            incidents.report(acting.session, trouble, acting.now)


def _fire(acting: Acting, due: tuple[DueCase, ...], outage: Outage | None) -> int:
    """Fire what is due in a family until nothing is; after downtime each person hears once."""
    root = due[0].root_id
    oldest = min(each.due_at for each in due)
    late = acting.now - oldest > acting.runtime.catch_up_after
    late_since = _down_since(oldest, outage) if late else None
    catching_up, before = late, outbox.newest(acting.session)
    for _ in range(_ROUNDS):
        if not due:
            break
        outcome = acting.happen(due[0].case_id, TimersDue(due[0].keys, late_since))
        catching_up = catching_up or _ends_a_grace(outcome)
        due = timers.due_of_family(acting.session, root, acting.now)
    if not catching_up:
        return 0
    reason = "superseded: downtime"
    return outbox.keep_one_each(acting.session, root, acting.now, reason, after=before)


def _down_since(due_at: datetime, outage: Outage | None) -> datetime:
    """When the engine went down that fires a timer so late."""
    if outage is None or due_at > outage.ended_at:
        return due_at
    return min(due_at, outage.began_at)


def _ends_a_grace(outcome: Plan | Refusal) -> bool:
    """Whether escalations speak that a downtime held back: of a family they end all at once."""
    return isinstance(outcome, Plan) and any(timer.graced for timer in outcome.timers.settled)


def _refuse_a_clock_behind(session: Session, now: datetime) -> None:
    last = journal.last_at(session)
    if last is not None and now < last - _SKEW:
        raise ClockBehindError(
            f"the clock says {now:%Y-%m-%d %H:%M:%S}, the last entry is of "
            f"{last:%Y-%m-%d %H:%M:%S}; timers are held until the clock is right again"
        )
