"""Ladders whose rungs do nothing, are out of order, or come after the end of their state."""

from collections.abc import Iterator

from engine.errors import DefinitionError, quoted
from engine.lint.alternatives import Moves, leave_for_sure, moves
from engine.lint.date_order import BOUNDS, Dated, bound_of, in_order, resolve, surely_after, whens
from engine.lint.dates import anchors_of, known_rule, too_long
from engine.lint.findings import Problem
from engine.lint.names import Scope
from engine.model.definition import SYSTEM, Ladder, Rung, State
from engine.time.date_rules import ENTRY
from engine.time.spans import Span


def ladders(scope: Scope) -> Iterator[Problem]:
    workflow = scope.workflow
    steps = moves(workflow)
    anchors = anchors_of(scope)
    for state in workflow.states.values():
        names = [ladder.name for ladder in state.ladders]
        for ladder in state.ladders:
            if names.count(ladder.name) > 1:
                sentence = f"state {state.name} has two ladders called {ladder.name}"
                yield Problem(ladder.place, sentence, "rename one of them")
            if not ladder.rungs:
                yield Problem(ladder.place, f"ladder {ladder.name} has no rungs", "add one")
            for rung in ladder.rungs:
                yield from _rung(anchors, state, rung)
                yield from _fires(state, rung, steps)
            yield from _names(ladder)
            yield from rung_order(state, ladder)
        yield from _after_the_end(state, steps)


def _names(ladder: Ladder) -> Iterator[Problem]:
    """What a rung has asked, and still will, is known by its name: inserting one renames none."""
    names = [rung.name for rung in ladder.rungs]
    for rung in ladder.rungs:
        if len(names) > 1 and rung.name.isdigit():
            sentence = f"a rung of ladder {ladder.name} has no name"
            yield Problem(rung.place, sentence, "give it a short `name`, such as nudge")
        elif names.count(rung.name) > 1:
            sentence = f"ladder {ladder.name} has two rungs called {rung.name}"
            yield Problem(rung.place, sentence, "rename one of them")


def _rung(anchors: frozenset[str], state: State, rung: Rung) -> Iterator[Problem]:
    if rung.letter is None and rung.flag is None and rung.fire is None:
        yield Problem(rung.place, "the rung does nothing", "give a `letter`, a `flag` or `fire`")
    if (rung.letter is None) != (not rung.to):
        sentence = "the rung has a letter for nobody, or somebody without a letter"
        yield Problem(rung.place, sentence, "give `letter` and `to`, or neither")
    given = [name for name in BOUNDS if bound_of(state.window, name) is not None]
    yield from known_rule(rung.at, {ENTRY, *given, *anchors}, rung.place)
    for when in whens(rung.at):
        if when.anchor == ENTRY and _is_backward(when.span):
            sentence = f"the rung at {when.span} comes before its state is entered"
            yield Problem(rung.place, sentence, "count forward from the entry")
    if rung.every is not None:
        yield from _repeats(rung, rung.every)


def _repeats(rung: Rung, every: Span) -> Iterator[Problem]:
    if every == Span() or _is_backward(every):
        yield Problem(rung.place, f"the rung repeats every {every}", "repeat after a day or more")
    yield from too_long(every, rung.place)


def _fires(state: State, rung: Rung, steps: Moves) -> Iterator[Problem]:
    if rung.fire is None:
        return
    tried = steps.get((state.name, rung.fire), ())
    if not tried:
        sentence = (
            f"trigger {quoted(rung.fire)} is fired in {state.name}, where no such step begins"
        )
        yield Problem(rung.place, sentence, f"add a transition from {state.name}, or fire another")
    elif all(SYSTEM not in step.by for step in tried):
        sentence = f"trigger {quoted(rung.fire)} is fired, but system may not take that step"
        yield Problem(rung.place, sentence, "add system to its `by`")


def rung_order(state: State, ladder: Ladder) -> Iterator[Problem]:
    """Rungs that come before one above them, or on the same day."""
    before: list[tuple[Dated, ...]] = []
    for rung in ladder.rungs:
        days = _days(state, rung)
        if days in before:
            sentence = f"ladder {ladder.name} has two rungs on the same day"
            yield Problem(rung.place, sentence, "move one of them, or make one of the two")
        elif any(_is_disorder(early, days) for early in before):
            sentence = f"a rung of ladder {ladder.name} comes before the one above it"
            yield Problem(rung.place, sentence, "put the rungs in the order of their days")
        if days:
            before.append(days)


def _is_disorder(early: tuple[Dated, ...], late: tuple[Dated, ...]) -> bool:
    return len(early) == len(late) == 1 and not in_order(early[0], late[0])


def _after_the_end(state: State, steps: Moves) -> Iterator[Problem]:
    ends = [
        (ladder, days)
        for ladder in state.ladders
        for rung in ladder.rungs
        if rung.fire is not None
        and leave_for_sure(steps.get((state.name, rung.fire), ()))
        and (days := _days(state, rung))
    ]
    for ladder in state.ladders if ends else ():
        for rung in ladder.rungs:
            # A ladder with a condition takes the case on only while it runs: so far as itself goes.
            ending = (days for by, days in ends if by.unmet is None or by is ladder)
            if any(surely_after(_days(state, rung), days) for days in ending):
                sentence = f"the rung of ladder {ladder.name} comes after {state.name} is left"
                yield Problem(
                    rung.place, sentence, "move it before the rung that fires, or drop it"
                )


def _days(state: State, rung: Rung) -> tuple[Dated, ...]:
    try:
        return resolve(rung.at, state.window)
    except DefinitionError:
        return ()  # it hangs on a bound that is not given, which is said elsewhere


def _is_backward(span: Span) -> bool:
    return min(span.months, span.days, span.working_days) < 0
