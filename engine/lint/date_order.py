"""Date rules compared: which of two comes first, by how many days, whatever they hang on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from engine.errors import DefinitionError
from engine.time.spans import Span, longest_days, shift, shortest_days
from engine.time.windows import DateRule, Later, When, Window
from engine.time.working_days import Workdays

BOUNDS = ("opens", "target", "ends")

_PLAIN = Workdays.plain()
_FIRST = date(2027, 1, 1)
_DAYS_OF_FOUR_YEARS = 1461
_DAYS_OF_A_WEEK = 7
_MOST_MONTHS = 48  # longer spans are bounded; shorter ones tried on every day of four years
_MOST_WORKING_DAYS = 260


@dataclass(frozen=True, slots=True)
class Dated:
    """A day as an anchor and the spans that lead from it; steps of nought are left out."""

    anchor: str
    spans: tuple[Span, ...] = ()

    def then(self, span: Span) -> "Dated":
        return self if span == Span() else Dated(self.anchor, (*self.spans, span))

    @property
    def longest(self) -> int:
        """At most so many days after its anchor."""
        return sum(longest_days(span) for span in self.spans)

    @property
    def shortest(self) -> int:
        return sum(shortest_days(span) for span in self.spans)


def resolve(rule: DateRule, window: Window | None) -> tuple[Dated, ...]:
    """The days of which a rule means the later, window bounds followed to their anchors.

    Raises DefinitionError when bounds hang on one another, or on one the window has not.
    """
    return tuple(dict.fromkeys(_resolve(rule, window, ())))


def _resolve(rule: DateRule, window: Window | None, seen: tuple[str, ...]) -> Iterator[Dated]:
    if isinstance(rule, Later):
        for each in rule.of:
            yield from _resolve(each, window, seen)
    elif rule.anchor not in BOUNDS:
        yield Dated(rule.anchor).then(rule.span)
    else:
        bound = bound_of(window, rule.anchor)
        if bound is None or rule.anchor in seen:
            raise DefinitionError(f"no day is known for {rule.anchor}; give the window one")
        for dated in _resolve(bound, window, (*seen, rule.anchor)):
            yield dated.then(rule.span)


def bound_of(window: Window | None, name: str) -> DateRule | None:
    if window is None:
        return None
    return {"opens": window.opens, "target": window.target, "ends": window.ends}[name]


def whens(rule: DateRule) -> tuple[When, ...]:
    return rule.of if isinstance(rule, Later) else (rule,)


@lru_cache(maxsize=4096)
def apart(first: Dated, second: Dated) -> tuple[int, int] | None:
    """The fewest and the most days from one day to another of the same anchor, else None."""
    if first.anchor != second.anchor:
        return None
    return _apart(*_without_start(first.spans, second.spans))


def surely_after(days: tuple[Dated, ...], end: tuple[Dated, ...]) -> bool:
    """Whether the latest of some days surely comes after the latest of others."""
    return all(any(_is_always_later(day, each) for day in days) for each in end)


def _is_always_later(day: Dated, end: Dated) -> bool:
    gap = apart(end, day)
    return gap is not None and gap[0] > 0


@lru_cache(maxsize=4096)
def in_order(first: Dated, second: Dated) -> bool:
    """Whether the second never comes before the first; also true when nobody can say.

    Working days are counted without holidays here: those of a country are not a fault of a file.
    """
    if first.anchor != second.anchor:
        return True
    one, other = _without_start(first.spans, second.spans)
    fewest, most = _bounds(one, other)
    if fewest >= 0 or most < 0 or _is_long((*one, *other)):
        return most >= 0
    return _tried(one, other)[0] >= 0


def _without_start(
    one: tuple[Span, ...], other: tuple[Span, ...]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Leave out what both have in common: it leads to some day, and any day is looked at."""
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return one[same:], other[same:]


def _apart(one: tuple[Span, ...], other: tuple[Span, ...]) -> tuple[int, int]:
    working = _working_days(one), _working_days(other)
    if working[0] is not None and working[1] is not None:
        more = Span(working_days=working[1] - working[0])
        return shortest_days(more), longest_days(more)
    fewest, most = _bounds(one, other)
    counts_working_days = any(span.working_days for span in (*one, *other))
    if not one or fewest == most or counts_working_days or _is_long((*one, *other)):
        return fewest, most
    return _tried(one, other)


def _bounds(one: tuple[Span, ...], other: tuple[Span, ...]) -> tuple[int, int]:
    """No fewer and no more days than these: what need not be tried on every day."""
    fewest = sum(map(shortest_days, other)) - sum(map(longest_days, one))
    return fewest, sum(map(longest_days, other)) - sum(map(shortest_days, one))


def _working_days(spans: tuple[Span, ...]) -> int | None:
    """The working days of a single span that counts nothing else."""
    return spans[0].working_days or None if len(spans) == 1 else None


def _is_long(spans: tuple[Span, ...]) -> bool:
    return any(
        abs(span.months) > _MOST_MONTHS or abs(span.working_days) > _MOST_WORKING_DAYS
        for span in spans
    )


def _tried(one: tuple[Span, ...], other: tuple[Span, ...]) -> tuple[int, int]:
    by_month = any(span.months for span in (*one, *other))
    days = _DAYS_OF_FOUR_YEARS if by_month else _DAYS_OF_A_WEEK
    moved = zip(_moved(one, days), _moved(other, days), strict=True)
    gaps = [second - first for first, second in moved]
    return min(gaps), max(gaps)


@lru_cache(maxsize=1024)
def _moved(spans: tuple[Span, ...], days: int) -> tuple[int, ...]:
    """Where the spans lead from each of so many days: kept, as the same ones are met again."""
    if not spans:
        return tuple(range(_FIRST.toordinal(), _FIRST.toordinal() + days))
    *before, last = spans
    starts = map(date.fromordinal, _moved(tuple(before), days))
    return tuple(shift(day, last, _PLAIN).toordinal() for day in starts)
