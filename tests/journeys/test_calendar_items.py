"""A meeting that is fixed, moved, called off and fixed anew is one entry in every calendar."""

import re
from datetime import date, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from engine.model.plan import Plan
from notifications.folder import Folder
from runtime.use_cases.substitute import Change, substitute
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from storage.database.transactions import transaction
from storage.directory import directory
from storage.directory.directory import Contact
from tests.support.calendar_mail import item_bytes, items, items_in, reads_replies
from tests.support.letter_words import words_of
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.rematched import centre_that_follows, matched_anew
from tests.support.world import FACILITATOR, LEAD, World

AT_TEN, AT_TWO = "2026-06-25T10:00+02:00", "2026-06-25T14:00+02:00"
VISIT = {"starts_on": "2026-06-24", "ends_on": "2026-06-25", "city": "Vienna", "place": "House 4"}
NO = {"accepted_by_aspiring": False}
FACILITATORS = "facilitator.vie-bir@example.org"


def _told(pair: Pair) -> list[tuple[str, int, object]]:
    """What became of it in the calendars since: method, number, begin; the same in each."""
    pair.world.beat()
    found = items(pair.world)
    told = {(each.method, each.sequence, each.begins) for _, each in found}
    readers = [reader for reader, _ in found]
    assert len(readers) == len(set(readers))
    return sorted(told, key=str)


@pytest.fixture
def pair(town: World) -> Pair:
    found = a_pair(town).gets_to("onboarding")
    town.beat()
    assert items(town) == []
    return found


def _another_aspirant(pair: Pair) -> None:
    with transaction(pair.world.runtime.database) as session:
        directory.add_person(session, Contact(key="next", name="Next", email="next@example.org"))
    change = Change("aspiring", "vie-bir-aspiring", "next")
    assert isinstance(substitute(pair.world.runtime, pair.case, change, LEAD), Plan)


def _of_facilitator(pair: Pair) -> list[tuple[str, str, int]]:
    pair.world.beat()
    found = [each for reader, each in items(pair.world) if reader == FACILITATORS]
    return [(each.method, each.uid, each.sequence) for each in found]


def test_each_change_is_one_step_of_the_same_entry(pair: Pair) -> None:
    fixed, moved = (datetime.fromisoformat(each) for each in (AT_TEN, AT_TWO))

    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TEN)
    first = _told(pair)
    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TWO)
    second = _told(pair)
    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TWO, **NO)
    third = _told(pair)
    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TEN)
    fourth = _told(pair)

    assert first == [("REQUEST", 1, fixed)]
    assert second == [("REQUEST", 2, moved)]
    assert third == [("CANCEL", 3, moved)]
    assert fourth == [("REQUEST", 4, fixed)]


def test_an_entry_keeps_its_name_and_lasts_as_long_as_the_letter_says(pair: Pair) -> None:
    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TEN)
    pair.world.beat()
    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TWO)
    pair.world.beat()

    found = [each for _, each in items(pair.world)]

    assert len(found) == 6
    assert {each.uid for each in found} == {f"wp6.world.{pair.case}.onboarding.1"}
    spans = [b.ends - b.begins for b in found]
    assert {span.total_seconds() for span in spans} == {2 * 60 * 60}


def test_who_comes_late_gets_the_number_of_the_day_that_stands(pair: Pair) -> None:
    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TEN)
    _told(pair)
    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TWO)
    (before,) = _told(pair)
    _another_aspirant(pair)

    (late,) = _told(pair)

    assert late == before


def test_the_clocks_of_each_reader_show_their_own_hour(pair: Pair) -> None:
    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TEN)
    pair.world.beat()

    hours = {reader.partition(".")[0]: each.begins for reader, each in items(pair.world)}

    assert {role: f"{at:%H:%M %Z}" for role, at in hours.items()} == {
        "coordinator": "10:00 CEST",
        "aspiring": "11:00 EEST",
        "facilitator": "10:00 CEST",
    }


