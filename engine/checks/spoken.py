"""What people may say of a case when it begins or takes a step: the words that something reads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from engine.checks.among import words_of
from engine.checks.dated import OnOrBefore, SentBefore, ToCome
from engine.checks.hierarchy import nested
from engine.checks.values import Between, FactIs
from engine.literals import DAY
from engine.model.check import Check
from engine.model.definition import Effect, Notify, OpenCase, SetFact, Tell, Transition, Workflow
from engine.model.fields import Field
from engine.time.day_words import When

_EVENT = "event."
# Said in other ways.
_OURS = frozenset({"note", "by", "role", "decision", "state_then", "stands_in"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word with what it takes; without a field it is what it looks like."""

    name: str
    field: Field | None = None
    when: When = ""  # what is known of its day


def of_a_start(workflow: Workflow) -> tuple[Spoken, ...]:
    """The facts a case begins with, each of the type of its declared value."""
    return tuple(Spoken(name, _kept(workflow, name)) for name in workflow.facts)


def _kept(workflow: Workflow, fact: str) -> Field:
    """What a fact of a case takes: a word of its list, else what is like its declared value."""
    field = _like(fact, workflow.facts[fact])
    words = words_of(workflow, f"fact.{fact}")
    return replace(field, kind="choice", choices=words) if words else field


def of_a_step(
    workflows: Mapping[str, Workflow], workflow: Workflow, trigger: str, letters: Iterable[str]
) -> tuple[Spoken, ...] | None:
    """What a step reads, or a letter by its source; None where the workflow has no such step."""
    steps = [each for each in workflow.transitions if each.trigger == trigger]
    if not steps:
        return None
    found: dict[str, Spoken] = {}
    effects = [effect for step in steps for effect in _effects(workflow, step)]
    if any(isinstance(effect, Notify) for effect in effects):
        found |= {name: Spoken(name) for name in map(_event_word, letters) if name}
    told = {effect.trigger for effect in effects if isinstance(effect, Tell)}
    others = ((w, t) for w in workflows.values() for t in w.transitions if t.trigger in told)
    for where, step in (*others, *((workflow, step) for step in steps)):
        found |= {each.name: each for each in _of(where, step)}
    return tuple(each for name, each in found.items() if name not in _OURS)


def _of(workflow: Workflow, step: Transition) -> Iterator[Spoken]:
    """First what is only passed on, then what a check says the type of."""
    effects = tuple(_effects(workflow, step))
    for effect in effects:
        if isinstance(effect, SetFact) and (name := _event_word(effect.path or "")):
            known = effect.fact in workflow.facts
            yield Spoken(name, replace(_kept(workflow, effect.fact), name=name) if known else None)
        if isinstance(effect, OpenCase):
            sources = (str(value).removeprefix("=") for value in effect.facts.values())
            yield from (Spoken(name) for name in map(_event_word, sources) if name)
    checks = [each.check for each in step.requires] + [e.when for e in effects if e.when]
    for check in (part for whole in checks for part in nested(whole)):
        yield from _checked(check)


def _checked(check: Check) -> Iterator[Spoken]:
    for name in filter(None, map(_event_word, check.paths())):
        match check:
            case OnOrBefore() | ToCome() | SentBefore():
                yield Spoken(
                    name, Field(name, "date"), "to come" if isinstance(check, ToCome) else ""
                )
            case Between():
                yield Spoken(name, Field(name, "number"))
            case FactIs(one_of=words) if words and all(isinstance(w, bool) for w in words):
                yield Spoken(name, Field(name, "yes_no"))
            case _:
                yield Spoken(name, Field(name, "text"))


def _effects(workflow: Workflow, step: Transition) -> Iterator[Effect]:
    yield from step.effects
    target = workflow.states.get(step.target)
    yield from target.entry if target is not None else ()


def _event_word(path: str) -> str:
    return path.removeprefix(_EVENT).partition(".")[0] if path.startswith(_EVENT) else ""


def _like(name: str, value: object) -> Field:
    """A field that takes what the value is one of."""
    match value:
        case bool():
            kind = "yes_no"
        case int():
            kind = "whole"
        case float():
            kind = "number"
        case str() if DAY.fullmatch(value):
            kind = "date"
        case _:
            kind = "text"
    return Field(name, kind)
