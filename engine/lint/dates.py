"""Anchors that lead nowhere or round in circles, and windows whose bounds are out of order."""

from collections.abc import Collection, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from engine.errors import DefinitionError, quoted
from engine.lint.date_order import BOUNDS, bound_of, in_order, resolve, whens
from engine.lint.findings import Problem, unknown
from engine.lint.names import Scope
from engine.lint.paths import meeting_path, record_path
from engine.model.definition import State, Workflow
from engine.places import Place
from engine.time.date_rules import ENTRY
from engine.time.spans import Span, longest_days, shortest_days
from engine.time.windows import Anchor, DateRule, Source

_TOO_LONG = 3_653  # ten years
_KINDS = (
    "actual",
    "agreed",
    "child",
    "earliest",
    "ends",
    "entered",
    "fact",
    "forecast",
    "parent",
    "planned",
)
_BOUND = {"forecast": "target", "ends": "ends"}  # of the window of a state

# Node of the graph of dates: an anchor, or a state with one of its bounds.
_Node = tuple[str, str]


def dates(scope: Scope) -> Iterator[Problem]:
    workflow = scope.workflow
    for anchor in workflow.anchors.values():
        for source in anchor.sources:
            yield from _source(scope, source, anchor)
            if anchor.sources.count(source) > 1:
                sentence = f"anchor {anchor.name} names {source.kind} {source.of} twice"
                yield Problem(anchor.place, sentence, "leave one out, or name another day")
        if not anchor.sources:
            sentence = f"anchor {anchor.name} comes from nowhere"
            yield Problem(anchor.place, sentence, "say what its date is taken from")
    if workflow.months and not workflow.start_anchor:
        yield Problem(workflow.place, "months are counted, but from no start", "name the `start`")
    anchors = anchors_of(scope)
    circle = _circle(workflow)
    yield from circle
    for state in workflow.states.values():
        yield from _window(state, anchors)
        if not circle:
            yield from window_order(state)


def anchors_of(scope: Scope) -> frozenset[str]:
    """The anchors rules may hang on: an anchor not of the workflow is looked up in the parent."""
    family = scope.lines.family(scope.workflow.name)
    return frozenset(name for workflow in family for name in workflow.anchors)


def known_rule(rule: DateRule, anchors: Collection[str], place: Place) -> Iterator[Problem]:
    """Anchors of a rule that nobody declared, and spans that no programme means."""
    for when in whens(rule):
        if when.anchor not in anchors:
            yield unknown(place, "anchor", when.anchor, anchors)
        yield from too_long(when.span, place)


def too_long(span: Span, place: Place) -> Iterator[Problem]:
    if max(abs(shortest_days(span, 0)), abs(longest_days(span, 0))) > _TOO_LONG:
        yield Problem(place, f"{span} is longer than ten years", "write a shorter span")


def _source(scope: Scope, source: Source, anchor: Anchor) -> Iterator[Problem]:
    workflow, place = scope.workflow, anchor.place
    match source.kind:
        case "entered" | "forecast" | "ends":
            yield from _state_source(workflow, source, anchor)
        case "actual" | "planned" | "earliest":
            yield from _record_source(workflow, source, anchor)
        case "fact":
            yield from _one_of("fact", source.of, scope.lines.own_facts[workflow.name], place)
        case "agreed":
            yield from meeting_path((workflow,), source.of, place)
        case "child":
            yield from _child_source(scope, source, anchor)
        case "parent":
            parents = (scope.lines.workflows[name] for name in scope.lines.parents[workflow.name])
            known = {name for parent in parents for name in parent.anchors}
            yield from _one_of("anchor of the parent", source.of, known, place)
        case _:
            yield unknown(place, "source of a date", source.kind, _KINDS)


def _record_source(workflow: Workflow, source: Source, anchor: Anchor) -> Iterator[Problem]:
    """Only the case's own records are looked at; the date of rows has a part more."""
    parts = 3 if source.kind == "earliest" else 2
    if source.of.count(".") != parts - 1:
        sentence = f"anchor {anchor.name} finds no date at {quoted(source.of)}"
        yield Problem(anchor.place, sentence, "name a record, and its field that is the date")
        return
    rows = source.of.rpartition(".")[0]
    for path in (source.of, *(f"{rows}.{word}" for word in source.where)):
        yield from record_path((workflow,), path, anchor.place)


