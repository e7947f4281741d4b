"""The calendar of a person holds the windows and due days of their own cases, and no meetings."""

from datetime import date

import icalendar
import vobject

from engine.model.changes import Changes
from engine.model.outcomes import Amended
from runtime.queries.person_calendar import CalendarDays, person_calendar
from storage.database.transactions import transaction
from storage.directory import directory, roles
from storage.directory.roles import Role
from tests.support.actors import act
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, LEAD, World

COORDINATOR, ASPIRING = "vie-bir-coordinator", "vie-bir-aspiring"


def _days(pair: Pair, person: str) -> dict[str, CalendarDays]:
    return {each.title: each for each in person_calendar(pair.world.runtime, person).days}


def test_windows_ahead_and_what_is_asked_by_when_stand_in_it(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    days_go_by(town, 1)

    found = _days(pair, COORDINATOR)

    assert len({each.case for each in found.values()}) == 1
    assert found["Online onboarding"].first < found["Online onboarding"].last
    asked = {title: each for title, each in found.items() if each.first == each.last}
    assert [title for title in asked if "onboarding" in title.lower()]
    assert all(each.last >= pair.today for each in found.values())


def test_what_comes_first_stands_first_whatever_pair_it_is_of(town: World) -> None:
    a_pair(town).gets_to("onboarding")
    days_go_by(town, 3)
    other = a_pair(town, "OSL-KES").gets_to("visit_preparation")
    with transaction(town.runtime.database) as session:
        number = directory.person_id(session, COORDINATOR)
        roles.give(session, Role("coordinator", number, town.clock().date(), other.case))

    found = person_calendar(town.runtime, COORDINATOR).days

    assert len({each.case for each in found}) == 2
    assert [(each.first, each.last) for each in found] == sorted(
        (each.first, each.last) for each in found
    )


def test_what_is_over_or_rests_stands_in_it_no_more(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    before = _days(pair, ASPIRING)
    pair.gets_to("visit_preparation")
    after = _days(pair, ASPIRING)
    pair.goes("suspend", LEAD, review_on=str(pair.today.replace(year=2027)), note="They move.")

    resting = _days(pair, ASPIRING)

    assert "Online onboarding" in before
    assert "Online onboarding" not in after
    assert resting == {}


def test_a_meeting_comes_as_an_invitation_and_not_in_it(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    pair.files("onboarding_date", FACILITATOR, starts_at="2026-06-25T10:00+02:00")
    town.beat()

    found = person_calendar(town.runtime, COORDINATOR)

    assert found.days
    assert "VALUE=DATE:" in found.ics.decode()
    assert "DTSTART:" not in found.ics.decode()
    assert [e for e in found.days if e.first == e.last == date(2026, 6, 25)] == []


def test_a_coordinator_who_is_not_asked_yet_sees_nothing_of_it(town: World) -> None:
    pair = a_pair(town).gets_to("match_proposed")
    assert pair.moves("first_visit", date(2026, 12, 1), "Both asked for it.").accepted
    unasked = _days(pair, COORDINATOR)

    pair.files("match")
    pair.goes("send_proposal")

    assert unasked == {}
    assert [*_days(pair, COORDINATOR)] == [*_days(pair, ASPIRING)] != []


def test_what_is_done_or_over_is_due_no_more(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    days_go_by(town, 1)
    asked = {person: _due(pair, person) for person in (COORDINATOR, ASPIRING)}

    named = Changes({"times_of_coordinator": "Any Tuesday"})
    assert act(town.runtime, pair.case, Amended("onboarding_date", named, FACILITATOR)).accepted
    done = {person: _due(pair, person) for person in asked}
    town.days_pass((min(asked[ASPIRING]) - pair.today).days + 1)
    over = _due(pair, ASPIRING)

    assert len(done[COORDINATOR]) == len(asked[COORDINATOR]) - 1
    assert done[ASPIRING] == asked[ASPIRING]
    assert min(asked[ASPIRING]) not in over


def _due(pair: Pair, person: str) -> list[date]:
    days = person_calendar(pair.world.runtime, person).days
    return [each.last for each in days if each.first == each.last]


def test_two_readers_see_whole_days_with_a_hint_when_to_look_again(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    found = person_calendar(town.runtime, COORDINATOR)

    one = icalendar.Calendar.from_ical(found.ics)
    other = vobject.readOne(found.ics.decode())

    ours = {(str(e["uid"]), e.decoded("dtstart"), e.decoded("dtend")) for e in one.walk("VEVENT")}
    theirs = {(e.uid.value, e.dtstart.value, e.dtend.value) for e in other.vevent_list}
    assert ours == theirs
    assert len(ours) == len(found.days) > 3
    assert not any("@" in line for line in found.ics.decode().splitlines())
    lines = found.ics.decode().splitlines()
    assert {"METHOD:PUBLISH", "X-PUBLISHED-TTL:PT12H"} <= set(lines)
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in lines
    assert f"UID:wp6.world.{pair.case}.window-onboarding.1" in lines


def test_the_days_keep_their_names_when_they_move(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    before = person_calendar(town.runtime, COORDINATOR).ics.decode()
    assert pair.moves("first_visit", date(2026, 12, 1), "Both asked for it.").accepted

    after = person_calendar(town.runtime, COORDINATOR).ics.decode()

    uids = [
        {line for line in ics.splitlines() if line.startswith("UID:")} for ics in (before, after)
    ]
    assert uids[0] == uids[1]
    assert before != after
