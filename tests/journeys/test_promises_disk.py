"""P1, P3, P4, P19: what fails because the disk is full is done when there is room again."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from runtime.workers.compose import compose_owed
from runtime.workers.sweep import sweep
from storage.database.statements import Statement
from storage.database.transactions import Database, reading
from storage.errors import UnavailableError
from storage.journal.verify import verify
from storage.programme import incidents
from tests.support.life import HISTORY, STEPS
from tests.support.world import World, world

_LETTERS = Statement[tuple[str]]("SELECT state FROM intents")
_TIMERS = Statement[tuple[int, str]]("SELECT failures, outcome FROM timers")


@pytest.fixture
def programme(tmp_path: Path) -> Iterator[World]:
    """A pair that is about to sign its memorandum, in a file that may grow no more."""
    with world(tmp_path) as made:
        case = made.pair(history=HISTORY)
        for step in STEPS[:4]:
            step.run(made, case)
        yield made


def _limit(database: Database, room: int) -> None:
    """Let the file grow by so many pages; there is one connection, which keeps it so."""
    with closing(database.connect()) as connection:
        cursor = connection.cursor()
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + room}")


def _letters(programme: World) -> Counter[str]:
    with reading(programme.runtime.database) as session:
        return Counter(state for (state,) in session.all(_LETTERS))


@pytest.mark.parametrize("room", [0, 1])
def test_a_full_disk_makes_no_letter_undeliverable(programme: World, room: int) -> None:
    sweep(programme.runtime)
    before = _letters(programme)
    _limit(programme.runtime.database, room)

    with pytest.raises(UnavailableError):
        compose_owed(programme.runtime)

    assert _letters(programme) == before == Counter(owed=2)
    _limit(programme.runtime.database, 1000)
    programme.beat()
    assert set(programme.mailbox.copies.values()) == {1}


@pytest.mark.parametrize("room", [0, 1])
def test_a_full_disk_holds_no_timer_back(programme: World, room: int) -> None:
    programme.days_pass(20)
    with reading(programme.runtime.database) as session:
        before = session.all(_TIMERS)
    _limit(programme.runtime.database, room)

    with pytest.raises(UnavailableError):
        sweep(programme.runtime)

    with reading(programme.runtime.database) as session:
        assert session.all(_TIMERS) == before
        assert incidents.open_incidents(session) == ()
    _limit(programme.runtime.database, 1000)
    assert sweep(programme.runtime).failures == 0
    with reading(programme.runtime.database) as session:
        assert list(verify(session)) == []
