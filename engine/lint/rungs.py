"""Rungs that can never speak: their day is known only when their ladder is over, or never here."""

from collections.abc import Iterator

from engine.checks.hierarchy import effects, nested, rungs
from engine.checks.meetings import DayFixed
from engine.checks.values import Present
from engine.lint.certainty import Certainty, brought_by
from engine.lint.date_order import BOUNDS, bound_of, whens
from engine.lint.findings import Problem
from engine.lint.reachability import Graph, onwards, reachable, resuming, steps_between
from engine.model.check import Check
from engine.model.definition import Effect, Ladder, SetFact, State, Transition, Workflow
from engine.time.date_rules import ENTRY
from engine.time.windows import Anchor, DateRule, Source, Window


def silent_rungs(workflow: Workflow, certainty: Certainty) -> Iterator[Problem]:
    graph = onwards(workflow)
    for state, ladder, rung in rungs(workflow):
        for name in _anchors(rung.at, state.window):
            anchor = workflow.anchors.get(name)
            if anchor is None or not anchor.sources:
                continue
            if all(_comes_later(workflow, graph, state, source) for source in anchor.sources):
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
            yield from _refused(workflow, state, ladder)


def _anchors(rule: DateRule, window: Window | None) -> Iterator[str]:
    for when in whens(rule):
        bound = bound_of(window, when.anchor) if when.anchor in BOUNDS else None
        if bound is not None:
            yield from _anchors(bound, None)
        elif when.anchor not in {ENTRY, *BOUNDS}:
            yield when.anchor


def _comes_later(workflow: Workflow, graph: Graph, state: State, source: Source) -> bool:
    if source.kind == "fact":
        return _is_set_later(workflow, state, source.of)
    return source.kind == "entered" and state.name not in reachable(graph, [source.of])


def _is_set_later(workflow: Workflow, state: State, fact: str) -> bool:
    """Whether only steps set a fact, none of which leads to this state, now or ever after."""
    setting = [n for n, step in enumerate(workflow.transitions) if _sets(step.effects, fact)]
    everywhere = sum(_sets((effect,), fact) for effect in effects(workflow))
    if workflow.facts.get(fact) or not setting or everywhere > len(setting):
        return False
    graph = steps_between(workflow, _ending_with(workflow, fact) | resuming(workflow))
    led = {to for number in setting for to in _led(workflow, workflow.transitions[number])}
    return state.name not in reachable(graph, led)


def _led(workflow: Workflow, step: Transition) -> set[str]:
    """The states a step leads to: a pause, a way back or a step that stays also where it began."""
    target = workflow.states.get(step.target)
    if target is not None and not target.pauses:
        return {target.name}
    return {*step.sources, *({target.name} if target is not None else ())}


def _ending_with(workflow: Workflow, fact: str) -> set[int]:
    """The steps that end a partnership and all its facts with it, but for those it keeps."""
    partner = workflow.partnership
    if partner is None or fact in partner.keeps:
        return set()
    return {n for n, step in enumerate(workflow.transitions) if step.trigger in partner.ends}


def _sets(told: tuple[Effect, ...], fact: str) -> bool:
    return any(isinstance(effect, SetFact) and effect.fact == fact for effect in told)


def _ending(workflow: Workflow, ladder: Ladder, anchor: Anchor) -> str:
    """The record whose filing makes the day known, and ends the ladder by the same stroke."""
    if ladder.unmet is None:
        return ""
    wanted = [path for check in nested(ladder.unmet) for path in _settling(workflow, check)]
    if not wanted:
        return ""
    dates = [_date_of(workflow, source) for source in anchor.sources]
    for date in dates:
        if not date or not any(_comes_with(workflow, path, date) for path in wanted):
            return ""
    root, _, rest = dates[0].partition(".")
    return f"fact {rest}" if root == "fact" else f"record {rest.partition('.')[0]}"


def _settling(workflow: Workflow, check: Check) -> Iterator[str]:
    """What a check waits for: paths of which one is enough to meet it."""
    if isinstance(check, Present) and not check.of.startswith("meeting."):
        yield check.of
    elif isinstance(check, Present | DayFixed):
        name = check.meeting if isinstance(check, DayFixed) else check.of.split(".")[1]
        meeting = workflow.meetings.get(name)
        if meeting is not None and not meeting.needs_yes:
            yield f"record.{meeting.record}.{meeting.begins}"


def _date_of(workflow: Workflow, source: Source) -> str:
    """The path by which alone a day comes to be known."""
    if source.kind == "fact":
        return f"fact.{source.of}"
    path = brought_by(workflow, source)
    return f"record.{path}" if path else ""


def _comes_with(workflow: Workflow, path: str, date: str) -> bool:
    """Whether a path leads somewhere as soon as a date of a record is filed, or a fact is set."""
    root, _, within = path.partition(".")
    record, _, field = within.partition(".")
    known = workflow.records.get(record)
    if path == date:
        return True
    if root != "record" or known is None or date.split(".")[:2] != [root, record]:
        return False
    required = [each.name for each in known.fields if not each.optional]
    return not field or field in required


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


def _refused(workflow: Workflow, state: State, ladder: Ladder) -> Iterator[Problem]:
    """A rung takes a step that asks for the very thing without which its ladder runs."""
    if not isinstance(ladder.unmet, Present):
        return
    for rung in ladder.rungs:
        tried = [step for step in workflow.transitions if state.name in step.sources]
        fired = [step for step in tried if rung.fire is not None and step.trigger == rung.fire]
        if fired and all(_asks_for(step, ladder.unmet.of) for step in fired):
            sentence = (
                f"the rung of ladder {ladder.name} takes step {rung.fire}, which asks for "
                f"{ladder.unmet.of}; once that is there the ladder is over"
            )
            yield Problem(rung.place, sentence, "take another step, or another condition")


def _asks_for(step: Transition, path: str) -> bool:
    checks = (asked.check for asked in step.requires if not asked.warns)
    return any(isinstance(check, Present) and check.of == path for check in checks)
