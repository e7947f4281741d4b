"""A simulation in memory tells, letter by letter, what the same one on a file tells."""

import json
from collections import Counter
from dataclasses import dataclass

import pytest

from runtime.settings.settings import Settings
from simulation.beats import LetterTold
from simulation.recorder import FlagSeen
from simulation.report import Report
from simulation.runner import Play
from simulation.simulate import Order, simulate, stage
from tests.journeys.simulations import decided, played


@dataclass(frozen=True, slots=True)
class Lived:
    """What happened, moment by moment."""

    letters: Counter[LetterTold]
    states: dict[str, list[tuple[object, str]]]
    flags: Counter[FlagSeen]
    returned: int
    refused: Counter[str]
    decisions: tuple[object, ...]


def _lived(order: Order) -> Lived:
    with stage(order, Settings()) as scenery:
        play = Play(scenery)
        play.run()
        letters = Counter(play.beats.letters())
    seen = play.chronicle
    return Lived(
        letters=letters,
        states={pair.reference: [*pair.states] for pair in seen.pairs.values()},
        flags=Counter(seen.flags.values()),
        returned=sum(count for told, count in letters.items() if told.state == "refused"),
        refused=play.refused,
        decisions=(*seen.waivers, *seen.moves),
    )


# Seeds in which a letter comes back, steps are refused, and people waive and move dates.
@pytest.mark.parametrize("seed", [22, 37])
def test_memory_and_file_see_the_same_letters_states_flags_and_decisions(seed: int) -> None:
    in_memory, on_file = (
        _lived(Order(pairs=3, months=16, seed=seed, on=on)) for on in ("memory", "file")
    )

    assert in_memory.letters == on_file.letters
    assert in_memory == on_file
    assert in_memory.returned
    assert in_memory.refused
    assert len(in_memory.decisions) > 1


def test_fourteen_pairs_give_the_same_bytes_in_memory_and_on_a_file() -> None:
    assert _text(decided("mixed", 7)) == _text(played("mixed", 7))


def test_pairs_fall_silent_in_memory_as_on_a_file() -> None:
    in_memory, on_file = (
        simulate(Order(pairs=3, months=6, seed=4, people="silent", on=on))
        for on in ("memory", "file")
    )

    assert _text(in_memory) == _text(on_file)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 21))
def test_no_seed_tells_another_story_in_memory(seed: int) -> None:
    assert _text(decided("mixed", seed)) == _text(played("mixed", seed))


def _text(report: Report) -> str:
    return json.dumps(report.as_json())
