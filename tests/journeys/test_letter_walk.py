"""All letters of simulated programmes, held against the journals: what they say is so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulation.people import PEOPLE
from simulation.simulate import Order, simulate
from tests.support.any_hour import folder_at_any_hour
from tests.support.calendar_items import Seen
from tests.support.calendar_mail import items_in
from tests.support.calendars import Calendars
from tests.support.letter_count import MOST, MOST_IN_ALL, by_phase, in_all
from tests.support.letter_folder import Read, read
from tests.support.letter_walk import walk

PAIRS, ALL_PAIRS = 6, 14


def _letters(folder: Path, people: str, seed: int, pairs: int = PAIRS) -> Read:
    """All letters of such a programme, in which nothing fails, and the journals behind them."""
    database = folder / "pairing.db"
    letters = folder / "letters"
    url = f"sqlite:///{database}"
    order = Order(pairs=pairs, seed=seed, people=people, database_url=url, letters_folder=letters)
    told = simulate(order, folder_at_any_hour(folder))  # each letter as a message of its own
    assert (told.incidents, told.findings) == ((), ())
    return read(letters, database)


def _too_many(found: Read, people: str, pairs: int) -> Iterator[str]:
    """Who gets more letters than they should. Who moves a meeting each week is written to as often;
    of those that fall silent the office hears more.
    """
    for where, number in by_phase(found).items() if people != "erratic" else ():
        if number > MOST:
            yield f"{number} to {where}"
    if people in {"punctual", "mixed"} and in_all(found) > MOST_IN_ALL * pairs // ALL_PAIRS:
        yield f"{in_all(found)} in all"


def _overloaded(found: Read, people: str) -> Iterator[str]:
    """Where everybody is punctual the facilitators look into their calendars (F-20)."""
    if people == "punctual":
        yield from (str(each) for each in found.letters if "F-20" in each.text)


def _ignored(folder: Path) -> list[tuple[str, Seen]]:
    """What calendars would not have taken: an older number, or the end of what never began."""
    calendars = Calendars()
    calendars.take(items_in(folder / "letters"))
    assert calendars.entries
    return calendars.ignored


@pytest.mark.parametrize("people", PEOPLE)
def test_no_letter_says_what_is_not_so_and_nobody_gets_too_many(
    tmp_path: Path, people: str
) -> None:
    found = _letters(tmp_path, people, seed=7)

    assert list(walk(found)) == []
    assert list(_too_many(found, people, PAIRS)) == []
    assert list(_overloaded(found, people)) == []
    assert _ignored(tmp_path) == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", [1, 2, 3, 5, 7, 11])
@pytest.mark.parametrize("people", PEOPLE)
def test_no_letter_of_fourteen_pairs_says_what_is_not_so_and_nobody_gets_too_many(
    tmp_path: Path, people: str, seed: int
) -> None:
    found = _letters(tmp_path, people, seed, ALL_PAIRS)

    assert list(walk(found)) == []
    assert list(_too_many(found, people, ALL_PAIRS)) == []
    assert list(_overloaded(found, people)) == []
