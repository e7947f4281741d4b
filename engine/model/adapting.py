"""A definition as it holds in one case: with what was adapted there, by its record of that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar, cast

from engine.model.definition import Transition, Workflow
from engine.model.dossier import Dossier
from engine.model.settings import Figure, Measure, Value
from engine.places import Place
from engine.time.spans import Span

T = TypeVar("T")

# What a record that adapts is made of: two lists of rows, and why they are as they are now.
SETTINGS, ASKED, REASON = "settings", "asked", "reason"
_NOT_A_USE = frozenset({"settings", "origin"})  # of a definition: where they are declared


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What is another in one case: values of settings, and records asked for before a step."""

    settings: tuple[tuple[str, Value], ...] = ()
    asked: tuple[tuple[str, str], ...] = ()  # the record, and the step


NONE = Adaptation()


def as_adapted(workflow: Workflow, dossier: Dossier) -> Workflow:
    """The definition of a case as it holds there: adapted as it, or a case above it, says."""
    top, above = workflow, dossier
    while above.parent is not None:
        top, above = above.parent.workflow, above.parent.dossier
    return adapted(workflow, adaptation(top, above))


def adaptation(workflow: Workflow, dossier: Dossier) -> Adaptation:
    """What the record of a case that adapts says by now."""
    latest = dossier.latest(adapting(workflow))
    if latest is None:
        return NONE
    known = origin(workflow).settings  # those of another version of the programme have no say
    rows = (row for row in rows_of(latest.content, SETTINGS) if row["setting"] in known)
    return Adaptation(
        tuple((row["setting"], known[row["setting"]].parsed(row["value"])) for row in rows),
        tuple((row["record"], row["before"]) for row in rows_of(latest.content, ASKED)),
    )


def origin(workflow: Workflow) -> Workflow:
    """The definition as the programme has it."""
    return workflow.origin or workflow


def adapted(workflow: Workflow, found: Adaptation) -> Workflow:
    """The definition with what is another."""
    whole = origin(workflow)
    return whole if found == NONE else _adapted(whole, found)


@lru_cache(maxsize=256)
def adapting(workflow: Workflow) -> str:
    """The name of the record that adapts a case, '' where there is none."""
    return next((name for name, kind in workflow.records.items() if kind.adapts), "")


def named(value: object) -> Iterator[str]:
    """The settings whose values stand somewhere in a part of a definition."""
    match value:
        case Figure() | Measure() | Span():
            yield value.setting.removeprefix("-")
        case Mapping():
            yield from (name for each in value.values() for name in named(each))
        case tuple():
            yield from (name for each in value for name in named(each))
        case _ if is_dataclass(value):
            parts = (each.name for each in fields(value) if each.name not in _NOT_A_USE)
            yield from (name for part in parts for name in named(getattr(value, part)))
        case _:
            pass


def rows_of(content: Mapping[str, object], name: str) -> Iterator[dict[str, str]]:
    """The rows of one kind that a record holds; all their values are texts."""
    held = content.get(name)
    yield from cast("list[dict[str, str]]", held if isinstance(held, list | tuple) else [])


@lru_cache(maxsize=256)
def _adapted(workflow: Workflow, found: Adaptation) -> Workflow:
    given = dict(found.settings)
    made = _giving(workflow, given)
    return replace(
        made,
        origin=workflow,
        # What is yes or no is read where it is asked for, and stands here alone.
        settings=MappingProxyType(
            {n: replace(s, value=given.get(n, s.value)) for n, s in made.settings.items()}
        ),
        transitions=tuple(_asking(made, step, found) for step in made.transitions),
    )


def _asking(workflow: Workflow, step: Transition, found: Adaptation) -> Transition:
    """A step that asks for the records that were added before it as well."""
    wanted = (record for record, trigger in found.asked if trigger == step.trigger)
    kinds = (workflow.records[record] for record in wanted if record in workflow.records)
    added = tuple(kind.ask for kind in kinds if kind.ask is not None)
    return replace(step, requires=(*step.requires, *added)) if added else step


def _giving(value: T, given: Mapping[str, Value]) -> T:
    """The same value, with what a setting gives in it as it is given now."""
    return cast("T", _made(value, given))


def _made(value: object, given: Mapping[str, Value]) -> object:
    match value:
        case Figure() | Measure():
            return type(value)(given.get(value.setting, value), value.setting)  # type: ignore[arg-type]  # its kind
        case Span():
            return _span(value, given)
        case Mapping():
            return MappingProxyType({name: _made(each, given) for name, each in value.items()})
        case tuple():
            return tuple(_made(each, given) for each in value)
        case Place():
            return value
        case _:
            return _parts(value, given) if is_dataclass(value) else value


def _parts(value: object, given: Mapping[str, Value]) -> object:
    known = {each.name: getattr(value, each.name) for each in fields(cast("Place", value))}
    made = {name: _made(each, given) for name, each in known.items()}
    changed = {name: each for name, each in made.items() if each != known[name]}
    return replace(value, **changed) if changed else value  # type: ignore[type-var]  # a dataclass


def _span(value: Span, given: Mapping[str, Value]) -> Span:
    name = value.setting.removeprefix("-")
    found = given.get(name)
    if not isinstance(found, Span):
        return value
    named = replace(found, setting=name)
    return named.back() if value.setting.startswith("-") else named
