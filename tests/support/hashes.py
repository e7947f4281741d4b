"""A story played in a fresh interpreter: prints the head of every journal.

`python -m tests.support.hashes FOLDER`, under whatever zone the machine believes to be in.
"""

import sys
from pathlib import Path

from storage.database.statements import Statement
from storage.database.transactions import reading
from tests.support.downtime import settle, wake
from tests.support.pairs import days_go_by
from tests.support.world import world

_HEADS = Statement[tuple[str, str]]("SELECT reference, head FROM cases ORDER BY id")


def heads(folder: Path) -> list[str]:
    """A town that rests, sleeps nine days and goes on: every case with the hash it ends in."""
    with world(folder) as played:
        settle(played)
        wake(played, 9)
        days_go_by(played, 3)
        with reading(played.runtime.database) as session:
            return [f"{reference} {head}" for reference, head in session.all(_HEADS)]


if __name__ == "__main__":
    print("\n".join(heads(Path(sys.argv[1]))))  # noqa: T201 - this is what it is for
