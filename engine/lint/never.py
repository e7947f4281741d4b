"""Checks that can never be met: a word that is no choice, a number out of bounds, no number at all.

What a single check asks for is held against what may stand at its path (`engine/lint/values.py`).
"""

from collections.abc import Iterator
from math import ceil, floor

from engine.checks.case import Children, NoneOverdue
from engine.checks.dated import OnOrBefore, ToCome
from engine.checks.programme import LoadWithin, WithinCapacity
from engine.checks.values import Between, Count, FactIs, Same
from engine.dates.anchors import day_of
from engine.lint.findings import Problem, meant, said
from engine.lint.names import Scope
from engine.lint.paths import checks
from engine.lint.values import Held, held, held_by_rows
from engine.model.check import Check
from engine.places import Place

_NO_WORD = frozenset({"yes_no", "list", "rows"})
_OTHER = "compare it with what may stand there, or ask whether it is `present`"


def never(scope: Scope) -> Iterator[Problem]:
    for check, place in checks(scope.workflow):
        match check:
            case FactIs():
                yield from _word(scope, check, place)
            case Between():
                yield from _between(scope, check, place)
            case Count():
                yield from _count(scope, check, place)
            case Children():
                yield from _children(scope, check, place)
            case _:
                yield from _other(scope, check, place)


def _other(scope: Scope, check: Check, place: Place) -> Iterator[Problem]:
    match check:
        case Same():
            yield from _same(scope, check, place)
        case OnOrBefore() | ToCome():
            yield from _day(scope, check, place)
        case NoneOverdue():
            yield from _overdue(scope, check, place)
        case WithinCapacity() if check.places < 1:
            yield Problem(place, "no place is ever free", "give at least one place")
        case LoadWithin() if min(check.visits, check.meetings) < 1:
            sentence = f"whatever a {check.role} does in a week is too much"
            yield Problem(place, sentence, "allow one visit and one meeting, or more")
        case _:
            pass


def _word(scope: Scope, check: FactIs, place: Place) -> Iterator[Problem]:
    if bool(check.one_of) == bool(check.not_in):
        sentence = f"the check on {check.of} says neither what it is nor what it is not"
        if check.one_of:
            sentence = f"the check on {check.of} says both what it is and what it is not"
        yield Problem(place, sentence, "write `one_of` or `not_in`")
    there = held(scope, check.of)
    for word in (*check.one_of, *check.not_in):
        yield from _known(there, check.of, word, place)


def _known(there: Held, path: str, word: object, place: Place) -> Iterator[Problem]:
    """A word is compared with what never stands there: a slip of the pen, or a kind mistaken."""
    if there.words is not None and not _is_among(word, there.words):
        words = sorted(map(said, there.words))
        yield Problem(place, f"{path} is never {said(word)}", meant(said(word), words))
    elif there.kind and there.is_number:
        if not _is_number(word):
            sentence = f"{path} is a number and never {said(word)}"
            yield Problem(place, sentence, "compare with a number")
    elif there.kind and not _may_be(there.kind, word):
        remedy = "name a path that leads to yes or no" if isinstance(word, bool) else _OTHER
        yield Problem(place, f"{path} is {there.called}, and never {said(word)}", remedy)


def _may_be(kind: str, word: object) -> bool:
    """Whether a word may stand where there is another kind than a number; nothing always may."""
    match word:
        case bool():
            return kind == "yes_no"
        case int() | float():
            return False
        case str() if kind in {"date", "moment"}:
            return not word or day_of(word) is not None
        case str():
            return not word or kind not in _NO_WORD
        case _:
            return True


def _is_among(word: object, words: frozenset[object]) -> bool:
    return any(word == each and isinstance(word, bool) == isinstance(each, bool) for each in words)


def _between(scope: Scope, check: Between, place: Place) -> Iterator[Problem]:
    there = held(scope, check.of)
    if there.is_number:
        yield from _within(there, check.of, check.at_least, check.at_most, place)
    if check.more_than == check.of:
        yield Problem(place, f"{check.of} is never more than itself", "compare it with another")
    if (check.at_least, check.at_most, check.more_than) == (None, None, None):
        sentence = f"nothing is asked of the number {check.of}"
        yield Problem(place, sentence, "give `at_least`, `at_most` or `more_than`")


