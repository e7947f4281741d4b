"""Fire due timers: in batches, a savepoint for each family of cases, once and never early."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.dossier import CaseId
from engine.errors import ProjectError
from engine.outcomes import TimersDue
from runtime.acting import Acting
from runtime.wiring import Runtime
from storage import incidents, meta, outbox, timers
from storage.database import Session, savepoint, transaction
from storage.incidents import Trouble
from storage.timers import DueCase

log = logging.getLogger(__name__)

_AGAIN = timedelta(minutes=1)
_ROUNDS = 200  # beats of one family in one catch-up: a chain of windows long past


class ClockBehindError(ProjectError):
    """The wall clock stands before what was committed last (P13)."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did: families looked at, those that failed, and whether more is due."""

    families: int = 0
    failures: int = 0
    superseded: int = 0


def sweep(runtime: Runtime) -> Swept:
    """Fire everything due by now. Safe in any number of workers: rows decide, nobody is elected."""
    total = Swept()
    while True:
        now = runtime.clock()
        with transaction(runtime.database) as session:
            _refuse_a_clock_behind(session, now)
            acting = Acting(session, runtime, now)
            families = _families(timers.due_timers(session, now, runtime.settings.engine.batch))
            last_beat = meta.last_beat(session)
            done = [_one(acting, due, last_beat) for due in families]
            meta.set_beat(session, now)
        total = Swept(
            total.families + len(done),
            total.failures + done.count(None),
            total.superseded + sum(each or 0 for each in done),
        )
        if not families:
            return total


def _families(due: tuple[DueCase, ...]) -> list[tuple[DueCase, ...]]:
    """Due cases by their root, oldest first: a family is brought up to date together."""
    roots: dict[CaseId, list[DueCase]] = {}
    for each in due:
        roots.setdefault(each.root_id, []).append(each)
    return [tuple(cases) for cases in roots.values()]


def _one(acting: Acting, due: tuple[DueCase, ...], last_beat: datetime | None) -> int | None:
    """One family in its savepoint. A poisoned one fails alone and becomes an incident (P18)."""
    try:
        with savepoint(acting.session):
            return _fire(acting, due, last_beat)
    except Exception as error:  # the edge of a beat: record it and go on with the neighbours
        what = str(error) if isinstance(error, ProjectError) else repr(error)
        log.warning("timers failed: %s", what, exc_info=not isinstance(error, ProjectError))
        _hold(acting, due, what)
        return None


def _hold(acting: Acting, due: tuple[DueCase, ...], what: str) -> None:
    """Try again a little later, and after some failures only when a person has looked."""
    for each in due:
        last = each.failures + 1 >= acting.runtime.settings.engine.retries
        retry_at = None if last else acting.now + _AGAIN * 2**each.failures
        timers.record_failure(acting.session, each, retry_at)
        if last:
            trouble = Trouble("timer", f"timers of case {each.case_id}", what, each.case_id)
            incidents.report(acting.session, trouble, acting.now)


def _fire(acting: Acting, due: tuple[DueCase, ...], last_beat: datetime | None) -> int:
    """Fire what is due in a family until nothing is; after downtime each person hears once."""
    root = due[0].root_id
    oldest = min(each.due_at for each in due)
    late = acting.now - oldest > acting.runtime.catch_up_after
    late_since = min(oldest, last_beat or oldest) if late else None
    for _ in range(_ROUNDS):
        if not due:
            break
        acting.happen(due[0].case_id, TimersDue(due[0].keys, late_since))
        due = timers.due_of_family(acting.session, root, acting.now)
    if late_since is None:
        return 0
    return outbox.keep_one_each(acting.session, root, acting.now, "superseded: downtime")


def _refuse_a_clock_behind(session: Session, now: datetime) -> None:
    last = meta.last_committed_at(session)
    if last is not None and now < last:
        raise ClockBehindError(
            f"the clock says {now:%Y-%m-%d %H:%M:%S}, the last entry is of "
            f"{last:%Y-%m-%d %H:%M:%S}; timers are held until the clock is right again"
        )
