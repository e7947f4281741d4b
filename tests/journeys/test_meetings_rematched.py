"""What a meeting becomes when its partnership ends, and in the next one."""

from dataclasses import replace

import pytest

from engine.model.changes import Changes
from engine.model.putting_right import Corrected
from storage.database.transactions import reading, transaction
from storage.directory import directory
from storage.mail.queries import letters
from tests.support.actors import act
from tests.support.meeting_letters import arrived, subjects
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.rematched import centre_that_follows, matched_anew
from tests.support.world import FACILITATOR, LEAD, World

JUNE, JULY, AUGUST = (f"2026-0{month}-25T10:00+02:00" for month in (6, 7, 8))
ALL_THREE = {"aspiring": 1, "coordinator": 1, "facilitator": 1}


@pytest.fixture
def pair(town: World) -> Pair:
    """A pair whose onboarding is fixed and told; another coordinator could follow."""
    pair = a_pair(town)
    centre_that_follows(town)
    pair.gets_to("onboarding")
    pair.files("onboarding_date", starts_at=JUNE)
    town.beat()
    assert subjects(pair, "Online onboarding:") == ALL_THREE
    return pair


def test_both_sides_are_invited_to_the_meeting_of_the_next_partnership(pair: Pair) -> None:
    days_go_by(pair.world, 50)
    pair.files("onboarding")
    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")

    _fixes_the_next_one(pair)

    assert subjects(pair, "Online onboarding:") == ALL_THREE


def test_who_heard_that_a_meeting_is_off_is_invited_to_the_next_one(pair: Pair) -> None:
    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")

    _fixes_the_next_one(pair)

    assert subjects(pair, "Online onboarding:") == ALL_THREE


def test_a_meeting_that_was_held_is_not_called_off_when_the_partner_leaves(pair: Pair) -> None:
    days_go_by(pair.world, 40)
    pair.files("onboarding_date", starts_at=JULY)
    pair.files("onboarding")  # earlier than agreed
    pair.world.beat()
    arrived(pair)

    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")
    pair.world.beat()

    assert subjects(pair, "Cancelled:") == {}


def test_a_meeting_is_called_off_without_the_reason_of_an_earlier_correction(pair: Pair) -> None:
    right = Corrected("onboarding_date", Changes({"starts_at": JULY}), "Mistyped.", FACILITATOR)
    assert act(pair.world.runtime, pair.case, right).accepted
    pair.world.beat()
    arrived(pair)

    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")
    pair.world.beat()

    told = [text for _, subject, text in arrived(pair) if subject.startswith("Cancelled:")]
    assert len(told) == len(ALL_THREE)
    assert not [text for text in told if "Mistyped" in text]


def test_whoever_leaves_reads_of_the_pair_and_the_meeting_as_they_were_by_their_own_clocks(
    pair: Pair,
) -> None:
    _lives_in_helsinki(pair, "vie-bir-coordinator", "VIE-BIR-c")
    arrived(pair)

    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")
    pair.world.beat()

    named = "Coordinator centre of VIE-BIR \N{EN DASH} Aspiring centre of VIE-BIR"
    texts = {(role, subject.partition(" ")[0]): text for role, subject, text in arrived(pair)}
    assert {key for key, text in texts.items() if named not in text} == set()
    assert "Thursday 25 June 2026, 11:00 (Helsinki time)" in texts["coordinator", "Cancelled:"]
    assert "The reason: Its team is lost." in texts["coordinator", "Cancelled:"]
    assert ("coordinator", "News") in texts


def test_an_office_that_waits_for_a_partner_reads_of_the_centre_alone(pair: Pair) -> None:
    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")
    pair.world.beat()
    arrived(pair)

    days_go_by(pair.world, 30)

    headings = {text.partition(" Dear ")[0] for role, _, text in arrived(pair) if role != "lead"}
    assert headings
    assert not [text for text in headings if "\N{EN DASH}" in text]


def _lives_in_helsinki(pair: Pair, person: str, centre: str) -> None:
    with transaction(pair.world.runtime.database) as session:
        home = replace(directory.centre(session, centre), zone="Europe/Helsinki")
        directory.change_centre(session, home)
        contact = directory.person(session, person)
        directory.change_person(session, replace(contact, centre_id=home.id))


def _fixes_the_next_one(pair: Pair) -> None:
    """The onboarding with the next coordinator; what was told before it is forgotten."""
    matched_anew(pair)
    pair.gets_to("onboarding")
    pair.world.beat()
    arrived(pair)
    pair.files("onboarding_date", starts_at=AUGUST)
    pair.world.beat()


def test_what_was_to_be_told_in_the_minute_of_the_end_is_the_past_of_a_pair_that_is_none(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("implementation")
    town.beat()

    pair.files("contact", on=pair.today.isoformat(), kind="call", summary="All is well.")
    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")
    town.beat()

    with reading(town.runtime.database) as session:
        ends = {line.letter: line.state for line in letters(session)}
    assert ends["N-13.note"] == "superseded"
    assert "needs_human" not in ends.values()
