"""Rows of a record as people give them: `--add objectives title="Shorter ways" horizon=short`.

A shell hands the words over one by one; those that follow a row up to the next option are its own.
"""

import re
from typing import NamedTuple

import typer

from cli.shared.content import from_words
from cli.shared.values import Assignment, assignment, read, text, whole
from engine.literals import shown
from engine.model.changes import Added, Changes, Row, RowChange
from engine.model.fields import Field
from engine.suggestions import suggestion
from engine.time.written_moments import Here

ADD, ROW, REMOVE, CLEAR = "--add", "--row", "--remove", "--clear"
_BETWEEN = "\x1f"  # never typed: control marks are refused
_TAKES_WORDS = frozenset({ADD, ROW})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,80}")


def gathered(args: list[str], unless_said: dict[str, str]) -> list[str]:
    """The words of a call, those of a row in one; an option that may stand alone gets its word."""
    found: list[str] = []
    takes = False
    for place, arg in enumerate(args):
        if takes and not arg.startswith("--") and found[-1] not in _TAKES_WORDS:
            found[-1] += _BETWEEN + arg
            continue
        found.append(arg)
        if arg.startswith("--"):
            takes = arg in _TAKES_WORDS
        if arg in unless_said and not _is_word(args[place + 1 : place + 2]):
            found.append(unless_said[arg])
    return found


def _is_word(following: list[str]) -> bool:
    return any(not word.startswith("--") for word in following)


class RowWords(NamedTuple):
    """A list, the number of one of its rows if one is meant, and the words that were given."""

    field: str
    number: int
    words: tuple[str, ...]


def new_row(raw: str) -> RowWords:
    """The words of `--add`: a list, then name=value; or one text, `words=VALUE`."""
    first, *words = raw.split(_BETWEEN)
    if not words and "=" in first:
        name, value = assignment(first)
        return RowWords(name, 0, (text(value),))
    _checked(first)
    if not words:
        raise typer.BadParameter(f"say what stands in the row: {ADD} {first} name=value ...")
    return RowWords(first, 0, tuple(words))


def row_change(raw: str) -> RowWords:
    """The words of `--row`: `objectives:2 state=done`."""
    first, *words = raw.split(_BETWEEN)
    row = row_place(first)
    if not words:
        raise typer.BadParameter(f"say what is another in it: {ROW} {first} name=value ...")
    return row._replace(words=tuple(words))


def row_place(raw: str) -> RowWords:
    """One row, as `objectives:2`: rows are counted from 1 on."""
    name, colon, number = raw.partition(":")
    if not colon:
        raise typer.BadParameter(f"which row of {shown(name)}? Write {name}:1 for the first")
    return RowWords(_checked(name), whole(1)(number), ())


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise typer.BadParameter(f"{shown(name)} is no list of a record")
    return name


class Given(NamedTuple):
    """All that a call says of a record, field by field and row by row."""

    values: list[Assignment]
    clear: tuple[str, ...]
    row: tuple[RowWords, ...]
    remove: tuple[RowWords, ...]
    add: tuple[RowWords, ...]


def changes(fields: tuple[Field, ...], record: str, given: Given, here: Here) -> Changes:
    """What is named, each value read by the kind that its field has."""
    known = {field.name: field for field in fields}
    lists = [name for name, field in known.items() if field.kind in {"rows", "list"}]
    for name in given.clear:
        if name not in known:
            raise _wrong(f"{shown(name)} is not a field of {record}", CLEAR, name, list(known))
    for option, rows in ((ROW, given.row), (REMOVE, given.remove), (ADD, given.add)):
        for row in rows:
            if row.field not in lists:
                raise _wrong(f"{row.field} is no list of {record}", option, row.field, lists)
    again = {name for name, _ in given.values} & {*given.clear, *_lists(given)}
    if again:
        name = min(again)
        raise typer.BadParameter(f"{name} is given whole and changed as well: keep one")
    return Changes(
        values=from_words(fields, given.values, record, here),
        cleared=tuple(given.clear),
        rows=tuple(_row_change(known[row.field], row, here) for row in given.row),
        removed=tuple(Row(row.field, row.number) for row in given.remove),
        added=tuple(Added(row.field, _new_row(known[row.field], row, here)) for row in given.add),
    )


def _lists(given: Given) -> set[str]:
    return {row.field for row in (*given.row, *given.remove, *given.add)}


def _row_change(field: Field, row: RowWords, here: Here) -> RowChange:
    if field.kind == "list":
        told = f"{field.name} holds texts: take one out with {REMOVE}, add one with {ADD}"
        raise typer.BadParameter(told, param_hint=ROW)
    words = [read(assignment, word) for word in row.words]
    emptied = {name: None for name, value in words if not value}
    kept = [word for word in words if word.value]
    names = [each.name for each in field.rows]
    for name in emptied:
        if name not in names:
            raise _wrong(f"{name} is not a field of {field.name}", ROW, name, names)
    values = from_words(field.rows, kept, field.name, here, ROW)
    return RowChange(Row(field.name, row.number), {**values, **emptied})


def _new_row(field: Field, row: RowWords, here: Here) -> object:
    if field.kind == "list":
        if len(row.words) != 1 or row.number:
            told = f"{field.name} holds texts: write {ADD} {field.name}=TEXT"
            raise typer.BadParameter(told, param_hint=ADD)
        return row.words[0]
    words = [read(assignment, word) for word in row.words]
    return from_words(field.rows, words, field.name, here, ADD)


def _wrong(told: str, option: str, name: str, known: list[str]) -> typer.BadParameter:
    return typer.BadParameter(f"{told}: {suggestion(name, known)}", param_hint=option)
