"""In the life of a pair the letter follows that an earlier one promised."""

import sqlite3
from collections import defaultdict
from pathlib import Path

import pytest

from simulation.simulate import Order, simulate
from tests.support.world import wp6

SELDOM = {  # what follows only where something goes wrong, and may not in these lives
    "N-09.agenda_sent",
    "N-01.received",
    "N-24.cancelled",
    "N-24.question_rests",
    "N-24.question_taken_back",
}


@pytest.mark.soak
def test_what_a_letter_promises_follows_it_in_some_pair(tmp_path: Path) -> None:
    sent = _sent(tmp_path)
    kept: dict[tuple[str, str], bool] = {}

    for promise in wp6().letters.promises:
        for keeper in promise.kept_by:
            lives = [life for life in sent.values() if promise.stage in life]
            if keeper[:2] == "N-" and lives and promise.stage not in SELDOM:
                kept[promise.stage, keeper] = any(
                    keeper in life[life.index(promise.stage) :] for life in lives
                )

    assert len(kept) > 30
    assert [pair for pair, is_kept in kept.items() if not is_kept] == []


def _sent(folder: Path) -> dict[int, list[str]]:
    """The letters of each of fourteen pairs, in the order in which they were owed."""
    database = folder / "pairing.db"
    simulate(Order(pairs=14, seed=7, people="mixed", database_url=f"sqlite:///{database}"))
    rows = sqlite3.connect(database)
    found: dict[int, list[str]] = defaultdict(list)
    for root, letter in rows.execute("SELECT root_id, letter FROM intents ORDER BY owed_at, id"):
        found[root].append(letter)
    rows.close()
    return found
