"""Of what is missing somebody is told which record would settle it."""

import pytest

from engine.decide.settling import record_for
from tests.support.world import wp6

PAIR = wp6().workflows["pairing"]


@pytest.mark.parametrize(
    ("requirement", "record"),
    [
        ("eoi_filed", "eoi"),
        ("country_eligible", "eoi"),
        ("memorandum_signed", "memorandum"),
        ("maturity_higher", "maturity_mid_term"),
        ("workshop_dated", "workshop_date"),  # the day of a meeting stands in its record
        ("match_answered", "match_answer"),  # a fact that the record sets
        ("reason_given", ""),  # words that come with the step
        ("check_ins_held", ""),
    ],
)
def test_the_record_that_would_settle_a_requirement_is_named(requirement: str, record: str) -> None:
    asked = next(each for each in PAIR.requirements() if each.name == requirement)

    assert record_for(PAIR, asked.check) == record
