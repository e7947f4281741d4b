"""The floor: the rows of one durable transition, written by statements of our own and nothing else.

Knows nothing of the programme: its own tables, prepared statements, one commit. It writes what a
step of a pair writes: the case, one journal entry, two stays, five timers settled, nine armed, two
letters owed. Nothing that keeps its promises can be cheaper.
"""

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import psycopg

_TABLES = (
    """CREATE TABLE cases (id INTEGER PRIMARY KEY, state TEXT NOT NULL, stay INTEGER NOT NULL,
        version INTEGER NOT NULL, entered_at TEXT NOT NULL, facts TEXT NOT NULL,
        head TEXT NOT NULL)""",
    """CREATE TABLE journal (case_id INTEGER NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL,
        kind TEXT NOT NULL, entry TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL,
        PRIMARY KEY (case_id, seq))""",
    """CREATE TABLE stays (case_id INTEGER NOT NULL, number INTEGER NOT NULL, state TEXT NOT NULL,
        entered_at TEXT NOT NULL, left_at TEXT, PRIMARY KEY (case_id, number))""",
    """CREATE TABLE timers (case_id INTEGER NOT NULL, stay INTEGER NOT NULL, ladder TEXT NOT NULL,
        rung TEXT NOT NULL, due_at TEXT NOT NULL, settled_at TEXT, outcome TEXT NOT NULL,
        PRIMARY KEY (case_id, stay, ladder, rung))""",
    "CREATE INDEX timers_due ON timers (due_at) WHERE settled_at IS NULL",
    """CREATE TABLE intents (key TEXT PRIMARY KEY, case_id INTEGER NOT NULL, letter TEXT NOT NULL,
        person INTEGER NOT NULL, facts TEXT NOT NULL, owed_at TEXT NOT NULL,
        state TEXT NOT NULL)""",
    "CREATE INDEX intents_owed ON intents (owed_at) WHERE state = 'owed'",
)
_CASE = "INSERT INTO cases VALUES (?, 'onboarding', 1, 1, ?, ?, '')"
_STAY = "INSERT INTO stays VALUES (?, ?, ?, ?, NULL)"
_LEAVE = "UPDATE stays SET left_at = ? WHERE case_id = ? AND number = ?"
_MOVE = """UPDATE cases SET state = ?, stay = stay + 1, version = version + 1, entered_at = ?,
    facts = ?, head = ? WHERE id = ? AND version = ?"""
_ENTRY = "INSERT INTO journal VALUES (?, ?, ?, 'advanced', ?, ?, ?)"
_SETTLE = """UPDATE timers SET settled_at = ?, outcome = 'ended'
    WHERE case_id = ? AND stay = ? AND ladder = ? AND rung = ?"""
_ARM = "INSERT INTO timers VALUES (?, ?, ?, ?, ?, NULL, '')"
_OWE = "INSERT INTO intents VALUES (?, ?, ?, ?, ?, ?, 'owed')"
_AT, _DUE = "2026-05-11T09:00:00.000000Z", "2026-06-11T06:00:00.000000Z"
_FACTS = '{"domain": "Care", "kept": "x"}'
_WHAT = '{"trigger": "finish_onboarding", "left": "onboarding", "timers": "' + "x" * 1200 + '"}'
_BEFORE = [("asked", f"rung-{number}") for number in range(5)]
_AFTER = [("asking", f"rung-{number}") for number in range(9)]


class Floor(Protocol):
    """Cases that wait for one step each, numbered from 1."""

    def step(self, case: int) -> None: ...
    def close(self) -> None: ...


class SqliteFloor:
    """On a file, flushed at every commit as the programme's own."""

    def __init__(self, path: Path, cases: int) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, cached_statements=64)
        for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            self._connection.execute(f"PRAGMA {setting}")
        for table in _TABLES:
            self._connection.execute(table)
        self._connection.execute("BEGIN")
        for text, rows in _prepared(cases):
            self._connection.executemany(text, rows)
        self._connection.execute("COMMIT")

    def step(self, case: int) -> None:
        run = self._connection
        run.execute("BEGIN IMMEDIATE")
        version, head = run.execute(
            "SELECT version, head FROM cases WHERE id = ?", (case,)
        ).fetchone()
        for text, rows in _written(case, version, head):
            run.executemany(text, rows) if len(rows) > 1 else run.execute(text, rows[0])
        run.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


class PostgresFloor:
    """On a server: two round trips, the second a pipeline of prepared statements."""

    def __init__(self, url: str, cases: int) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        for table in _TABLES:
            self._connection.execute(table)
        for text, rows in _prepared(cases):
            self._connection.cursor().executemany(_dollars(text), rows)

    def step(self, case: int) -> None:
        with self._connection.transaction():
            found = self._connection.execute(
                "SELECT version, head FROM cases WHERE id = %s FOR UPDATE", (case,), prepare=True
            )
            version, head = found.fetchone() or (0, "")
            with self._connection.pipeline():
                for text, rows in _written(case, version, head):
                    for row in rows:
                        self._connection.execute(_dollars(text), row, prepare=True)

    def close(self) -> None:
        self._connection.close()


def floor(url: str, cases: int) -> Floor:
    if url.startswith("sqlite:///"):
        return SqliteFloor(Path(url.removeprefix("sqlite:///")), cases)
    return PostgresFloor(url, cases)


Rows = Sequence[tuple[object, ...]]


def _prepared(cases: int) -> list[tuple[str, Rows]]:
    numbers = range(1, cases + 1)
    return [
        (_CASE, [(number, _AT, _FACTS) for number in numbers]),
        (_STAY, [(number, 1, "onboarding", _AT) for number in numbers]),
        (_ARM, [(number, 1, *rung, _DUE) for number in numbers for rung in _BEFORE]),
    ]


def _written(case: int, version: int, head: str) -> list[tuple[str, Rows]]:
    digest = hashlib.sha256(f"{head}{case}{version}{_WHAT}".encode()).hexdigest()
    letters = [(f"{case}/{version}/{number}", case, number) for number in range(2)]
    return [
        (_MOVE, [("visit_preparation", _AT, _FACTS, digest, case, version)]),
        (_ENTRY, [(case, version, _AT, _WHAT, head, digest)]),
        (_LEAVE, [(_AT, case, 1)]),
        (_STAY, [(case, 2, "visit_preparation", _AT)]),
        (_SETTLE, [(_AT, case, 1, *rung) for rung in _BEFORE]),
        (_ARM, [(case, 2, *rung, _DUE) for rung in _AFTER]),
        (_OWE, [(key, each, "N-07.ask", person, "{}", _AT) for key, each, person in letters]),
    ]


def _dollars(text: str) -> str:
    return text.replace("?", "%s")
