"""What it costs to find nothing due among a million armed timers."""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

from bench.figures import Figure, cost, figure, middle, span
from bench.scene import NOW, Scene, in_memory, scene
from runtime.workers.sweep import sweep
from storage.cases import timers
from storage.database.transactions import Session, reading

_ARMED = 1_000_000
_POLLS = 200
_PLANT = """
    WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :count)
    INSERT INTO timers (case_id, stay, ladder, rung, occurrence, root_id, due_at, wake_at,
        settled_at, outcome, graced, failures)
    SELECT :case, 0, 'planted', '0', n, :case, due, due, NULL, '', FALSE, 0
    FROM (SELECT n, printf('20%02d-%02d-%02dT06:00:00.000000Z',
        30 + n % 60, 1 + n % 12, 1 + n % 28) AS due FROM counted)
"""


def idle(disk: Path, _rounds: int) -> list[Figure]:
    """The question alone, and a whole beat with its transaction on disk."""
    with in_memory() as memory:
        made = scene(memory, 1)
        empty = made.copy(disk, "empty")
        _plant(made)
        full = made.copy(disk, "full")
    found = [_polled(full), _polled(empty)]
    return [
        figure(
            f"idle poll, {_ARMED:,} timers armed",
            "50 us",
            question=span(found[0][0]),
            with_few=span(found[1][0]),
            whole_beat_on_disk=span(found[0][1]),
        )
    ]


def _polled(made: Scene) -> tuple[float, float]:
    with made.opened() as runtime:
        sweep(runtime)
        with reading(runtime.database) as session:
            asked = [cost(partial(_ask, session)).wall for _ in range(_POLLS)]
        beats = [cost(partial(sweep, runtime)).wall for _ in range(_POLLS // 4)]
    return middle(asked), middle(beats)


def _ask(session: Session) -> None:
    if timers.due_timers(session, NOW, 100):
        raise AssertionError("something is due where nothing should be")


def _plant(made: Scene) -> None:
    with closing(sqlite3.connect(made.path)) as connection, connection:
        # Nothing of the pair itself is due yet either.
        connection.execute("UPDATE timers SET settled_at = due_at")
        connection.execute(_PLANT, {"case": made.pairs[0], "count": _ARMED})
    with closing(sqlite3.connect(made.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
