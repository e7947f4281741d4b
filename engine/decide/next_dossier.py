"""The case as it stands once a plan is written: what loading its rows would give."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.model.definition import Workflow
from engine.model.dossier import EMPTY_TIMERS, Dossier, Timer
from engine.model.others import NOTHING_LOADED
from engine.model.plan import Plan


def next_dossier(workflow: Workflow, plan: Plan) -> Dossier:
    """``plan.after`` holds what the event made of the case; this adds what writing it will."""
    before, after = plan.before, plan.after
    final = workflow.state(after.state).final
    left = {**_by_key(before.timers), **_by_key(plan.timers.settled)}
    standing = left if plan.left_stay == plan.stay else _by_key(after.timers)
    standing = {**standing, **_by_key(plan.timers.moved), **_by_key(plan.timers.armed)}
    return replace(
        after,
        version=plan.version,
        closed_at=(before.closed_at or plan.at) if final else None,
        timers=_sorted(standing.values()),
        earlier=_interrupted(workflow, plan, left),
        others=NOTHING_LOADED,
        records=dict(sorted(after.records.items())),
        dates=dict(sorted(after.dates.items())),
        waivers=dict(sorted(after.waivers.items())),
    )


def _interrupted(
    workflow: Workflow, plan: Plan, left: Mapping[str, Timer]
) -> Mapping[int, tuple[Timer, ...]]:
    """The timers of the stay that a pause interrupts: all of them come back with it."""
    if not workflow.state(plan.entered).pauses:
        return EMPTY_TIMERS
    if workflow.state(plan.left).pauses:
        return plan.before.earlier
    # A case that begins in a paused state has never been interrupted.
    return {plan.left_stay: _sorted(left.values())} if plan.before.version else EMPTY_TIMERS


def _by_key(timers: Iterable[Timer]) -> dict[str, Timer]:
    return {timer.key: timer for timer in timers}


def _sorted(timers: Iterable[Timer]) -> tuple[Timer, ...]:
    return tuple(sorted(timers, key=lambda each: (each.ladder, each.rung, each.occurrence)))
