"""What screens read: one pair whole, why it cannot go on, what is to come, and of no other pair."""

from datetime import date, timedelta

import pytest

from runtime.queries.find_case import find_case
from runtime.queries.forecast import letters_due
from runtime.queries.record_types import record_type, record_types
from runtime.queries.show_case import show_case
from runtime.queries.why import why
from storage.errors import NotFoundError
from tests.support.grove import Grove
from tests.support.growers import PAIRS, key_of


def test_a_case_is_found_by_its_reference_or_its_number(any_grove: Grove) -> None:
    for pair, case in any_grove.pairs.items():
        assert find_case(any_grove.runtime, pair) == case
        assert find_case(any_grove.runtime, str(case), "pairing") == case
        child = any_grove.child(pair, "check_in")
        assert find_case(any_grove.runtime, f"{pair}/check_in-1", "check_in") == child


@pytest.mark.parametrize(
    ("word", "workflow", "said"),
    [
        ("BIR-VIE", None, "no case BIR-VIE"),
        ("vie-bir", None, 'no case vie-bir; did you mean "VIE-BIR"'),
        ("QQQQ", None, "no case QQQQ; pairing pair list shows them all"),
        ("999", None, "no case 999"),
        ("9" * 40, None, "no case 9"),
        ("\N{ARABIC-INDIC DIGIT ONE}", None, "no case"),
        ("VIE-BIR/check_in-1", "pairing", "is a case of check_in, not of pairing"),
    ],
)
def test_what_is_not_there_or_is_another_kind_of_case_is_said(
    word: str, workflow: str | None, said: str, grove: Grove
) -> None:
    with pytest.raises(NotFoundError, match=said):
        find_case(grove.runtime, word, workflow)


def test_a_case_is_shown_with_its_own_children_those_that_ended_too(any_grove: Grove) -> None:
    flag = any_grove.flag("VIE-BIR")
    any_grove.flag("LIS-ELM")
    any_grove.closes("VIE-BIR", flag)

    whole = show_case(any_grove.runtime, any_grove.pairs["VIE-BIR"])

    assert (whole.line.reference, whole.title) == ("VIE-BIR", "Planted")
    assert [(each.reference, each.state) for each in whole.children] == [
        ("VIE-BIR/check_in-1", "due"),
        ("VIE-BIR/red_flag-1", "closed"),
    ]
    assert whole.line.centres == {"aspiring": "birchwater", "coordinator": "vienna"}


def test_why_says_what_each_step_lacks_and_who_was_asked_since_when(grove: Grove) -> None:
    grove.sends(4)

    told = why(grove.runtime, grove.pairs["VIE-BIR"])

    ways = {way.trigger: [unmet.requirement for unmet in way.unmet] for way in told.ways}
    assert ways == {"harvest": ["note_filed"], "suspend": []}
    (asked,) = told.open
    assert (asked.what, asked.since) == ("the note of the growers", date(2026, 3, 2))
    assert [(each.person, f"{each.on}") for each in asked.asked] == [
        (grove.name_of(key_of("VIE-BIR", *who)), "2026-03-06")
        for who in (("aspiring",), ("aspiring", "deputy"), ("coordinator",))
    ]


def test_why_may_be_asked_for_one_step_only(grove: Grove) -> None:
    told = why(grove.runtime, grove.pairs["VIE-BIR"], "suspend")

    assert [way.trigger for way in told.ways] == ["suspend"]
    assert told.ways[0].is_open


def test_the_letters_to_come_name_the_people_of_each_pair(grove: Grove) -> None:
    grove.files_note("LIS-ELM")

    coming = letters_due(grove.runtime, grove.clock() + timedelta(days=8))

    seen: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for each in coming:
        key = (f"{each.at:%d %H:%M}", each.letter, each.pair)
        seen[key] = (*seen.get(key, ()), each.to)
    facilitators = {pair: (grove.name_of(key_of(pair, "facilitator")),) for pair in PAIRS}
    growers = [("aspiring",), ("aspiring", "deputy"), ("coordinator",)]
    assert seen == {
        ("05 06:00", "N-2.ask", "VIE-BIR"): tuple(
            grove.name_of(key_of("VIE-BIR", *who)) for who in growers
        ),
        **{("09 07:00", "N-1.ask", pair): facilitators[pair] for pair in PAIRS},
        # A check-in goes by the clock of the centre whose turn it is.
        ("09 06:00", "N-1.ask", "VIE-BIR/check_in-1"): facilitators["VIE-BIR"],
        ("09 08:00", "N-1.ask", "LIS-ELM/check_in-1"): facilitators["LIS-ELM"],
    }


def test_the_records_of_a_case_are_those_of_its_own_definition(grove: Grove) -> None:
    case, child = grove.pairs["VIE-BIR"], grove.child("VIE-BIR", "check_in")

    assert [each.name for each in record_types(grove.runtime, case)] == [
        "note",
        "tasting",
        "last_tasting",
        "contact",
        "agreement",
    ]
    assert record_type(grove.runtime, case, "note").title == "Note"
    assert record_type(grove.runtime, child, "note").title == "Note of the check-in"
    with pytest.raises(NotFoundError, match="no record agreement in this case"):
        record_type(grove.runtime, child, "agreement")
