"""Lists are read page by page: nothing is missing at the seams, and the newest come first."""

import pytest

from runtime.queries.case_lines import (
    UnknownWordError,
    Wanted,
    check_in_lines,
    flag_lines,
    pair_lines,
)
from runtime.queries.letters import Sought, letter_lines
from tests.support.grove import Grove

PAGES = pytest.mark.parametrize("page", [1, 2, 500])


@PAGES
def test_every_pair_is_listed_once_with_its_own_open_flags(any_grove: Grove, page: int) -> None:
    any_grove.flag("LIS-ELM")

    found = list(pair_lines(any_grove.runtime, Wanted(page=page)))

    assert [(each.reference, each.open_flags) for each in found] == [
        ("VIE-BIR", ()),
        ("LIS-ELM", ("F-1 amber",)),
    ]
    assert found[0].centres == {"coordinator": "vienna", "aspiring": "birchwater"}


def test_a_list_goes_on_after_a_pair_and_stops_where_it_is_told(grove: Grove) -> None:
    rest = Wanted(after=grove.pairs["VIE-BIR"])

    assert [each.reference for each in pair_lines(grove.runtime, rest)] == ["LIS-ELM"]
    assert [each.reference for each in pair_lines(grove.runtime, Wanted(limit=1))] == ["VIE-BIR"]


@PAGES
def test_check_ins_and_flags_are_listed_across_pages(grove: Grove, page: int) -> None:
    grove.flag("VIE-BIR")
    grove.flag("LIS-ELM")
    wanted = Wanted(page=page)

    check_ins = list(check_in_lines(grove.runtime, "check_in", wanted))
    flags = flag_lines(grove.runtime, wanted)

    assert [each.pair for each in check_ins] == ["VIE-BIR", "LIS-ELM"]
    assert [(each.pair, each.flag) for each in flags] == [("VIE-BIR", "F-1"), ("LIS-ELM", "F-1")]


@PAGES
def test_letters_are_listed_from_the_newest_back(any_grove: Grove, page: int) -> None:
    any_grove.writes(8)
    every = [each.id for each in any_grove.letters()]

    found = list(letter_lines(any_grove.runtime, Sought(page=page)))
    newest = list(letter_lines(any_grove.runtime, Sought(limit=1, page=page)))
    older = list(letter_lines(any_grove.runtime, Sought(before=every[-1], page=page)))

    assert len(every) >= 2
    assert [each.number for each in found] == every[::-1]
    assert [each.number for each in newest] == every[-1:]
    assert [each.number for each in older] == every[-2::-1]


def test_a_state_that_no_letter_is_ever_in_is_refused_with_those_there_are(grove: Grove) -> None:
    with pytest.raises(UnknownWordError, match=r"no letter is ever nonsense: .*needs_human"):
        letter_lines(grove.runtime, Sought(state="nonsense"))


def test_a_state_that_no_pair_is_ever_in_is_refused_with_the_nearest(grove: Grove) -> None:
    with pytest.raises(UnknownWordError, match='no state plantd: did you mean "planted"'):
        pair_lines(grove.runtime, Wanted(state="plantd"))


def test_a_state_of_check_ins_is_no_state_of_pairs(grove: Grove) -> None:
    with pytest.raises(UnknownWordError, match="no state due: "):
        pair_lines(grove.runtime, Wanted(state="due"))
