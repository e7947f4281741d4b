"""Who stands in: whoever was named, if they are there, else the next of the team."""

from datetime import timedelta

from engine.model.outcomes import By, Filed
from runtime.queries.forecast import forecast
from runtime.use_cases.absence import AUTOMATIC_REPLY, NewAbsence, away
from runtime.use_cases.advance import act
from runtime.use_cases.dead_address import mark_dead
from storage.database.transactions import reading, transaction
from storage.directory import directory
from storage.directory.rows import Contact
from storage.mail.queries import LetterQuery, letters
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import LEAD, World

MAIN, DEPUTY, THIRD = "vie-bir-coordinator", "vie-bir-coordinator-deputy", "third"
FACILITATORS = ("vie-bir-facilitator", "vie-bir-facilitator-deputy")


def test_a_substitute_who_plays_no_role_is_asked_like_anybody(any_town: World) -> None:
    pair = _asked(any_town)

    _is_away(pair, MAIN, THIRD)
    told = forecast(any_town.runtime, any_town.clock() + timedelta(days=9)).letters
    days_go_by(any_town, 9)

    got = [(role, subject) for role, subject, _ in arrived(pair) if role in {"third", "deputy"}]
    assert [role for role, _ in got] == ["third", "third"]
    assert got[0][1].startswith("Please confirm by")
    assert [(each.letter, each.end) for each in told if each.to == "Third"] == [
        ("N-03.ask", "accepted"),
        ("N-04.nudge", "accepted"),
    ]


def test_a_substitute_may_answer_as_long_as_they_stand_in(town: World) -> None:
    pair = _asked(town)
    heard = By(FACILITATORS[0], "", heard_from=THIRD, heard_by="phone")
    ways = (By(THIRD, ""), heard)

    before = [_answers(pair, by) for by in ways]
    _is_away(pair, MAIN, THIRD)
    meanwhile = [_answers(pair, by) for by in ways]
    days_go_by(town, 22)
    later = [_answers(pair, by) for by in ways]

    assert (before, meanwhile, later) == ([False] * 2, [True] * 2, [False] * 2)


def test_a_substitute_who_is_away_as_well_gives_way_to_the_next(any_town: World) -> None:
    pair = _asked(any_town)
    _is_away(pair, THIRD)

    _is_away(pair, MAIN, THIRD)
    days_go_by(any_town, 2)

    assert {role for role, *_ in arrived(pair)} == {"deputy", "facilitator"}


def test_a_substitute_who_cannot_be_reached_gives_way_to_the_next(town: World) -> None:
    pair = _asked(town)
    mark_dead(town.runtime, THIRD, "It bounced.", LEAD)

    _is_away(pair, MAIN, THIRD)
    days_go_by(town, 2)

    assert {role for role, *_ in arrived(pair)} == {"deputy", "facilitator"}


def test_when_a_substitute_leaves_too_the_next_one_is_asked_from_the_beginning(
    town: World,
) -> None:
    pair = _asked(town)
    _is_away(pair, MAIN, THIRD)
    days_go_by(town, 2)
    arrived(pair)

    _is_away(pair, THIRD)
    days_go_by(town, 2)

    (asked,) = [subject for role, subject, _ in arrived(pair) if role == "deputy"]
    assert asked.startswith("Please confirm by")


def test_whoever_is_named_later_is_asked_for_what_waited(town: World) -> None:
    _enter_third(town)
    pair = a_pair(town).gets_to("memorandum")
    pair.files("memorandum")
    days_go_by(town, 2)
    _is_away(pair, DEPUTY)
    _is_away(pair, MAIN)
    days_go_by(town, 7)
    arrived(pair)

    _is_away(pair, MAIN, THIRD)
    days_go_by(town, 1)

    (asked,) = [subject for role, subject, _ in arrived(pair) if role == "third"]
    assert asked.startswith("Please sign by")
    with reading(town.runtime.database) as session:
        ended = [e.reason for e in letters(session, LetterQuery(pair.case)) if "inst" in e.reason]
    assert ended == ["superseded: Coordinator VIE-BIR is away, and Third is asked instead"]


def test_an_absence_is_told_once_and_again_when_it_is_longer(town: World) -> None:
    pair = _asked(town)
    _is_away(pair, MAIN)
    days_go_by(town, 6)
    assert _told_of_absences(pair) == ["Away until 2 June: Coordinator VIE-BIR"]

    longer = NewAbsence(MAIN, pair.today, pair.today + timedelta(days=30), source=AUTOMATIC_REPLY)
    away(town.runtime, longer, LEAD)
    days_go_by(town, 1)

    assert _told_of_absences(pair) == ["Away until 18 June: Coordinator VIE-BIR"]


def test_letters_to_the_office_go_to_the_next_of_it_and_wait_for_nobody(town: World) -> None:
    pair = _asked(town)
    _is_away(pair, FACILITATORS[0])

    days_go_by(town, 9)
    with_a_deputy = [(r, s) for r, s, _ in arrived(pair) if s.startswith("Please call")]
    _is_away(pair, FACILITATORS[1])
    days_go_by(town, 7)
    with_nobody = [(r, s) for r, s, _ in arrived(pair) if s.startswith("Waiting since")]

    assert [role for role, _ in with_a_deputy] == ["deputy"]
    assert [role for role, _ in with_nobody] == ["facilitator"]


def _asked(world: World) -> Pair:
    """A pair whose coordinator was asked two days ago; a third person works at their centre."""
    _enter_third(world)
    pair = a_pair(world).gets_to("match_validation")
    days_go_by(world, 2)
    arrived(pair)
    return pair


def _answers(pair: Pair, by: By) -> bool:
    content = {"answer": "confirmed", "answered_on": str(pair.today)}
    return act(pair.world.runtime, pair.case, Filed("match_answer", content, by)).accepted


def _enter_third(world: World) -> None:
    contact = Contact(key=THIRD, name="Third", email="third.coordinator@example.org")
    with transaction(world.runtime.database) as session:
        directory.add_person(session, contact)


def _is_away(pair: Pair, who: str, substitute: str = "") -> None:
    new = NewAbsence(who, pair.today, pair.today + timedelta(days=20), substitute)
    away(pair.world.runtime, new, LEAD)


def _told_of_absences(pair: Pair) -> list[str]:
    return [subject for _, subject, _ in arrived(pair) if subject.startswith("Away until")]
