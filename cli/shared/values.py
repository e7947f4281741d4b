"""What people type, as values; each reader says in one sentence what is wrong and what is right."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

import typer

from engine.literals import shown
from engine.time.day_words import NeedsTodayError
from engine.time.written_days import read_day

T = TypeVar("T")

MOST = 2**62  # as a number of a row may be
_LONGEST = 20_000  # characters of one text
_LONGEST_WORD = 120
_WORD = re.compile(r"[^\W_][\w .@+\-/]*")
_WHOLE = re.compile(r"-?[0-9]+")
_DIGITS_READ = 20  # more than any bound has: what is longer is out of it
_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,80}")


class Assignment(NamedTuple):
    """One `name=value` that was typed."""

    name: str
    value: str


def read(reader: Callable[[str], T], raw: str) -> T:
    """Read what was typed as everywhere else; what is wrong is said as a wrong argument."""
    try:
        return reader(raw)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def text(raw: str) -> str:
    """A text somebody reads: not empty, no control marks, at most 20,000 characters."""
    if not raw.strip():
        raise typer.BadParameter("it is empty: write something")
    if len(raw) > _LONGEST:
        raise typer.BadParameter(f"it has {len(raw)} characters: at most {_LONGEST}")
    for mark in raw:
        if "\ud800" <= mark <= "\udfff":
            raise typer.BadParameter("it is not text in UTF-8: type it anew")
        if mark < " " and mark not in "\n\t":
            raise typer.BadParameter(f"it holds the control mark \\x{ord(mark):02x}: take it out")
    return raw


def word(raw: str) -> str:
    """A name the programme gives: a reference, a key, a role, a trigger."""
    if not raw:
        raise typer.BadParameter("it is empty: write a name")
    if len(raw) > _LONGEST_WORD or not _WORD.fullmatch(raw):
        raise typer.BadParameter(f"{shown(raw)} is not a name: letters, digits, - and . only")
    return raw


def side_of(raw: str) -> str:
    """A side or a record, or one centre's: ``aspiring``, ``aspiring=BIR``."""
    side, has_centre, centre = raw.partition("=")
    return f"{word(side)}={word(centre)}" if has_centre else word(side)


@dataclass(frozen=True, slots=True)
class Written:
    """A day as it was typed: which one it is may depend on the day it is read."""

    text: str


def day(raw: str) -> Written:
    """A day as people write it; what no day could make one is refused at once."""
    try:
        read_day(raw.strip())
    except NeedsTodayError:
        pass
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    return Written(raw.strip())


def whole(least: int, most: int = MOST) -> Callable[[str | int], int]:
    """A reader of whole numbers within bounds; defaults come as numbers already."""

    def number(raw: str | int) -> int:
        typed = str(raw)
        if not _WHOLE.fullmatch(typed):
            raise typer.BadParameter(
                f"{shown(typed)} is not a whole number: write digits only, like {max(least, 12)}"
            )
        found = int(typed[:_DIGITS_READ])
        if found < least:
            raise typer.BadParameter(f"{shown(typed)} is too small: write {least} or more")
        if found > most:
            raise typer.BadParameter(f"{shown(typed)} is too large: write {most} or less")
        return found

    return number


def assignment(raw: str) -> Assignment:
    """One `field=value`."""
    field, equals, value = raw.partition("=")
    if not equals or not _FIELD.fullmatch(field):
        raise typer.BadParameter(f"{shown(raw)} does not set a field: write field=value")
    return Assignment(field, text(value) if value else value)


def named(raw: str) -> Assignment:
    """One `side=KEY` or `role=KEY`."""
    found = assignment(raw)
    return found._replace(value=word(found.value))


def path(raw: str | Path) -> Path:
    """The name of a file or folder; defaults come as paths already."""
    if not str(raw).strip() or "\x00" in str(raw):
        raise typer.BadParameter("it names no file")
    return Path(raw)
