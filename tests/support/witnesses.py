"""The witness of a silence played through the engine: how long nobody is told indeed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from engine.lint.reachability import onwards, reachable
from engine.lint.silence import Silence
from engine.model.definition import State, Workflow
from engine.model.dossier import Dossier, Parent
from engine.model.evidence import Stay
from engine.model.outcomes import Started
from engine.model.plan import Plan
from engine.time.working_days import Workdays
from tests.support.dossiers import SIDES, a_dossier, a_party
from tests.support.stories import FACILITATOR, Story
from workflows.programme import Programme

_TWO_WEEKS = timedelta(days=13)
_MOST_BEATS = 40
# In the evening of the west it is the next day in the east: what timers do there comes first.
_ZONES = {"office": "Europe/Lisbon", "coordinator": "Europe/Lisbon", "aspiring": "Europe/Helsinki"}


def played(programme: Programme, silence: Silence) -> timedelta:
    """The silence as it is met: the day on which all close is looked for, then it is played."""
    open_all_year = _life(programme, silence, ())
    since = _begins(programme, open_all_year, silence)
    closed_from = _closing(open_all_year, silence, since)
    rests = ((closed_from + timedelta(days=1), closed_from + timedelta(days=1) + _TWO_WEEKS),)
    again = _life(programme, silence, rests)
    begun = _begins(programme, again, silence)
    ended = next(p.at for p in again if p.at > begun and (p.letters or p.closed))
    return ended - begun


def _life(
    programme: Programme, silence: Silence, closures: tuple[tuple[date, date], ...]
) -> list[Plan]:
    """What happens by itself from the start on, until somebody has been told some times."""
    assert silence.witness is not None
    workflow = programme.workflows[silence.workflow]
    led_on = silence.witness.closed_from in workflow.states
    begins = workflow.initial if led_on else silence.state
    start = datetime.combine(silence.witness.starts_on, time(0, 5), tzinfo=UTC)
    states = {n: _settled(s, silence.witness.given) for n, s in workflow.states.items()}
    alone = replace(workflow, initial=begins, states=states)
    story = Story(alone, _case(programme, workflow, begins, (start, closures)), now=start)
    history = tuple((name, start) for name in _way(workflow, begins))
    story.goes(Started(FACILITATOR, history))
    for _ in range(_MOST_BEATS):
        due = [timer.due_at for timer in story.armed()]
        if not due or story.plans[-1].closed:
            break
        story.now = max(story.now, min(due))
        story.fires()
    return story.plans


def _settled(state: State, given: tuple[str, ...]) -> State:
    """The state as it is once what these ladders wait for is there."""
    return replace(state, ladders=tuple(each for each in state.ladders if each.name not in given))


def _case(
    programme: Programme,
    workflow: Workflow,
    state: str,
    when: tuple[datetime, tuple[tuple[date, date], ...]],
) -> Dossier:
    start, closures = when
    known = a_dossier(
        workflow=workflow.name,
        state=state,
        opened_at=start,
        entered_at=start,
        office=replace(a_party("office", zone=_ZONES["office"]), workdays=Workdays.plain(closures)),
        parties={
            side: replace(a_party(side, zone=_ZONES[side]), workdays=Workdays.plain(closures))
            for side in SIDES
        },
        stays=tuple(Stay(n, each, start) for n, each in enumerate(_way(workflow, state), 1)),
    )
    root = programme.workflows[programme.root]
    if workflow is root:
        return known
    above = _case(programme, root, "implementation", when)
    return replace(known, parent=Parent(root, above))


def _way(workflow: Workflow, state: str) -> Iterator[str]:
    """A state and those that lie before it: the case went through them on the very day."""
    graph = onwards(workflow)
    for name, each in workflow.states.items():
        if name != state and not each.pauses and state in reachable(graph, graph[name]):
            yield name
    yield state


def _begins(programme: Programme, plans: list[Plan], silence: Silence) -> datetime:
    """When the silence begins: with the entry of its state, or with the rung that spoke last."""
    assert silence.witness is not None
    ladder, _, name = silence.witness.closed_from.partition(".")
    if not name:
        return next(plan.at for plan in plans if plan.entered == silence.state)
    state = programme.workflows[silence.workflow].states[silence.state]
    ladders = (each for each in state.ladders if each.name == ladder)
    letters = {rung.letter for each in ladders for rung in each.rungs if rung.name == name}
    return next(
        plan.at
        for plan in plans
        for owed in plan.letters
        if owed.ladder == ladder and owed.letter in letters
    )


def _closing(plans: list[Plan], silence: Silence, since: datetime) -> date:
    """The day from which on all are closed."""
    assert silence.witness is not None
    entered = [p.at for p in plans if p.entered == silence.witness.closed_from]
    return (entered[0] if entered else since).date()
