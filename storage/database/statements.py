"""SQL written once, with named values, and what each database is given of it."""

import re
from typing import Generic, TypeVar

R = TypeVar("R")

_VALUE = re.compile(r"(?<![:\w]):([a-z_]+)")
_ROW_LOCK = re.compile(r"\s+FOR (?:NO KEY )?UPDATE(?: OF \w+)?(?: SKIP LOCKED)?")


class Statement(Generic[R]):
    """One statement and the type of the rows it gives.

    Written with ``:name`` for values, ``FOR UPDATE`` where rows are to be locked. SQLite, where one
    writer holds the whole file, has no row locks, and who only reads needs none: there the words
    are left out.
    """

    __slots__ = ("locking", "plain", "sqlite")

    def __init__(self, text: str) -> None:
        line = " ".join(text.split())
        self.sqlite = _ROW_LOCK.sub("", line)
        self.plain = _for_postgres(self.sqlite)
        self.locking = _for_postgres(line)


def _for_postgres(line: str) -> str:
    return _VALUE.sub(r"%(\1)s", line.replace("%", "%%"))


class Change(Statement[tuple[()]]):
    """A statement that gives no rows, only how many it changed."""

    __slots__ = ()
