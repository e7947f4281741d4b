"""A pair handed over again before anybody was written to, and who was never written to at all."""

import pytest

from engine.model.plan import Plan
from engine.model.putting_right import Undone
from runtime.use_cases.substitute import Change, substitute
from storage.database.transactions import transaction
from storage.directory import directory
from storage.directory.rows import Contact
from tests.support.actors import act
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair
from tests.support.world import LEAD, World

FIRST, SOUTH, WEST = "vie-bir-facilitator", "south", "west"


@pytest.fixture
def office(town: World) -> World:
    """A town with two more people who may accompany pairs."""
    with transaction(town.runtime.database) as session:
        for key in (SOUTH, WEST):
            contact = Contact(key=key, name=key.title(), email=f"{key}@example.org")
            directory.add_person(session, contact)
    return town


def _hand(pair: Pair, old: str, new: str) -> None:
    change = Change("facilitator", old, new)
    assert isinstance(substitute(pair.world.runtime, pair.case, change, LEAD), Plan)


def _told(pair: Pair) -> dict[str, list[str]]:
    """The texts that tell of it, by who got them."""
    pair.world.beat()
    found: dict[str, list[str]] = {}
    for role, subject, text in arrived(pair):
        if "now facilitator" in subject:
            found.setdefault(role.partition("@")[0], []).append(f"{subject} {text}")
    return found


def test_two_changes_before_a_letter_is_written_are_told_once_as_it_stands(office: World) -> None:
    pair = a_pair(office).gets_to("onboarding")
    _told(pair)

    _hand(pair, FIRST, SOUTH)
    _hand(pair, SOUTH, WEST)
    told = _told(pair)

    assert told.keys() == {"coordinator", "aspiring", "deputy", "facilitator", WEST}
    assert [len(told[each]) for each in ("coordinator", "aspiring", "facilitator", WEST)] == [1] * 4
    assert not any("South" in text for texts in told.values() for text in texts)
    assert "in place of Facilitator VIE-BIR" in told["aspiring"][0]


def test_back_in_the_same_hands_before_a_letter_is_written_is_told_to_nobody(office: World) -> None:
    pair = a_pair(office).gets_to("onboarding")
    _told(pair)

    _hand(pair, FIRST, SOUTH)
    _hand(pair, SOUTH, FIRST)

    assert _told(pair) == {}


def test_the_second_change_taken_back_leaves_the_first_to_be_told(office: World) -> None:
    pair = a_pair(office).gets_to("onboarding")
    _told(pair)

    _hand(pair, FIRST, SOUTH)
    _hand(pair, SOUTH, WEST)
    assert act(office.runtime, pair.case, Undone("Not West.", LEAD)).accepted
    told = _told(pair)

    assert told.keys() == {"coordinator", "aspiring", "deputy", "facilitator", SOUTH}
    assert len(told["aspiring"]) == 1
    assert "South is now facilitator" in told["aspiring"][0]


def test_a_change_after_another_that_was_read_names_who_was_there_between(office: World) -> None:
    pair = a_pair(office).gets_to("onboarding")
    _hand(pair, FIRST, SOUTH)
    _told(pair)

    _hand(pair, SOUTH, WEST)
    told = _told(pair)

    assert told.keys() == {"coordinator", "aspiring", "deputy", SOUTH, WEST}
    assert "in place of South" in told["aspiring"][0]


def test_a_centre_that_had_no_letter_yet_gets_none_of_a_change(office: World) -> None:
    pair = a_pair(office)
    assert _told(pair) == {}

    _hand(pair, FIRST, SOUTH)

    assert _told(pair).keys() == {"facilitator", SOUTH}