def _within(
    there: Held, path: str, least: float | None, most: float | None, place: Place
) -> Iterator[Problem]:
    if least is not None and there.most is not None and least > there.most:
        sentence = f"{path} is at most {there.most:g}, so at least {least:g} can never be"
        yield Problem(place, sentence, f"ask for {there.most:g} or fewer, or let it hold more")
    if most is not None and there.least is not None and most < there.least:
        sentence = f"{path} is at least {there.least:g}, so at most {most:g} can never be"
        yield Problem(place, sentence, f"allow {there.least:g} or more, or let it hold fewer")
    if least is None or most is None or there.kind not in {"whole", "version"}:
        return
    if least <= most and ceil(least) > floor(most):
        sentence = f"{path} is a whole number, and none lies from {least:g} to {most:g}"
        yield Problem(place, sentence, f"ask for {round(least)}, or for a wider range")


def _count(scope: Scope, check: Count, place: Place) -> Iterator[Problem]:
    there = held(scope, check.of)
    yield from _bounds(check.at_least, check.at_most, f"the rows of {check.of}", place)
    if there.kind in {"list", "rows"}:
        alone = not (check.where or check.unless)
        yield from _within(there, check.of, check.at_least, check.at_most if alone else None, place)
        for name, word in (*check.where.items(), *check.unless.items()):
            found = held_by_rows(scope, check.of, name)
            yield from _known(found, f"{check.of}.{name}", word, place)


def _overdue(scope: Scope, check: NoneOverdue, place: Place) -> Iterator[Problem]:
    for name, word in check.unless.items():
        yield from _known(held_by_rows(scope, check.of, name), f"{check.of}.{name}", word, place)


def _bounds(least: float, most: float | None, what: str, place: Place) -> Iterator[Problem]:
    if least <= 0 and most is None:
        sentence = f"any number of {what} will do, so nothing is asked"
        yield Problem(place, sentence, "give `at_least` or `at_most`")


def _children(scope: Scope, check: Children, place: Place) -> Iterator[Problem]:
    child = scope.lines.workflows.get(check.workflow)
    if child is None:
        return  # said by its name
    yield from _bounds(check.at_least, check.at_most, f"cases of {check.workflow}", place)
    for name in check.states:
        state = child.states.get(name)
        if state is not None and state.final != check.closed:
            asked = "closed" if check.closed else "open"
            sentence = f"a case of {check.workflow} in state {name} is never {asked}"
            remedy = f"ask for `closed: {str(not check.closed).lower()}`, or name other states"
            yield Problem(place, sentence, remedy)
    inside = Scope(child, scope.lines)
    for fact, word in check.where.items():
        yield from _known(
            held(inside, f"fact.{fact}"), f"{check.workflow} fact.{fact}", word, place
        )


def _same(scope: Scope, check: Same, place: Place) -> Iterator[Problem]:
    one, other = held(scope, check.of), held(scope, check.other)
    if check.of == check.other:
        yield Problem(place, f"{check.of} is held against itself", "name another path in `other`")
    elif one.words is not None and other.words is not None and not one.words & other.words:
        sentence = f"{check.of} and {check.other} never hold the same"
        yield Problem(place, sentence, "compare two that may agree")


def _day(scope: Scope, check: OnOrBefore | ToCome, place: Place) -> Iterator[Problem]:
    if isinstance(check, ToCome) and held(scope, check.of).past:
        sentence = f"{check.of} is a day gone by when it is filed, and is never to come"
        yield Problem(place, sentence, "let the field be a `date`, or ask for `present`")
    if isinstance(check, OnOrBefore) and check.day is None and check.limit is None:
        yield Problem(place, f"no last day is given for {check.of}", "give `day` or `limit`")


def _is_number(word: object) -> bool:
    return isinstance(word, int | float) and not isinstance(word, bool)