def test_a_visit_stands_over_its_two_whole_days_for_both_teams(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    pair.files("visit_1_dates", FACILITATOR, **VISIT)
    town.beat()

    found = items(town)

    assert len(found) == 5  # two of each team, and the facilitator
    assert {(each.begins, each.ends) for _, each in found} == {
        (date(2026, 6, 24), date(2026, 6, 26))
    }


def test_nobody_else_stands_in_the_entry_of_a_reader(pair: Pair) -> None:
    pair.files(
        "onboarding_date", FACILITATOR, starts_at=AT_TEN, meeting_url="https://m.example.org"
    )
    pair.world.beat()

    for letter in pair.world.mailbox.letters:
        ((_, ics),) = item_bytes(letter.frozen)
        unfolded = ics.replace(b"\r\n ", b"").decode()
        addresses = set(re.findall(r"[\w.+-]+@[\w.-]+", unfolded))
        assert addresses == {"pairing@example.org", letter.recipient}
        assert "LOCATION:https://m.example.org" in unfolded


def test_an_entry_stands_among_the_forms_of_the_letter_and_is_attached(
    pair: Pair, tmp_path: Path
) -> None:
    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TEN)
    folder = Folder(tmp_path / "mail")
    folder.open()

    compose_owed(pair.world.runtime)
    deliver(pair.world.runtime, folder)

    found = items_in(tmp_path / "mail")

    assert {(each.method, each.sequence) for _, each in found} == {("REQUEST", 1)}
    paths = [path for path in (tmp_path / "mail").glob("*.eml") if item_bytes(path.read_bytes())]
    assert len(paths) == len(found) == 3
    message = message_from_bytes(paths[0].read_bytes(), policy=policy.default)
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds[:3] == ["multipart/mixed", "multipart/alternative", "text/plain"]
    assert kinds[-2:] == ["text/calendar", "application/ics"]


@pytest.mark.parametrize("is_read", [False, True])
def test_an_answer_of_the_calendar_is_asked_for_only_where_an_inbox_is_read(
    pair: Pair, *, is_read: bool
) -> None:
    if is_read:
        reads_replies(pair.world)

    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TEN)
    pair.world.beat()
    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TEN, **NO)
    pair.world.beat()

    asked = [
        (method, letter.recipient)
        for letter in pair.world.mailbox.letters
        for method, ics in item_bytes(letter.frozen)
        if b"RSVP=TRUE" in ics.replace(b"\r\n ", b"")
    ]
    # Of the office nobody is asked: whoever runs the pair knows by themselves.
    sides = ("coordinator.vie-bir@example.org", "aspiring.vie-bir@example.org")
    assert sorted(asked) == sorted(("REQUEST", each) for each in sides if is_read)


def test_the_meeting_of_the_next_partner_is_another_entry(town: World) -> None:
    pair = a_pair(town)
    centre_that_follows(town)
    pair.gets_to("onboarding")
    pair.files("onboarding_date", starts_at=AT_TEN)
    first = _of_facilitator(pair)
    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")
    off = _of_facilitator(pair)
    matched_anew(pair)
    pair.gets_to("onboarding")
    pair.files("onboarding_date", starts_at=AT_TWO)
    second = _of_facilitator(pair)

    uid = f"wp6.world.{pair.case}.onboarding"
    assert first == [("REQUEST", f"{uid}.1", 1)]
    assert off == [("CANCEL", f"{uid}.1", 2)]
    assert second == [("REQUEST", f"{uid}.3", 3)]  # between the two there was no partner


def test_what_was_held_with_a_partner_who_leaves_stays_in_the_calendars(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    pair.files("onboarding_date", starts_at=AT_TEN)
    days_go_by(town, 50)
    pair.files("onboarding")
    town.beat()
    items(town)

    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")
    town.beat()

    assert items(town) == []


def test_a_letter_that_asks_and_tells_of_the_meeting_carries_it_once(pair: Pair) -> None:
    pair.files("onboarding_date", FACILITATOR, starts_at="2026-06-08T10:00+02:00")
    days_go_by(pair.world, 1)

    carrying = [each for each in pair.world.mailbox.letters if item_bytes(each.frozen)]

    roles = {each.recipient.partition(".")[0]: each.frozen for each in carrying}
    assert len(carrying) == len(roles) == 3
    asked = message_from_bytes(roles["aspiring"], policy=policy.default)
    assert "slides" in str(asked["Subject"])
    assert "Online onboarding of" in words_of(asked)
