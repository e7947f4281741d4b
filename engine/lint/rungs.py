"""Rungs that can never speak: their day is known only when their ladder is over, or never here."""

from collections.abc import Iterator

from engine.checks.hierarchy import nested, rungs
from engine.checks.values import Present
from engine.lint.certainty import Certainty, brought_by
from engine.lint.date_order import BOUNDS, bound_of, whens
from engine.lint.findings import Problem
from engine.lint.reachability import Graph, onwards, reachable
from engine.model.definition import Ladder, State, Workflow
from engine.time.windows import Anchor, DateRule, Source, Window

_ENTRY = "entry"


def silent_rungs(workflow: Workflow, certainty: Certainty) -> Iterator[Problem]:
    graph = onwards(workflow)
    for state, ladder, rung in rungs(workflow):
        for name in _anchors(rung.at, state.window):
            anchor = workflow.anchors.get(name)
            if anchor is None or not anchor.sources:
                continue
            if all(_comes_later(graph, state, source) for source in anchor.sources):
                sentence = f"the day {name} is never known in {state.name}: it comes later"
                yield Problem(rung.place, sentence, "hang the rung on a day that is known by then")
            record = _ending(workflow, ladder, anchor)
            if record:
                sentence = (
                    f"the rung of ladder {ladder.name} waits for {name}, which {record} brings; "
                    f"by then the ladder is over"
                )
                yield Problem(rung.place, sentence, "hang it on another day, or another condition")
    for state in workflow.states.values():
        for ladder in state.ladders:
            yield from _over_before(workflow.name, state, ladder, certainty)


def _anchors(rule: DateRule, window: Window | None) -> Iterator[str]:
    for when in whens(rule):
        bound = bound_of(window, when.anchor) if when.anchor in BOUNDS else None
        if bound is not None:
            yield from _anchors(bound, None)
        elif when.anchor not in {_ENTRY, *BOUNDS}:
            yield when.anchor


def _comes_later(graph: Graph, state: State, source: Source) -> bool:
    return source.kind == "entered" and state.name not in reachable(graph, [source.of])


def _ending(workflow: Workflow, ladder: Ladder, anchor: Anchor) -> str:
    """The record whose filing makes the day known, and ends the ladder by the same stroke."""
    if ladder.unmet is None:
        return ""
    wanted = [check.of for check in nested(ladder.unmet) if isinstance(check, Present)]
    dates = [brought_by(workflow, source) for source in anchor.sources]
    for date in dates:
        if not date or not any(_comes_with(workflow, path, date) for path in wanted):
            return ""
    return f"record {dates[0].partition('.')[0]}"


def _comes_with(workflow: Workflow, path: str, date: str) -> bool:
    """Whether a path leads somewhere as soon as a date of a record is filed."""
    root, _, within = path.partition(".")
    record, _, field = within.partition(".")
    known = workflow.records.get(record)
    if root != "record" or known is None or date.partition(".")[0] != record:
        return False
    required = [each.name for each in known.fields if not each.optional]
    return not field or within == date or field in required


def _over_before(
    workflow: str, state: State, ladder: Ladder, certainty: Certainty
) -> Iterator[Problem]:
    """What the ladder waits for is asked for, without a waiver, on every way into its state."""
    if not isinstance(ladder.unmet, Present):
        return
    root, _, path = ladder.unmet.of.partition(".")
    if root == "record" and certainty.is_filed(workflow, state.name, path):
        sentence = f"ladder {ladder.name} never runs: what it waits for is there on every way in"
        yield Problem(ladder.place, sentence, "drop it, or let it wait for something still open")
