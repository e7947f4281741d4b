"""People who fall silent for ever: nobody of a pair waits longer than the definitions announce."""

import pytest

from simulation.report import Report
from tests.journeys.simulations import decided
from tests.support.longest import longest_silence
from tests.support.world import wp6

SEEDS = (1, 2, 7)
PAIRS = 8
MOST_TO_LEAD = 1.5  # mails a week besides the overview: one, and what is urgent

# One process plays them all, where the tests are given out by groups.


@pytest.mark.parametrize("seed", SEEDS)
def test_no_state_is_silent_for_longer_than_announced(seed: int) -> None:
    report = _silent(seed)

    longer = [
        line for line in report.silences if line.announced is None or line.days > line.announced
    ]

    assert longer == []


@pytest.mark.parametrize("seed", SEEDS)
def test_no_pair_waits_longer_than_the_longest_silence_of_all(seed: int) -> None:
    longest = _silent(seed).longest_silence

    assert longest is not None
    assert longest.days <= (longest_silence(wp6().workflows).days or 0)


def test_silent_people_fall_silent_in_many_states() -> None:
    reports = [_silent(seed) for seed in SEEDS]

    ended_in = {state for report in reports for state in report.states}

    assert len(ended_in) >= 8
    assert all(pair.silent_from is not None for report in reports for pair in report.pairs)


def test_letters_still_go_to_those_who_are_silent() -> None:
    report = _silent(SEEDS[-1])

    assert report.letters["N-22.waiting"] > PAIRS
    assert report.incidents == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_lead_of_eight_silent_pairs_gets_about_one_mail_a_week(seed: int) -> None:
    weeks = {each.person: each for each in _silent(seed).weeks}

    lead = weeks["lead_of_the_cbg"]

    assert lead.messages < MOST_TO_LEAD
    assert lead.letters > 2 * lead.messages  # it is merged, not left out


def _silent(seed: int) -> Report:
    """In memory; their letters are written, and their journals read, in test_letter_walk.py."""
    return decided("silent", seed, PAIRS)
