"""Flags that are hidden from somebody to whom a letter about them goes, or whose turn they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.checks.hierarchy import effects, rungs
from engine.checks.programme import AnyOf
from engine.checks.values import FactIs
from engine.lint.findings import Problem
from engine.lint.names import Scope
from engine.model.check import Check
from engine.model.definition import FlagType, Notify, OpenCase, SetFact, Workflow
from engine.places import Place

_FLAG = "fact.flag"
_FACT = "fact."


def hidden_flags(scope: Scope) -> Iterator[Problem]:
    workflow, workflows = scope.workflow, scope.lines.workflows
    hidden = {name: flag for name, flag in workflow.flags.items() if flag.hidden_from}
    kept = workflows.get(workflow.flag_workflow)
    if hidden and kept is not None:
        yield from _kept(kept, hidden, frozenset(workflow.flags))
    for flag in hidden.values():
        for letter, to, place in _followed(flag, scope):
            yield from _seen(flag, to, f"letter {letter}", place)


def _kept(
    workflow: Workflow, hidden: Mapping[str, FlagType], every: frozenset[str]
) -> Iterator[Problem]:
    """Of the cases of flags: their letters, and whose turn it is in them."""
    for letter, to, flags, place in _Flags(workflow, every).letters():
        for name in sorted(flags & hidden.keys()):
            yield from _seen(hidden[name], to, f"letter {letter}", place)
    for state in workflow.states.values():
        for flag in hidden.values():
            yield from _seen(flag, state.acts, f"the turn in state {state.name}", state.place)


def _seen(flag: FlagType, to: tuple[str, ...], what: str, place: Place) -> Iterator[Problem]:
    roles = dict.fromkeys(audience.partition(".")[0] for audience in to)
    for role in (each for each in roles if each in flag.hidden_from):
        sentence = f"{what} comes to {role}, and flag {flag.name} is hidden from {role}"
        remedy = f"keep it to other flags by `when`, or take {role} out of `hidden_from`"
        yield Problem(place, sentence, remedy)


def _followed(flag: FlagType, scope: Scope) -> Iterator[tuple[str, tuple[str, ...], Place]]:
    """The letters that a flag brings by itself: its own, and those of the cases that it opens."""
    for effect in flag.effects:
        if isinstance(effect, Notify):
            yield effect.letter, effect.to, effect.place
        if isinstance(effect, OpenCase) and effect.workflow in scope.lines.workflows:
            child = scope.lines.workflows[effect.workflow]
            first = child.states.get(child.initial)
            for each in first.entry if first is not None else ():
                if isinstance(each, Notify):
                    yield each.letter, each.to, flag.place


@dataclass(frozen=True, slots=True)
class _Flags:
    """Of which flags a letter of their workflow may be."""

    workflow: Workflow
    every: frozenset[str]

    def letters(self) -> Iterator[tuple[str, tuple[str, ...], frozenset[str], Place]]:
        for effect in effects(self.workflow):
            if isinstance(effect, Notify):
                yield effect.letter, effect.to, self._of(effect.when, frozenset()), effect.place
        for _, _, rung in rungs(self.workflow):
            if rung.letter is not None:  # to whose turn it is: said of the state
                yield rung.letter, rung.to, self.every, rung.place

    def _of(self, check: Check | None, seen: frozenset[str]) -> frozenset[str]:
        """The flags with which a condition may hold."""
        if isinstance(check, AnyOf):
            return frozenset().union(*(self._of(each, seen) for each in check.of))
        if not isinstance(check, FactIs) or not check.of.startswith(_FACT):
            return self.every
        if check.of == _FLAG:
            named = frozenset(map(str, check.one_of))
            return named if check.one_of else self.every - frozenset(map(str, check.not_in))
        return self._set_to(check, seen)

    def _set_to(self, check: FactIs, seen: frozenset[str]) -> frozenset[str]:
        """Of another fact: those with which it is set to such a value."""
        fact = check.of.removeprefix(_FACT)
        sets = [e for e in effects(self.workflow) if isinstance(e, SetFact) and e.fact == fact]
        begins = fact not in self.workflow.facts or self.workflow.facts[fact] in check.one_of
        if fact in seen or not sets or begins or not check.one_of or any(e.path for e in sets):
            return self.every
        found = (self._of(e.when, seen | {fact}) for e in sets if e.value in check.one_of)
        return frozenset[str]().union(*found)
