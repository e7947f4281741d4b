"""Fire due timers: in batches, a savepoint for each family of cases, once and never early."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.decide.fire import Downtime, StuckTimerError, fire
from engine.errors import ProjectError
from engine.model.dossier import CaseId
from engine.model.outcomes import Refreshed
from runtime.downtime import NEVER, as_downtime, outage_at
from runtime.families import Families
from runtime.isolation import alone
from runtime.wiring import Runtime
from storage.cases import lookups, timers
from storage.cases.timers import DueCase
from storage.database import meta
from storage.database.transactions import Session, savepoint, transaction
from storage.errors import UnavailableError
from storage.journal import journal
from storage.programme import incidents
from storage.programme.incidents import LOOKUP, Trouble

log = logging.getLogger(__name__)

_AGAIN = timedelta(minutes=1)
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
            acting = Families(session, runtime, now)
            families = _families(timers.due_timers(session, now, runtime.settings.engine.batch))
            downtime = _downtime(acting)
            done = [_one(acting, due, downtime) for due in families]
            meta.set_beat(session, now)
        total = Swept(
            total.families + len(done),
            total.failures + done.count(None),
            total.superseded + sum(each or 0 for each in done),
        )
        if not families and not _look_again(runtime):
            break
    return total


def _look_again(runtime: Runtime) -> bool:
    """One family that waits for what another one freed, in a transaction of its own."""
    with transaction(runtime.database) as session:
        root = lookups.take(session)
        if root is not None:
            acting = Families(session, runtime, runtime.clock())
            # One that cannot look holds up none that waits behind it.
            trouble = Trouble(LOOKUP, "a place became free", case_id=root)
            alone(acting, trouble, lambda: acting.happen(root, Refreshed()))
        return root is not None


def _downtime(acting: Families) -> Downtime | None:
    """The last downtime, known to every batch of the catch-up, also when it is cut short."""
    outage = outage_at(acting.session, acting.now, acting.runtime.catch_up_after)
    if outage is None:
        return None
    if outage.began_at > NEVER:
        meta.set_outage(acting.session, outage)
    return as_downtime(acting.runtime, outage)


def _families(due: tuple[DueCase, ...]) -> list[tuple[DueCase, ...]]:
    """Due cases by their root, oldest first: a family is brought up to date together."""
    roots: dict[CaseId, list[DueCase]] = {}
    for each in due:
        roots.setdefault(each.root_id, []).append(each)
    return [tuple(cases) for cases in roots.values()]


def _one(acting: Families, due: tuple[DueCase, ...], downtime: Downtime | None) -> int | None:
    """One family in its savepoint. A poisoned one fails alone and becomes an incident (P18)."""
    try:
        with savepoint(acting.session):
            return _fire(acting, due[0].root_id, downtime)
    except Exception as error:  # the edge of a beat: record it and go on with the neighbours
        if acting.session.is_over:
            raise  # the whole transaction is gone: everything is due still for the next beat
        what = str(error) if isinstance(error, ProjectError) else repr(error)
        log.warning("timers failed: %s", what, exc_info=not isinstance(error, ProjectError))
        _hold(acting, due, what, passing=isinstance(error, UnavailableError))
        return None


def _hold(acting: Families, due: tuple[DueCase, ...], what: str, *, passing: bool) -> None:
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


def _fire(acting: Families, root: CaseId, downtime: Downtime | None) -> int:
    """Fire what is due in a family; how many letters gave way because of a downtime."""
    family = acting.load(root)
    decision = acting.with_others(family, lambda whole: fire(whole, acting.now, downtime))
    if decision is None and timers.wake_when_due(acting.session, root):
        return 0
    if decision is None:
        raise StuckTimerError("timers are due that belong to no stay of the case")
    acting.write(decision)
    ends = (*decision.letters, *decision.ended.values())
    return sum(letter.state == "superseded" for letter in ends)


def _refuse_a_clock_behind(session: Session, now: datetime) -> None:
    last = journal.last_at(session)
    if last is not None and now < last - _SKEW:
        raise ClockBehindError(
            f"the clock says {now:%Y-%m-%d %H:%M:%S}, the last entry is of "
            f"{last:%Y-%m-%d %H:%M:%S}; timers are held until the clock is right again"
        )
