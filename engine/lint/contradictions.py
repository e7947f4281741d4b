"""Requirements of one step, or of one record's watch, that can never be met together."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import inf

from engine.checks.case import Children
from engine.checks.dated import OnOrBefore, ToCome
from engine.checks.programme import AnyOf
from engine.checks.values import Between, Count, FactIs, Present
from engine.lint.certainty import Certainty
from engine.lint.date_order import whens
from engine.lint.findings import Problem, said
from engine.lint.names import Scope
from engine.lint.values import held
from engine.model.check import Check
from engine.model.definition import Transition
from engine.model.requirement import Requirement
from engine.time.spans import longest_days

_EMPTY = ("", None)


@dataclass(frozen=True, slots=True)
class _Range:
    """How much one thing may be; ``more`` is what it is a part of, where rows are counted."""

    what: str
    least: float
    most: float
    part_of: str = ""


def contradictions(scope: Scope, certainty: Certainty) -> Iterator[Problem]:
    for step in scope.workflow.transitions:
        blocking = [asked for asked in step.requires if not asked.warns]
        for one, other in combinations(blocking, 2):
            both = (one.check, other.check)
            why = _clash(scope, *both) or _days(scope, certainty, step, both)
            if why:
                yield _problem(one, other, step.trigger, why)
        for asked in blocking:
            yield from _each_barred(scope, step, asked, blocking)


def _each_barred(
    scope: Scope, step: Transition, asked: Requirement, blocking: list[Requirement]
) -> Iterator[Problem]:
    """Of several ways to meet a requirement each is barred by another one of the step."""
    if not isinstance(asked.check, AnyOf):
        return
    others = [each for each in blocking if each is not asked]
    barring = [
        next((other for other in others if _clash(scope, way, other.check)), None)
        for way in asked.check.of
    ]
    named = list(dict.fromkeys(other.name for other in barring if other is not None))
    if None not in barring and named:
        sentence = (
            f"no way to meet {asked.name} is left in step {step.trigger}: "
            f"{' and '.join(named)} {'bar' if named[1:] else 'bars'} each"
        )
        yield Problem(asked.place, sentence, "allow one more way, or take one out of the step")


def _problem(one: Requirement, other: Requirement, trigger: str, why: str) -> Problem:
    later, earlier = sorted((one, other), key=lambda each: each.place, reverse=True)
    return Problem(
        later.place,
        f"{later.name} and {earlier.name} of step {trigger} exclude each other: {why}",
        "let the two agree, or take one of them out of the step",
    )


def _clash(scope: Scope, one: Check, other: Check) -> str:
    """Why no case meets both; empty where one may."""
    ranges = _apart(_range(one), _range(other))
    return ranges or _words(scope, one, other) or _presence(one, other) or _presence(other, one)


def _range(check: Check) -> _Range | None:
    match check:
        case Between():
            return _Range(check.of, _or(check.at_least, -inf), _or(check.at_most, inf))
        case Count():
            like = [*check.where.items(), *(("not", pair) for pair in check.unless.items())]
            what = f"{check.of} {like}" if like else check.of
            whole = check.of if like else ""
            return _Range(f"rows {what}", check.at_least, _or(check.at_most, inf), f"rows {whole}")
        case Children():
            what = f"{check.workflow} {check.closed} {sorted(check.states)} {dict(check.where)}"
            return _Range(f"cases {what}", check.at_least, _or(check.at_most, inf))
        case _:
            return None


def _or(given: float | None, else_: float) -> float:
    return else_ if given is None else given


def _apart(one: _Range | None, other: _Range | None) -> str:
    if one is None or other is None:
        return ""
    for few, many in ((one, other), (other, one)):
        if few.what in {many.what, many.part_of} and few.most < many.least:
            return f"at most {few.most:g} and at least {many.least:g}"
    return ""


def _words(scope: Scope, one: Check, other: Check) -> str:
    if isinstance(one, FactIs) and isinstance(other, FactIs) and one.of == other.of:
        may_be = [word for word in _allowed(scope, one) or () if _allows(other, word)]
        known = _allowed(scope, one) is not None
        if known and not may_be:
            return f"{one.of} is {_listed(one)} and {_listed(other)}"
    return ""


def _days(scope: Scope, certainty: Certainty, step: Transition, both: tuple[Check, Check]) -> str:
    """A day is to lie ahead, and not after one that has gone by in every state of the step."""
    ahead = next((each for each in both if isinstance(each, ToCome)), None)
    last = next((each for each in both if isinstance(each, OnOrBefore)), None)
    if ahead is None or last is None or ahead.of != last.of or last.limit is None:
        return ""
    gone = all(
        certainty.is_past(scope.workflow.name, state, when.anchor) and longest_days(when.span) <= 0
        for state in step.sources
        for when in whens(last.limit)
    )
    return f"{ahead.of} lies ahead, and not after a day that has gone by" if gone else ""


def _allowed(scope: Scope, check: FactIs) -> tuple[object, ...] | None:
    if check.one_of:
        return check.one_of
    words = held(scope, check.of).words
    return None if words is None else tuple(word for word in words if word not in check.not_in)


def _allows(check: FactIs, word: object) -> bool:
    return (not check.one_of or word in check.one_of) and word not in check.not_in


def _listed(check: FactIs) -> str:
    words = " or ".join(map(said, check.one_of or check.not_in))
    return words if check.one_of else f"not {words}"


def _presence(one: Check, other: Check) -> str:
    """Something is to be there, and something else holds only where it is not."""
    match one, other:
        case (Present() | ToCome() | Between(), FactIs(one_of=words)) if (
            one.of == other.of and words and all(word in _EMPTY for word in words)
        ):
            return f"{one.of} is there and is empty"
        case (Present(), Count(at_most=0)) if one.of == other.of and not other.where:
            return f"{one.of} is there and has no rows"
        case _:
            return ""
