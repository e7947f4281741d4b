"""Names in a story that its programme does not have: roles, states, records, steps, days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.checks.hierarchy import Lineage, lineage, requirements
from engine.lint.date_order import BOUNDS, whens
from engine.model.definition import SYSTEM, Workflow
from engine.suggestions import suggestion
from simulation.acts import Act, Assign, File, Learn, Move, Pull, Raise, Sign, Waive
from simulation.story import Story
from simulation.story_cast import wrong_cast
from simulation.story_rights import never_done
from simulation.story_values import Said, Words, words_of
from workflows.yaml.spot import Spot

_NO_ANCHORS = frozenset({"entry", *BOUNDS})


def strange_names(story: Story, spot: Spot, workflows: Mapping[str, Workflow]) -> Iterator[str]:
    """What invented people are said to be or to do, and no workflow of the programme knows."""
    yield from _known(spot.at("workflow"), "workflow", story.workflow, workflows)
    root = workflows.get(story.workflow)
    if root is None:
        return
    lines = lineage(workflows)
    yield from _known(spot.at("programme"), "programme", story.programme, [root.programme])
    yield from wrong_cast(story.cast, root, lines, spot.at("cast"))
    yield from _turns(story, root, spot.at("turns"))
    words = words_of(lines, story.cast.words)
    for name, scenes in story.scenes.items():
        here = spot.at("scenes", name)
        yield from _known(here, "workflow", name, workflows, key=True)
        for state, acts in scenes.items() if name in workflows else ():
            states = [s.name for s in workflows[name].states.values()]
            yield from _known(here.at(state), f"state of {name}", state, states, key=True)
            for number, act in enumerate(acts):
                scene = _Scene(lines, name, state, words)
                yield from scene.wrong(act, here.at(state, number))


def _turns(story: Story, root: Workflow, spot: Spot) -> Iterator[str]:
    taken = {
        t
        for states in story.scenes.values()
        for acts in states.values()
        for a in acts
        for t in (*a.only, *a.unless)
    }
    for name, turn in story.turns.items():
        here = spot.at(name)
        for role in turn.slow:
            yield from _known(here.at("slow", role), "role", role, root.roles, key=True)
        if turn.bounces is not None:
            yield from _known(here.at("bounces"), "role", turn.bounces, root.roles)
        if turn.silent is not None:
            silent = here.at("silent")
            yield from _known(silent.at("role"), "role", turn.silent.role, root.roles)
            yield from _known(silent.at("state"), "state", turn.silent.state, root.states)
        if not (turn.slow or turn.silent or turn.bounces or name in taken):
            yield f"{here.named}: nobody does anything else in turn {name}: name it in an act"


@dataclass(frozen=True, slots=True)
class _Scene:
    """What people do in one state of one workflow."""

    lines: Lineage
    workflow: str
    state: str
    words: Words

    def wrong(self, act: Act, spot: Spot) -> Iterator[str]:
        workflow = self.lines.workflows[self.workflow]
        yield from _known(spot.at("by"), "role", act.by, workflow.roles)
        family = self.lines.family(self.workflow)
        anchors = frozenset(a for each in family for a in each.anchors) | _NO_ANCHORS
        for when in whens(act.at) if act.at is not None else ():
            yield from _known(spot.at("at"), "anchor", when.anchor, anchors)
        yield from self._named(act, workflow, spot)
        yield from never_done(act, workflow, self.state, spot)
        yield from Said(self.lines, workflow, self.words, anchors).wrong(act, spot)

    def _named(self, act: Act, workflow: Workflow, spot: Spot) -> Iterator[str]:
        match act:
            case File():
                yield from _known(spot.at("file"), "record", act.record, workflow.records)
            case Sign():
                signed = [r.name for r in workflow.records.values() if r.signatories]
                yield from _known(spot.at("sign"), "record to sign", act.record, signed)
                yield from _known(spot.at("side"), "side", act.side, workflow.sides)
            case Pull():
                yield from self._pulled(act, workflow, spot)
            case Assign() | Learn():
                key = "assign" if isinstance(act, Assign) else "learn"
                yield from _known(spot.at(key), "side", act.side, workflow.sides)
            case _:
                yield from self._said(act, workflow, spot)

    def _said(self, act: Act, workflow: Workflow, spot: Spot) -> Iterator[str]:
        match act:
            case Waive():
                waived = {asked.name for asked in requirements(workflow) if asked.waiver}
                what = "requirement that may be waived called"
                yield from _known(spot.at("waive"), what, act.requirement, waived)
            case Move():
                dated = [s.name for s in workflow.states.values() if s.window is not None]
                yield from _known(spot.at("move"), "state with a window", act.milestone, dated)
            case Raise():
                yield from _known(spot.at("raise"), "flag", act.flag, workflow.flags)
            case _:
                pass  # each kind of act stands here or above

    def _pulled(self, act: Pull, workflow: Workflow, spot: Spot) -> Iterator[str]:
        here = [step for step in workflow.transitions if self.state in step.sources]
        triggers = {step.trigger for step in here if set(step.by) - {SYSTEM}}
        yield from _known(spot.at("pull"), f"step out of {self.state}", act.trigger, triggers)


def _known(
    spot: Spot, what: str, name: str, known: Iterable[str], *, key: bool = False
) -> Iterator[str]:
    listed = sorted(known)
    if name not in listed:
        place = spot.named if key else spot.place
        yield f'{place}: no {what} "{name}": {suggestion(name, listed)}'
