"""What people type, as values; each reader says in one sentence what is wrong and what is right."""

import re
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NamedTuple

import typer

_LONGEST = 20_000  # characters of one text
_LONGEST_WORD = 120
_LONGEST_SHOWN = 40
_WORD = re.compile(r"[^\W_][\w .@+\-/]*")
_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,80}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class Assignment(NamedTuple):
    """One `name=value` that was typed."""

    name: str
    value: str


def shown(text: str) -> str:
    """Repeat what was typed on one line, printable, and not at full length."""
    cut = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
    safe = "".join(mark if mark.isprintable() else f"\\x{ord(mark):02x}" for mark in cut)
    return f'"{safe}"'


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


def day(raw: str) -> date:
    """A day like 2027-04-01, from 1900 to 2199."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
        raise typer.BadParameter(f"{shown(raw)} is not a date: write it like 2027-04-01")
    try:
        found = date.fromisoformat(raw)
    except ValueError:
        raise typer.BadParameter(f"there is no {raw} in the calendar: correct it") from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise typer.BadParameter(f"{raw} is not between {_FIRST_YEAR} and {_LAST_YEAR}")
    return found


def moment(raw: str) -> datetime:
    """A moment with its offset, like 2027-04-01T09:00Z; a day alone means its first second, UTC."""
    if "T" not in raw and " " not in raw:
        return datetime.combine(day(raw), time(), UTC)
    try:
        found = datetime.fromisoformat(raw)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not _FIRST_YEAR < found.year < _LAST_YEAR:
        raise typer.BadParameter(f"{shown(raw)} is not a moment: write it like 2027-04-01T09:00Z")
    return found.astimezone(UTC)


def assignment(raw: str) -> Assignment:
    """One `field=value`."""
    field, equals, value = raw.partition("=")
    if not equals or not _FIELD.fullmatch(field):
        raise typer.BadParameter(f"{shown(raw)} does not set a field: write field=value")
    return Assignment(field, text(value) if value else value)


def path(raw: str | Path) -> Path:
    """The name of a file or folder; defaults come as paths already."""
    if not str(raw) or "\x00" in str(raw):
        raise typer.BadParameter("it names no file")
    return Path(raw)
