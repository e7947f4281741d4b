"""All letters of simulated programmes, held against the journals: what they say is so."""

from pathlib import Path

import pytest

from simulation.people import PEOPLE
from simulation.simulate import Order, simulate
from tests.support.letter_walk import walk

PAIRS = 6


def _wrong(folder: Path, people: str, seed: int, pairs: int = PAIRS) -> list[str]:
    """Every sentence that is not so, of all letters of such a programme."""
    database = folder / "pairing.db"
    letters = folder / "letters"
    url = f"sqlite:///{database}"
    order = Order(pairs=pairs, seed=seed, people=people, database_url=url, letters_folder=letters)
    simulate(order)
    return list(walk(letters, database))


@pytest.mark.parametrize("people", PEOPLE)
def test_no_letter_says_what_is_not_so(tmp_path: Path, people: str) -> None:
    assert _wrong(tmp_path, people, seed=7) == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 6))
@pytest.mark.parametrize("people", PEOPLE)
def test_no_letter_of_fourteen_pairs_says_what_is_not_so(
    tmp_path: Path, people: str, seed: int
) -> None:
    assert _wrong(tmp_path, people, seed, pairs=14) == []
