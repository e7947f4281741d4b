"""Fourteen invented pairs through eighteen months: what happens to punctual and to mixed people."""

import pytest

from runtime.workers.merging import MOST_HTML
from tests.journeys.simulations import decided, longest_page, played

# Marked P in part 1.6 of the protocol as numbered rules: what the programme itself asks for.
LETTERS_OF_THE_PROTOCOL = {"N-03", *(f"N-{number:02d}" for number in range(5, 22))}
# One process plays them all, where the tests are given out by groups.
FLAGS = {f"F-{number:02d}" for number in range(1, 21)}


def test_fourteen_punctual_pairs_all_reach_the_close() -> None:
    report = decided("punctual", 7)

    assert report.states == {"closed": 14}
    assert all(pair.closed_on is not None for pair in report.pairs)


def test_punctual_people_see_no_flag_above_amber() -> None:
    report = decided("punctual", 7)

    assert {flag.severity for flag in report.flags} <= {"info", "amber"}
    assert not report.refusals


def test_nothing_fails_and_every_journal_holds() -> None:
    report = played("mixed", 7)

    assert report.incidents == ()
    assert report.findings == ()


def test_whatever_becomes_of_a_letter_is_no_failure() -> None:
    ends = {*decided("punctual", 7).letters_by_end, *played("mixed", 7).letters_by_end}

    # Some wait still for a slot of their reader when the last day ends.
    assert ends <= {"accepted", "superseded", "refused", "owed"}


def test_mixed_people_get_every_letter_the_protocol_asks_for() -> None:
    report = played("mixed", 7)

    arrived = {letter.partition(".")[0] for letter in report.letters}

    assert LETTERS_OF_THE_PROTOCOL - arrived == set()


def test_mixed_people_cause_every_flag_within_a_few_seeds() -> None:
    missing = FLAGS - played("mixed", 7).flags_by_kind.keys()
    for seed in (1, 2):
        if missing:  # one more programme only where it is needed
            missing = missing - decided("mixed", seed).flags_by_kind.keys()

    assert missing == set()


def test_what_mixed_people_decide_is_listed_with_its_reason() -> None:
    report = played("mixed", 7)

    assert report.waivers
    assert report.moves
    assert all(decision.reason for decision in (*report.waivers, *report.moves))
    assert {flag.state for flag in report.flags} >= {"closed"}


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 21))
def test_no_seed_leaves_an_incident_or_a_broken_journal(seed: int) -> None:
    report = played("mixed", seed)

    assert (report.incidents, report.findings) == ((), ())
    assert longest_page("mixed", seed) <= MOST_HTML


def test_no_digest_and_no_overview_is_so_long_that_mail_programs_cut_it() -> None:
    assert longest_page("mixed", 7) <= MOST_HTML


@pytest.mark.soak
def test_over_twenty_seeds_every_flag_and_every_letter_occurs() -> None:
    reports = [played("mixed", seed) for seed in range(1, 21)]

    raised = {flag for report in reports for flag in report.flags_by_kind}
    arrived = {letter.partition(".")[0] for report in reports for letter in report.letters}

    assert FLAGS - raised == set()
    assert LETTERS_OF_THE_PROTOCOL - arrived == set()


def test_fourteen_mixed_pairs_get_no_more_letters_than_people_read() -> None:
    report = played("mixed", 7)

    assert sum(report.letters.values()) <= 1_900
