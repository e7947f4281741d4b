"""Who is there: steps that only an empty role may take, letters to a partner nobody has asked.

Roles of the office are there, and so are the sides a case begins with. The side of a partnership
joins when it is asked and is gone when the partnership ends. Any other role may be empty.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from engine.checks.case import Reachable
from engine.lint.findings import Problem
from engine.lint.reachability import reachable, resuming, steps_between
from engine.model.definition import SYSTEM, WHOSE_TURN, Rung, State, Transition, Workflow
from engine.places import Place

_OF_ONE = ".team"


@dataclass(frozen=True, slots=True)
class Presence:
    """Which roles have somebody for sure in each state of a workflow, and which never have."""

    workflow: Workflow
    _found: dict[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)

    def is_heard(self, state: str, to: tuple[str, ...]) -> bool:
        """Whether one of these audiences is somebody for sure while a case is in the state."""
        return any(
            audience == WHOSE_TURN or self.is_there(state, audience.removesuffix(_OF_ONE))
            for audience in to
        )

    def is_there(self, state: str, role: str) -> bool:
        workflow = self.workflow
        if not workflow.office or role in workflow.office:
            return True
        partner = workflow.partnership
        if role in workflow.sides and (partner is None or partner.side != role):
            return True
        return state in self._states(role)[0]

    def is_never_there(self, state: str, role: str) -> bool:
        """Whether the role is the partner, who is not asked before this state, nor in it."""
        partner = self.workflow.partnership
        return partner is not None and partner.side == role and state not in self._states(role)[1]

    def _states(self, role: str) -> tuple[frozenset[str], frozenset[str]]:
        """The states with somebody in this role for sure, and those where there may be one."""
        if role not in self._found:
            workflow = self.workflow
            self._found[role] = _states(
                workflow,
                lambda step: _brings(workflow, step, role),
                lambda step: _takes(workflow, step, role),
            )
        return self._found[role]


def presence(workflow: Workflow) -> Iterator[Problem]:
    who = Presence(workflow)
    for step in workflow.transitions:
        yield from _taken_by(who, step)
        yield from _too_early(who, step)
    for state in workflow.states.values():
        yield from _acting(who, state)
        for ladder in state.ladders:
            if ladder.calendar and who.is_never_there(state.name, ladder.calendar):
                sentence = f"ladder {ladder.name} goes by the calendar of {ladder.calendar}"
                yield _not_asked(ladder.place, sentence, ladder.calendar, state.name)
            for rung in ladder.rungs:
                yield from _heard(who, state, ladder.name, rung)


def _taken_by(who: Presence, step: Transition) -> Iterator[Problem]:
    roles = [role for role in step.by if role != SYSTEM]
    if not roles or SYSTEM in step.by or any(role not in who.workflow.roles for role in roles):
        return
    for state in dict.fromkeys(step.sources):
        if state in who.workflow.states and not any(who.is_there(state, each) for each in roles):
            named = " or ".join(roles)
            sentence = f"step {step.trigger} is {named}'s alone, and in {state} there may be nobody"
            remedy = "let a role of the office take it too, or require `reachable` before"
            yield Problem(step.place, sentence, remedy)
            return


def _too_early(who: Presence, step: Transition) -> Iterator[Problem]:
    """Who may take a step, or is waited for before it, is asked by then in one of its states."""
    waited = [each.owner for each in step.requires if not each.warns]
    for role in dict.fromkeys((*step.by, *waited)):
        if step.sources and all(who.is_never_there(state, role) for state in step.sources):
            asked = next((each for each in step.requires if each.owner == role), None)
            what = f"step {step.trigger} is {role}'s to take"
            if role not in step.by and asked is not None:
                what = f"requirement {asked.name} of step {step.trigger} waits for {role}"
            place = step.place if asked is None or role in step.by else asked.place
            yield _not_asked(place, what, role, step.sources[0])


def _acting(who: Presence, state: State) -> Iterator[Problem]:
    acting = [role for role in state.acts if role != SYSTEM]
    early = [role for role in acting if who.is_never_there(state.name, role)]
    if early:
        yield _not_asked(state.place, f"{early[0]} acts in {state.name}", early[0], state.name)
    elif acting and not any(who.is_there(state.name, role) for role in acting):
        named = " or ".join(acting)
        sentence = f"{named} acts in {state.name}, and there may be nobody"
        yield Problem(state.place, sentence, "let a role of the office act too")


def _not_asked(place: Place, what: str, role: str, state: str) -> Problem:
    sentence = f"{what}, and {role} is not asked before {state}"
    return Problem(place, sentence, "name a role of the office, or ask them earlier")


def _heard(who: Presence, state: State, ladder: str, rung: Rung) -> Iterator[Problem]:
    roles = [audience.removesuffix(_OF_ONE) for audience in rung.to]
    if roles and all(who.is_never_there(state.name, role) for role in roles):
        named = " and ".join(dict.fromkeys(roles))
        sentence = f"ladder {ladder} writes to {named}, who is not asked before {state.name}"
        yield Problem(rung.place, sentence, "write to a role of the office, or ask them earlier")


@lru_cache(maxsize=256)
def not_yet_pairs(workflow: Workflow) -> frozenset[str]:
    """The states in which the partner of a case may not have agreed; none where none ever joins."""
    partner = workflow.partnership
    if partner is None:
        return frozenset()
    pairs, _ = _states(
        workflow,
        lambda step: step.trigger == partner.is_pair_from,
        lambda step: step.trigger in partner.ends,
    )
    return frozenset(workflow.states) - pairs


def _states(
    workflow: Workflow, brings: Callable[[Transition], bool], takes: Callable[[Transition], bool]
) -> tuple[frozenset[str], frozenset[str]]:
    joins = {n for n, step in enumerate(workflow.transitions) if brings(step)}
    leaves = {n for n, step in enumerate(workflow.transitions) if takes(step)}
    back = resuming(workflow)
    without = reachable(
        steps_between(workflow, joins | back), [workflow.initial, *_targets(workflow, leaves)]
    )
    having = reachable(steps_between(workflow, leaves | back), _targets(workflow, joins))
    return frozenset(workflow.states.keys() - without), frozenset(having)


def _brings(workflow: Workflow, step: Transition, role: str) -> bool:
    partner = workflow.partnership
    joins = () if partner is None else (partner.asked_from, partner.is_pair_from)
    if partner is not None and partner.side == role and step.trigger in joins:
        return True
    return any(
        isinstance(asked.check, Reachable)
        and role in asked.check.roles
        and not (asked.warns or asked.waiver)
        for asked in step.requires
    )


def _takes(workflow: Workflow, step: Transition, role: str) -> bool:
    partner = workflow.partnership
    return partner is not None and partner.side == role and step.trigger in partner.ends


def _targets(workflow: Workflow, numbers: set[int]) -> list[str]:
    found = [workflow.transitions[number].target for number in sorted(numbers)]
    return [name for name in found if name in workflow.states]
