"""The closed vocabulary of checks on values; each answers with what is missing and whose turn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from engine.checks.wording import absent, answers, listing, noun, plain, rows_of, said, title_of
from engine.dates.view import View
from engine.model.check import NO_WORDS, NOTHING, Lack
from engine.suggestions import alike


@dataclass(frozen=True, slots=True)
class Present:
    """Something has been given: a record, a field, a fact, or the note of the event."""

    of: str
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        value = view.value(self.of)
        blank = isinstance(value, str) and not value.strip()
        if value is None or blank or value in ([], ()):
            return (Lack(absent(view, self.of)),)
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
            there = absent(view, self.of) if value in (None, "") else answers(view, self.of, value)
            return (Lack(f"{there}; {wanted} is needed"),)
        if self.not_in and value in self.not_in:
            return (Lack(answers(view, self.of, value)),)
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
            Lack(
                f"{noun(view, self.of)} is {said(left)}, {noun(view, self.other)} is {said(right)}"
            ),
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
            return (Lack(absent(view, self.of)),)
        given = f"{noun(view, self.of)} is {value:g}"
        if self.at_least is not None and value < self.at_least:
            return (Lack(f"{given}; at least {self.at_least:g} is needed"),)
        if self.at_most is not None and value > self.at_most:
            return (Lack(f"{given}; at most {self.at_most:g} is allowed"),)
        before = view.value(self.more_than) if self.more_than else None
        if isinstance(before, int | float) and value <= before:
            return (Lack(f"{given}, it was {before:g} before"),)
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
            if number == 0 and self.at_least and not self.where:
                return (Lack(f"{absent(view, self.of)}; {self._asked()}"),)
            there = listing(view, self.of, number, self._like())
            return (Lack(f"{there}; {self._asked()}"),)
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
            return f"at least {self.at_least} {_are(self.at_least)} needed"
        if self.at_least == self.at_most:
            return f"exactly {self.at_most} {_are(self.at_most)} needed"
        if not self.at_least:
            return f"at most {self.at_most} {_are(self.at_most)} allowed"
        return f"{self.at_least} to {self.at_most} are needed"

    def paths(self) -> tuple[str, ...]:
        return (self.of,)


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


@dataclass(frozen=True, slots=True)
class EachHas:
    """Every row of a list has its fields filled; the lack names the rows."""

    of: str
    fields: tuple[str, ...]
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        return tuple(
            Lack(
                f'number {place} of {noun(view, self.of)} ("{title_of(row)}") '
                f"has no {' and no '.join(map(plain, empty))}"
            )
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
            return (Lack(absent(view, self.of)),)
        wanted = rows_of(view.value(self.wanted))
        return tuple(Lack(f"nobody named for {said(item)}") for item in wanted if item not in there)

    def paths(self) -> tuple[str, ...]:
        return (self.of, self.wanted)
