"""Whether a long past slows a case down: a transition after 10 entries and after 10,000."""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

from bench.figures import Figure, cost, figure, middle, span, times
from bench.scene import Scene, in_memory, scene
from bench.transition import step

_SHORT, _LONG = 10, 10_000
_PAIRS = 24  # half of them with a long past
_AGE = """
    WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :count)
    INSERT INTO journal (case_id, seq, at, kind, entry, note, prev, hash)
    SELECT :case, (SELECT version FROM cases WHERE id = :case) + n, at, kind, entry, note, prev,
        hash
    FROM counted, (SELECT * FROM journal WHERE case_id = :case ORDER BY seq DESC LIMIT 1)
"""
_PAST = (
    _AGE,
    """INSERT INTO intents (key, case_id, root_id, stay, letter, audience, person_id, ladder,
        facts, owed_at, state, reason, message_id)
    SELECT 'past/' || :case || '/' || seq, :case, :case, 1, 'N-22.waiting', 'facilitator', NULL, '',
        '{}', at, 'superseded', 'past', NULL FROM journal WHERE case_id = :case""",
    """INSERT INTO timers (case_id, stay, ladder, rung, occurrence, root_id, due_at, wake_at,
        settled_at, outcome, graced, failures)
    SELECT :case, 1, 'past', '0', seq, :case, at, at, at, 'fired', FALSE, 0 FROM journal
    WHERE case_id = :case""",
    """UPDATE cases SET version = (SELECT max(seq) FROM journal WHERE case_id = :case)
    WHERE id = :case""",
)


def past(_disk: Path, _rounds: int) -> list[Figure]:
    """Pairs with a short and a long past by turns; in memory, where the disk hides nothing."""
    with in_memory() as memory:
        made = scene(memory, _PAIRS + 2)
        _age(made)
        taken: tuple[list[float], list[float]] = ([], [])
        with made.opened() as runtime:
            for number, pair in enumerate(made.pairs):
                taken[number % 2].append(cost(partial(step, runtime, pair)).wall)
    short, long = (middle(seconds[1:]) for seconds in taken)  # the first ones warm up
    return [
        figure(
            f"transition after {_LONG:,} past entries",
            "1.1x",
            long=span(long),
            short=span(short),
            ratio=times(long / short),
        )
    ]


def _age(made: Scene) -> None:
    """Entries, fired timers and letters of an earlier stay; their hashes prove nothing."""
    with closing(sqlite3.connect(made.path)) as connection, connection:
        for number, pair in enumerate(made.pairs):
            for statement in _PAST:
                connection.execute(statement, {"case": pair, "count": (_SHORT, _LONG)[number % 2]})
