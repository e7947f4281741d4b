"""Statements built once, out of the tables, with named values; each database gets its own text.

A statement is a constant of its module, with the type of the rows it gives::

    _OPEN = Statement[tuple[int, str]](
        select(CASES.c.id, CASES.c.reference)
        .where(CASES.c.root_id == given("root"), CASES.c.closed_at.is_(None))
        .order_by(CASES.c.id)
    )
    rows = session.all(_OPEN, root=7)

``given("root")`` is a value that each use names; any other value stands in the text as a constant,
so that partial indices serve it. What writes is a ``Change``, or a ``Statement`` when it returns
rows; unless said otherwise its values are named as the columns are::

    _OWE = Change(insert_into(INTENTS, state="owed", reason="", message_id=None))
    _DATES = Change(upsert(MILESTONES, MILESTONES.c.baseline, MILESTONES.c.actual))
    _SETTLE = Change(
        update(TIMERS)
        .where(TIMERS.c.case_id == given("case"), TIMERS.c.settled_at.is_(None))
        .values(by_name(TIMERS.c.settled_at, TIMERS.c.outcome))
    )
    session.change_each(_OWE, [{"key": "7/12/0", "case_id": 7, ...}, ...])

Values go in as they are stored (``columns.from_instant``, ``from_json``). The text is made at the
first use, in a third of a millisecond. ``with_for_update(key_share=True)`` locks on PostgreSQL in a
writing transaction; elsewhere the words are left out. ``among`` is ``IN`` with a list given at use.
Several statements in one round trip: ``session.together``.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar

from sqlalchemy import BindParameter, ClauseElement, Column, ColumnElement, Insert, Table, bindparam
from sqlalchemy.dialects import postgresql

from storage.database.compiling import Among, for_postgres, for_sqlite

R = TypeVar("R")

_VALUE = re.compile(r"(?<![:\w]):([a-z_]+)")
_ROW_LOCK = re.compile(r"\s+FOR (?:NO KEY )?UPDATE(?: OF \w+)?(?: SKIP LOCKED)?")


class Statement(Generic[R]):
    """One statement and the type of the rows it gives.

    Plain text is taken too, for what no table knows (a PRAGMA): ``:name`` stands for a value.
    """

    def __init__(self, built: ClauseElement | str) -> None:
        self._built = " ".join(built.split()) if isinstance(built, str) else built

    @cached_property
    def sqlite(self) -> str:
        """For SQLite, where one writer holds the whole file: no row locks."""
        if isinstance(self._built, str):
            return _ROW_LOCK.sub("", self._built)
        return for_sqlite(self._built)

    @cached_property
    def locking(self) -> str:
        """For PostgreSQL, in a transaction that writes."""
        if isinstance(self._built, str):
            return _VALUE.sub(r"%(\1)s", self._built.replace("%", "%%"))
        return for_postgres(self._built)

    @cached_property
    def plain(self) -> str:
        """For PostgreSQL, in a transaction that only reads and needs no locks."""
        return _ROW_LOCK.sub("", self.locking)


class Change(Statement[tuple[()]]):
    """A statement that gives no rows, only how many it changed."""


def given(name: str) -> BindParameter[object]:
    """A value that each use of the statement gives under this name."""
    return bindparam(name)


def by_name(*columns: Column[object]) -> dict[Column[object], BindParameter[object]]:
    """Columns to be set, each to the value given under its own name."""
    return {column: given(column.name) for column in columns}


def among(column: ColumnElement[object], name: str) -> ColumnElement[bool]:
    """One of many values, given together under this name: ``from_json([3, 7, 12])``."""
    return Among(column, given(name))


def insert_into(table: Table, **constants: object) -> Insert:
    """A new row: every column by its name, but for the number that the database counts itself."""
    return _insert(table, constants)


def upsert(
    table: Table,
    *replaced: Column[object],
    key: Sequence[Column[object]] = (),
    **constants: object,
) -> Insert:
    """A new row, or the one with its key gets these columns; without any it stays as it is."""
    new, elements = _insert(table, constants), tuple(key) or tuple(table.primary_key)
    if not replaced:
        return new.on_conflict_do_nothing(index_elements=elements)
    values = {column.name: new.excluded[column.name] for column in replaced}
    return new.on_conflict_do_update(index_elements=elements, set_=values)


def _insert(table: Table, constants: Mapping[str, object]) -> postgresql.Insert:
    columns = (column for column in table.c if column is not table.autoincrement_column)
    values = {column.name: given(column.name) for column in columns}
    # Theirs for PostgreSQL compiles for both. Inline: RETURNING only where we ask for it.
    return postgresql.insert(table).values({**values, **constants}).inline()
