"""What a record must contain, and what is wrong with one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from engine.checks.wording import rows_of
from engine.dates.anchors import day_of
from engine.model.fields import Field
from engine.suggestions import choice_of
from engine.time.countries import is_country
from engine.time.moments import moment_of

_LONGEST = 20_000  # characters of one text
_MOST_ROWS = 500
_LARGEST = 1e15  # beyond it a number loses its last digits on the way


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing wrong with a record's content: where, what, and what would be right."""

    field: str
    sentence: str
    remedy: str
    is_gap: bool = False  # nothing wrong is there, something is not there

    @property
    def said(self) -> str:
        """The same as a sentence: "due_on" in row 2 of "objectives" is missing."""
        name, _, rest = self.field.partition(".")
        row, _, inner = rest.partition(".")
        where = f'row {row} of "{name}"' if row else f'"{name}"'
        return f'"{inner}" in {where} {self.sentence}' if inner else f"{where} {self.sentence}"


def problems(
    fields: tuple[Field, ...], content: Mapping[str, object], today: date | None = None
) -> tuple[FieldProblem, ...]:
    """Everything wrong with the content; nothing is changed or guessed.

    With ``today`` also dates to come where only what has happened may stand.
    """
    early = too_early(fields, content, today) if today else ()
    return (*_problems(fields, content, ""), *early)


def too_early(
    fields: tuple[Field, ...], content: Mapping[str, object], today: date, at: str = ""
) -> Iterator[FieldProblem]:
    """The days that lie after ``today`` where only what has happened may stand."""
    for field in fields:
        value = content.get(field.name)
        day = day_of(value) if field.past else None
        if day is not None and day > today:
            remedy = "Give the day on which it happened; file it once it has."
            yield FieldProblem(f"{at}{field.name}", f"is {day}, a day to come", remedy)
        for number, row in enumerate(rows_of(value) if field.rows else (), start=1):
            if isinstance(row, Mapping):
                yield from too_early(field.rows, row, today, f"{at}{field.name}.{number}.")


def _problems(
    fields: tuple[Field, ...], content: Mapping[str, object], at: str
) -> Iterator[FieldProblem]:
    known = {field.name: field for field in fields}
    for name in content:
        if name not in known:
            near = get_close_matches(str(name), known, 1)
            there = f"Known are: {', '.join(known) or 'none'}."
            remedy = f"Did you mean {near[0]}?" if near else there
            yield FieldProblem(f"{at}{name}", "is not a field of this record", remedy)
    for field in fields:
        value = content.get(field.name)
        if value is None or value in ([], ()) or (isinstance(value, str) and not value.strip()):
            if not field.optional:
                yield FieldProblem(
                    f"{at}{field.name}", "is missing", f"Give {expected(field)}.", is_gap=True
                )
        else:
            yield from _value(field, value, f"{at}{field.name}")
            yield from _order(field, content, at)


def _order(field: Field, content: Mapping[str, object], at: str) -> Iterator[FieldProblem]:
    first, second = day_of(content.get(field.not_before)), day_of(content.get(field.name))
    if field.not_before and first is not None and second is not None and second < first:
        remedy = f"Give a day on or after {first}, or correct {field.not_before}."
        yield FieldProblem(f"{at}{field.name}", f"is before {field.not_before}", remedy)


def _value(field: Field, value: object, at: str) -> Iterator[FieldProblem]:
    if not _KINDS[field.kind](value):
        yield FieldProblem(at, f"is {_shown(value)}", f"Give {expected(field)}.")
    elif isinstance(value, list | tuple):
        yield from _rows(field, value, at)
    elif field.kind == "choice":
        yield from _choice(field, value, at)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _bounds(field, value, at)


def _choice(field: Field, value: object, at: str) -> Iterator[FieldProblem]:
    if value not in field.choices:
        yield FieldProblem(at, f"is {_shown(value)}", choice_of(value, field.choices))


def _rows(
    field: Field, value: list[object] | tuple[object, ...], at: str
) -> Iterator[FieldProblem]:
    yield from _bounds(field, len(value), at, " entries")
    yield from _twice(field, value, at)
    for number, row in enumerate(value, start=1):
        if field.kind == "rows" and isinstance(row, Mapping):
            yield from _problems(field.rows, row, f"{at}.{number}.")
        elif field.choices:
            yield from _choice(field, row, f"{at}.{number}")


def _twice(
    field: Field, value: list[object] | tuple[object, ...], at: str
) -> Iterator[FieldProblem]:
    """What is said more than once: a text of a list, the word by which rows are told apart."""
    rows = field.kind == "rows"
    said = [row.get(field.unique) if isinstance(row, Mapping) else row for row in value]
    first: dict[str, int] = {}
    for number, each in enumerate(said if field.unique or not rows else (), start=1):
        before = first.setdefault(str(each).strip(), number)
        if before != number and each not in (None, ""):
            where = f"{at}.{number}.{field.unique}" if rows else f"{at}.{number}"
            remedy = "Say it once, or say what the other one is."
            yield FieldProblem(where, f"is {_shown(each)}, as in {before}", remedy)


def _bounds(field: Field, number: float, at: str, unit: str = "") -> Iterator[FieldProblem]:
    if field.at_least is not None and number < field.at_least:
        yield FieldProblem(at, f"is {number:g}{unit}", f"Give at least {field.at_least:g}{unit}.")
    if field.at_most is not None and number > field.at_most:
        yield FieldProblem(at, f"is {number:g}{unit}", f"Give at most {field.at_most:g}{unit}.")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST and "\x00" not in value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LARGEST


def _is_whole(value: object) -> bool:
    return _is_number(value) and isinstance(value, int)


def _is_date(value: object) -> bool:
    day = day_of(value)
    return day is not None and day.isoformat() == value


def _is_moment(value: object) -> bool:
    """A moment carries its offset, or nobody could say when it is."""
    return moment_of(value) is not None


def _is_list(value: object) -> bool:
    return (
        isinstance(value, list | tuple) and len(value) <= _MOST_ROWS and all(map(_is_text, value))
    )


def _is_rows(value: object) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) <= _MOST_ROWS
        and all(isinstance(row, Mapping) for row in value)
    )


_KINDS: Mapping[str, Callable[[object], bool]] = {
    "text": _is_text,
    "choice": _is_text,
    "country": lambda value: isinstance(value, str) and is_country(value),
    "person": _is_text,
    "file": _is_text,
    "number": _is_number,
    "whole": _is_whole,
    "version": _is_whole,
    "date": _is_date,
    "moment": _is_moment,
    "yes_no": lambda value: isinstance(value, bool),
    "list": _is_list,
    "rows": _is_rows,
}

KINDS = frozenset(_KINDS)

_WORDS: Mapping[str, str] = {
    "text": "a text",
    "person": "the name of a person",
    "country": "a country by its code such as AT, or by its English name",
    "file": "the name of a file",
    "number": "a number",
    "whole": "a whole number",
    "version": "the number of a version",
    "date": "a date like 2026-04-01",
    "moment": "a moment with its offset, like 2026-07-02T10:00+02:00",
    "yes_no": "yes or no",
    "list": "a list of texts",
    "rows": "a list of rows",
}


def expected(field: Field) -> str:
    """What a field takes, in words."""
    return _WORDS.get(field.kind) or f"one of: {', '.join(field.choices)}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 - a line stays a line
