"""Days that are surely known at a place of a definition: of anchors, and of windows."""

from collections.abc import Iterator
from typing import Protocol, Self

from engine.lint.certainty import Certainty, brought_by
from engine.lint.date_order import BOUNDS, bound_of, whens
from engine.model.definition import Workflow
from engine.time.date_rules import ENTRY
from engine.time.windows import DateRule, Later, Source, When, Window

_TARGET = "target"

Seen = frozenset[str]


class Sure(Protocol):
    """What is surely there at a place: the states, the paths, and the same in the cases above."""

    @property
    def definition(self) -> Workflow: ...
    @property
    def certainty(self) -> Certainty: ...
    @property
    def states(self) -> tuple[str, ...]: ...
    @property
    def paths(self) -> frozenset[str]: ...

    def has(self, path: str) -> bool: ...
    def above(self) -> tuple[Self, ...]: ...


def has_anchor(given: Sure, name: str, seen: Seen = frozenset()) -> bool:
    """Whether some source of an anchor surely gives a day by then."""
    if f"anchor.{name}" in given.paths:
        return True
    anchor = given.definition.anchors.get(name)
    if anchor is None:
        return _above(given, name, seen)
    if name in seen:
        return False
    return any(_gives(given, source, seen | {name}) for source in anchor.sources)


def has_date(given: Sure, path: str, seen: Seen = frozenset()) -> bool:
    """Whether ``STATE.BOUND`` of a window surely is a day by then."""
    name, _, bound = path.partition(".")
    state = given.definition.states.get(name)
    if state is None:
        above = given.above()
        return bool(above) and all(has_date(each, path, seen) for each in above)
    bound = bound if bound in BOUNDS else _TARGET
    key = f"{name}.{bound}"
    if state.window is None or key in seen:
        return False
    return any(
        given.states == (name,) if anchor == ENTRY else has_anchor(given, anchor, seen | {key})
        for anchor in _hung_on(state.window, bound)
    )


def needed_anchors(rule: DateRule, window: Window | None) -> frozenset[str]:
    """The anchors without which a rule gives no day; of several days one that is known will do."""
    if isinstance(rule, Later):
        first, *others = (needed_anchors(each, window) for each in rule.of)
        return first.intersection(*others)
    bound = bound_of(window, rule.anchor) if rule.anchor in BOUNDS else None
    return frozenset({rule.anchor}) if bound is None else needed_anchors(bound, window)


def _above(given: Sure, name: str, seen: Seen) -> bool:
    above = given.above()
    return bool(above) and all(has_anchor(each, name, seen) for each in above)


def _gives(given: Sure, source: Source, seen: Seen) -> bool:
    match source.kind:
        case "forecast" | "ends":
            bound = "" if source.kind == "forecast" else ".ends"
            return has_date(given, f"{source.of}{bound}", seen)
        case "parent":
            return _above(given, source.of, seen)
        case "earliest" | "child":
            return False  # rows may lack the day, and there may be no child
        case _:
            return _has_happened(given, source)


def _has_happened(given: Sure, source: Source) -> bool:
    workflow = given.definition
    if source.kind == "entered":
        is_entered = given.certainty.is_entered
        entered = [is_entered(workflow.name, state, source.of) for state in given.states]
        return bool(entered) and all(entered)
    path = brought_by(workflow, source)
    if source.kind == "fact":
        return given.has(f"fact.{source.of}")
    return bool(path) and given.has(f"record.{path}")


def _hung_on(window: Window, bound: str) -> Iterator[str]:
    rule = bound_of(window, bound)
    for when in whens(rule) if rule is not None else ():
        yield from _of_bound(window, bound, when)


def _of_bound(window: Window, bound: str, when: When) -> Iterator[str]:
    if when.anchor in BOUNDS and when.anchor != bound:
        yield from _hung_on(window, when.anchor)
    else:
        yield when.anchor
