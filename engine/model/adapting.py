"""A definition as it holds in one case: with what was adapted there, by its record of that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar, cast

from engine.model.definition import Notify, Rung, Transition, Workflow
from engine.model.dossier import Dossier
from engine.model.settings import Figure, Measure, Value
from engine.places import Place
from engine.time.spans import Span

# What a record that adapts is made of: lists of rows, and why they are as they are now.
SETTINGS, ASKED, WRITTEN, REASON = "settings", "asked", "written", "reason"
# Of a definition: where they are declared; and what holds none.
_NOT_A_USE = frozenset({"settings", "origin", "place", "fact_places"})
_SINGLE = frozenset({str, int, float, bool})


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What is another in one case: values of settings, records before steps, readers of letters."""

    settings: tuple[tuple[str, Value], ...] = ()
    asked: tuple[tuple[str, str], ...] = ()  # the record, and the step
    written: tuple[tuple[str, str], ...] = ()  # the letter, and who gets it as well

    def readers(self, letter: str) -> tuple[str, ...]:
        """Who gets a letter as well."""
        return tuple(to for each, to in self.written if each == letter)


NONE = Adaptation()
_NO_READERS: Mapping[str, tuple[str, ...]] = MappingProxyType({})

P = TypeVar("P")


def as_adapted(workflow: Workflow, dossier: Dossier) -> Workflow:
    """The definition of a case as it holds there: adapted as it, or a case above it, says."""
    return adapted(workflow, adaptation_of(workflow, dossier))


def adaptation_of(workflow: Workflow, dossier: Dossier) -> Adaptation:
    """What is another in a case: its own record of that says so, or that of the case above it."""
    top, above = workflow, dossier
    while above.parent is not None:
        top, above = above.parent.workflow, above.parent.dossier
    return adaptation(top, above)


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
        tuple((row["letter"], row["to"]) for row in rows_of(latest.content, WRITTEN)),
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
    return next((name for name, kind in workflow.records.items() if kind.adapts is not None), "")


def named(value: object) -> Iterator[str]:
    """The settings whose values stand somewhere in a part of a definition."""
    if value is None or type(value) in _SINGLE:  # most are
        return
    match value:
        case Figure() | Measure() | Span():
            yield value.setting.removeprefix("-")
        case Mapping():
            yield from (name for each in value.values() for name in named(each))
        case tuple():
            yield from (name for each in value for name in named(each))
        case _ if is_dataclass(value):
            for part in _parts_of(cast("type", type(value))):
                yield from named(getattr(value, part))
        case _:
            pass


@lru_cache(maxsize=256)
def _parts_of(kind: type) -> tuple[str, ...]:
    """The parts of a kind of value in which settings may stand."""
    return tuple(each.name for each in fields(kind) if each.name not in _NOT_A_USE)


def with_values(part: P, values: Mapping[str, Value]) -> P:
    """A part of a definition as it holds where its settings have these values."""
    return cast("P", _made(part, _Given(values, _NO_READERS)))


def rows_of(content: Mapping[str, object], name: str) -> Iterator[dict[str, str]]:
    """The rows of one kind that a record holds; all their values are texts."""
    held = content.get(name)
    yield from cast("list[dict[str, str]]", held if isinstance(held, list | tuple) else [])


@lru_cache(maxsize=256)
def _adapted(workflow: Workflow, found: Adaptation) -> Workflow:
    given = _Given(dict(found.settings), _readers(workflow, found))
    made = cast("Workflow", _made(workflow, given))
    return replace(
        made,
        origin=workflow,
        # What is yes or no is read where it is asked for, and stands here alone.
        settings=MappingProxyType(
            {n: replace(s, value=given.values.get(n, s.value)) for n, s in made.settings.items()}
        ),
        transitions=tuple(_asking(made, step, found) for step in made.transitions),
    )


def _asking(workflow: Workflow, step: Transition, found: Adaptation) -> Transition:
    """A step that asks for the records that were added before it as well."""
    wanted = (record for record, trigger in found.asked if trigger == step.trigger)
    kinds = (workflow.records[record] for record in wanted if record in workflow.records)
    added = tuple(kind.ask for kind in kinds if kind.ask is not None)
    return replace(step, requires=(*step.requires, *added)) if added else step


@dataclass(frozen=True, slots=True)
class _Given:
    """What is put into a definition: the values of settings, and more readers of letters."""

    values: Mapping[str, Value]
    readers: Mapping[str, tuple[str, ...]]


def _readers(workflow: Workflow, found: Adaptation) -> dict[str, tuple[str, ...]]:
    """Who gets each letter as well, of those who play a role in this workflow."""
    return {
        letter: tuple(to for to in found.readers(letter) if to.partition(".")[0] in workflow.roles)
        for letter, _ in found.written
    }


def _made(value: object, given: _Given) -> object:
    made = value
    match value:
        case Figure() | Measure():
            made = type(value)(given.values.get(value.setting, value), value.setting)  # type: ignore[arg-type]  # its kind
        case Span():
            made = _span(value, given.values)
        case Mapping():
            made = MappingProxyType({name: _made(each, given) for name, each in value.items()})
        case tuple():
            made = tuple(_made(each, given) for each in value)
        case Notify() | Rung() if value.letter in given.readers:
            to = dict.fromkeys((*value.to, *given.readers[value.letter or ""]))
            made = _parts(replace(value, to=tuple(to)), given)
        case _ if is_dataclass(value) and not isinstance(value, Place):
            made = _parts(value, given)
        case _:
            pass
    return made


def _parts(value: object, given: _Given) -> object:
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
