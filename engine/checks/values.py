"""The closed vocabulary of checks on values; each answers with what is missing and whose turn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from engine.checks.wording import in_words, rows_of, said, title_of
from engine.dates.anchors import Clockwork, anchor_day, day_of, rule_day
from engine.dates.view import View
from engine.model.check import NO_WORDS, NOTHING, Lack
from engine.suggestions import alike
from engine.time.spans import Span, shift
from engine.time.windows import DateRule


@dataclass(frozen=True, slots=True)
class Present:
    """Something has been given: a record, a field, a fact, or the note of the event."""

    of: str
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        value = view.value(self.of)
        blank = isinstance(value, str) and not value.strip()
        if value is None or blank or value in ([], ()):
            return (Lack(f"{in_words(self.of)} is missing"),)
        return ()

    def paths(self) -> tuple[str, ...]:
        return (self.of,)


@dataclass(frozen=True, slots=True)
class FactIs:
    """A value is what it should be: ``one_of`` the given, or ``not_in`` them."""

    of: str
    one_of: tuple[object, ...] = ()
    not_in: tuple[object, ...] = ()
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        value = view.value(self.of)
        if self.one_of and value not in self.one_of:
            wanted = " or ".join(said(each) for each in self.one_of)
            return (Lack(f"{in_words(self.of)} is {said(value)}, it must be {wanted}"),)
        if self.not_in and value in self.not_in:
            return (Lack(f"{in_words(self.of)} is {said(value)}"),)
        return ()

    def paths(self) -> tuple[str, ...]:
        return (self.of,)


@dataclass(frozen=True, slots=True)
class Same:
    """Two values agree (B-09)."""

    of: str
    other: str
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        left, right = view.value(self.of), view.value(self.other)
        if left is not None and alike(left, right):
            return ()
        return (
            Lack(f"{in_words(self.of)} is {said(left)}, {in_words(self.other)} is {said(right)}"),
        )

    def paths(self) -> tuple[str, ...]:
        return (self.of, self.other)


@dataclass(frozen=True, slots=True)
class Between:
    """A number lies between two bounds, both allowed."""

    of: str
    at_least: float | None = None
    at_most: float | None = None
    more_than: str | None = None  # a path to the number it must exceed (F-13)
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        value = view.value(self.of)
        if not isinstance(value, int | float) or isinstance(value, bool):
            return (Lack(f"{in_words(self.of)} is missing"),)
        if self.at_least is not None and value < self.at_least:
            return (Lack(f"{in_words(self.of)} is {value:g}, at least {self.at_least:g} is asked"),)
        if self.at_most is not None and value > self.at_most:
            return (Lack(f"{in_words(self.of)} is {value:g}, at most {self.at_most:g} is asked"),)
        before = view.value(self.more_than) if self.more_than else None
        if isinstance(before, int | float) and value <= before:
            return (Lack(f"{in_words(self.of)} is {value:g}, it was {before:g} before"),)
        return ()

    def paths(self) -> tuple[str, ...]:
        return (self.of, *((self.more_than,) if self.more_than else ()))


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows, or how many rows like ``where``, a list has."""

    of: str
    at_least: int = 0
    at_most: int | None = None
    where: Mapping[str, object] = field(default_factory=lambda: NO_WORDS)
    unless: Mapping[str, object] = field(default_factory=lambda: NO_WORDS)
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        number = sum(1 for row in rows_of(view.value(self.of)) if self._counts(row))
        if number < self.at_least or (self.at_most is not None and number > self.at_most):
            return (Lack(f"{in_words(self.of)}{self._like()}: {number}, asked: {self._asked()}"),)
        return ()

    def _counts(self, row: object) -> bool:
        if not isinstance(row, Mapping):
            return not self.where
        return all(row.get(name) == value for name, value in self.where.items()) and not any(
            row.get(name) == value for name, value in self.unless.items()
        )

    def _like(self) -> str:
        words = [said(value) for value in self.where.values()]
        return f" ({', '.join(words)})" if words else ""

    def _asked(self) -> str:
        if self.at_most is None:
            return f"at least {self.at_least}"
        if self.at_least == self.at_most:
            return f"exactly {self.at_most}"
        return f"{self.at_least} to {self.at_most}"

    def paths(self) -> tuple[str, ...]:
        return (self.of,)


@dataclass(frozen=True, slots=True)
class EachHas:
    """Every row of a list has its fields filled; the lack names the rows."""

    of: str
    fields: tuple[str, ...]
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        return tuple(
            Lack(f'{in_words(self.of)} {place} "{title_of(row)}" has no {" and no ".join(empty)}')
            for place, row in enumerate(rows_of(view.value(self.of)), start=1)
            if isinstance(row, Mapping)
            and (empty := [name for name in self.fields if row.get(name) in (None, "", [], ())])
        )

    def paths(self) -> tuple[str, ...]:
        return (self.of,)


@dataclass(frozen=True, slots=True)
class Covers:
    """Every wanted item of one list appears in a field of another (contacts per department)."""

    of: str
    wanted: str
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        there = rows_of(view.value(self.of))
        if not there:
            return (Lack(f"{in_words(self.of)} is missing"),)
        wanted = rows_of(view.value(self.wanted))
        return tuple(Lack(f"nobody named for {said(item)}") for item in wanted if item not in there)

    def paths(self) -> tuple[str, ...]:
        return (self.of, self.wanted)


@dataclass(frozen=True, slots=True)
class OnOrBefore:
    """A day of the case is not after a fixed day, nor after the day of a date rule."""

    of: str
    day: str | None = None
    limit: DateRule | None = None
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        value = day_of(view.value(self.of))
        if value is None:
            return (Lack(f"{in_words(self.of)} is missing"),)
        limits = [day_of(self.day)]
        if self.limit is not None:
            where = Clockwork(view.workflow, view.dossier, view.dossier.state)
            limits.append(rule_day(where, self.limit))
        last = min((day for day in limits if day is not None), default=None)
        if last is None or value <= last:
            return ()
        return (Lack(f"{in_words(self.of)} is {value}, the last day is {last}"),)

    def paths(self) -> tuple[str, ...]:
        return (self.of,)


@dataclass(frozen=True, slots=True)
class ToCome:
    """A day is given, and it lies ahead: a day to look again, the end of an extension."""

    of: str
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        value = day_of(view.value(self.of))
        if value is None:
            return (Lack(f"{in_words(self.of)} is missing"),)
        gone = Lack(f"{in_words(self.of)} is {value}, today is {view.today}")
        return () if value > view.today else (gone,)

    def paths(self) -> tuple[str, ...]:
        return (self.of,)


@dataclass(frozen=True, slots=True)
class SentBefore:
    """Something was sent at least so long before a meeting (A-20, Q-11, Q-12)."""

    of: str
    before: str  # an anchor
    by: Span
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        sent = day_of(view.value(self.of))
        meeting = anchor_day(view.workflow, view.dossier, self.before)
        if sent is None:
            return (Lack(f"{in_words(self.of)} is missing"),)
        if meeting is None:
            return (Lack(f"the day of {self.before.replace('_', ' ')} is not known"),)
        if shift(sent, self.by, view.dossier.office.workdays) <= meeting:
            return ()
        days = (meeting - sent).days
        when = f"{days} days before" if days >= 0 else f"{-days} days after"
        return (Lack(f"it was sent {when}, {self.by.in_words()} before are asked"),)

    def paths(self) -> tuple[str, ...]:
        return (self.of,)