def _state_source(workflow: Workflow, source: Source, anchor: Anchor) -> Iterator[Problem]:
    if source.of not in workflow.states:
        yield unknown(anchor.place, "state", source.of, workflow.states)
    elif bound := _BOUND.get(source.kind):
        dated = [n for n, s in workflow.states.items() if bound_of(s.window, bound) is not None]
        if source.of not in dated:
            yield unknown(anchor.place, f"state whose window has its {bound}", source.of, dated)


def _child_source(scope: Scope, source: Source, anchor: Anchor) -> Iterator[Problem]:
    child, _, fact = source.of.partition(".")
    children = scope.lines.children(scope.workflow.name)
    if child in children:
        yield from _one_of(f"fact of {child}", fact, scope.lines.own_facts[child], anchor.place)
    else:
        yield unknown(anchor.place, "child workflow", child, children)


def _one_of(what: str, name: str, known: Collection[str], place: Place) -> Iterator[Problem]:
    if name not in known:
        yield unknown(place, what, name, known)


def _circle(workflow: Workflow) -> list[Problem]:
    try:
        TopologicalSorter(dict(_graph(workflow))).prepare()
    except CycleError as error:
        nodes: list[_Node] = error.args[1]
        path = " -> ".join(f"{name} {bound}".strip() for name, bound in reversed(nodes))
        name, bound = nodes[0]
        there: Mapping[str, State | Anchor] = workflow.states if bound else workflow.anchors
        remedy = "hang one of them on something that happens"
        return [Problem(there[name].place, f"dates hang on one another: {path}", remedy)]
    return []


def _graph(workflow: Workflow) -> Iterator[tuple[_Node, list[_Node]]]:
    for name, anchor in workflow.anchors.items():
        yield (
            (name, ""),
            [(each.of, _BOUND[each.kind]) for each in anchor.sources if each.kind in _BOUND],
        )
    for name, state in workflow.states.items():
        for bound in BOUNDS:
            rule = bound_of(state.window, bound)
            if rule is None:
                continue
            hooks = [
                (name, when.anchor) if when.anchor in BOUNDS else (when.anchor, "")
                for when in whens(rule)
            ]
            # When a window is moved by hand its other bounds keep their distance to the target.
            if bound == "target":
                yield (name, bound), [*hooks, *([(state.agreed, "")] if state.agreed else [])]
            else:
                yield (name, bound), [*hooks, (name, "target")]


def _window(state: State, anchors: frozenset[str]) -> Iterator[Problem]:
    if state.agreed is not None and state.agreed not in anchors:
        yield unknown(state.place, "anchor", state.agreed, anchors)
    if state.agreed is not None and state.window is None:
        sentence = f"{state.name} is agreed for a day and has no window"
        yield Problem(state.place, sentence, "give it a window, or leave `agreed` out")
    for bound in BOUNDS:
        rule = bound_of(state.window, bound)
        if rule is None:
            continue
        given = {name for name in BOUNDS if bound_of(state.window, name) is not None}
        yield from known_rule(rule, {ENTRY, *anchors, *given}, state.place)


def window_order(state: State) -> Iterator[Problem]:
    """The bounds of a window that stand the wrong way round."""
    window = state.window
    for first, second in (("opens", "target"), ("target", "ends"), ("opens", "ends")):
        one, other = bound_of(window, first), bound_of(window, second)
        if one is None or other is None:
            continue
        try:
            early, late = resolve(one, window), resolve(other, window)
        except DefinitionError:
            continue  # it hangs on a bound that is not given, which is said already
        there = {dated.anchor for dated in late}
        if any(
            dated.anchor in there
            and not any(in_order(dated, end) for end in late if end.anchor == dated.anchor)
            for dated in early
        ):
            yield Problem(
                state.place,
                f"the window of {state.name} has its `{second}` before its `{first}`",
                "put its dates in order: opens, target, ends",
            )
            return
