"""One act that tells and asks is one letter to whoever is asked, and loses nothing on its way."""

from datetime import timedelta

import pytest

from engine.model.changes import Changes
from engine.model.putting_right import Corrected, Undone, Voided
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep
from storage.database.transactions import reading
from storage.mail.queries import LetterLine, LetterQuery, letters
from tests.support.actors import act
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair
from tests.support.world import FACILITATOR, World

MINUTES, POLL = "N-08.minutes", "N-09.poll"
GAP = "No shared record of the wards"


@pytest.fixture
def pair(town: World) -> Pair:
    """A pair whose onboarding is over, with its minutes; nobody has been written to."""
    pair = a_pair(town).gets_to("onboarding")
    town.beat()
    arrived(pair)
    pair.files_all("onboarding")
    pair.files("onboarding", gaps=[GAP])
    pair.goes("finish_onboarding")
    return pair


def _lines(pair: Pair, *names: str) -> list[LetterLine]:
    with reading(pair.world.runtime.database) as session:
        found = letters(session, LetterQuery(root=pair.case))
    return [each for each in found if each.letter in names]


def _names_times(pair: Pair, **times: object) -> None:
    assert pair.world.file(pair.case, "visit_1_dates", FACILITATOR, **times).accepted


def _got(pair: Pair, role: str) -> list[tuple[str, str]]:
    return [(subject, text) for who, subject, text in arrived(pair) if who == role]


def test_the_minutes_go_in_the_letter_that_asks_for_the_dates_of_the_visit(pair: Pair) -> None:
    pair.world.beat()

    lines = _lines(pair, MINUTES, POLL)
    assert len(lines) == 4
    assert {each.state for each in lines} == {"accepted"}
    assert len({each.message for each in lines}) == 2
    for role, subject, text in arrived(pair):
        assert subject.startswith("Your dates for the visit"), role
        assert "reply with two or three pairs of days" in text.partition(GAP)[0]
        assert GAP in text


def test_a_letter_waits_for_the_question_that_is_due_and_loses_nothing(pair: Pair) -> None:
    compose_owed(pair.world.runtime)  # before the sweep of this minute
    assert {each.state for each in _lines(pair, MINUTES)} == {"owed"}

    sweep(pair.world.runtime)
    compose_owed(pair.world.runtime)
    deliver(pair.world.runtime, pair.world.mailbox)

    [(subject, text)] = _got(pair, "aspiring")
    assert subject.startswith("Your dates for the visit")
    assert GAP in text


def test_whoever_is_asked_no_more_is_told_all_the_same(pair: Pair) -> None:
    sweep(pair.world.runtime)
    _names_times(pair, times_of_aspiring="Mondays", times_of_coordinator="Mondays")

    pair.world.beat()

    assert {each.state for each in _lines(pair, POLL)} == {"superseded"}
    [(subject, text)] = _got(pair, "aspiring")
    assert subject.startswith("Onboarding minutes")
    assert GAP in text


def test_who_has_named_times_before_is_told_alone_and_the_other_is_asked(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    pair.files_all()
    _names_times(pair, times_of_aspiring="Mondays in September")
    town.beat()
    arrived(pair)
    pair.goes("finish_onboarding")

    town.beat()

    subjects = {role: subject.partition(" for")[0] for role, subject, _ in arrived(pair)}
    assert subjects["coordinator"] == "Your dates"
    assert subjects["aspiring"].startswith("Onboarding minutes")


def test_a_step_that_is_taken_back_takes_both_back(pair: Pair) -> None:
    sweep(pair.world.runtime)
    compose_owed(pair.world.runtime)

    act(pair.world.runtime, pair.case, Undone("Too early.", FACILITATOR))
    pair.world.beat()

    assert {each.state for each in _lines(pair, MINUTES, POLL)} == {"withdrawn"}
    assert _got(pair, "aspiring") == []


def test_what_else_a_letter_asked_stands_when_a_part_of_it_is_taken_back(pair: Pair) -> None:
    pair.world.beat()
    arrived(pair)

    assert act(pair.world.runtime, pair.case, Voided("onboarding", "Wrong.", FACILITATOR)).accepted
    pair.world.beat()

    [(subject, text)] = _got(pair, "aspiring")
    assert subject == "Not so: Onboarding minutes"
    assert "Nothing new is asked of you" in text
    assert "(only what it says of this; the rest of it stands)" in text


def test_a_day_put_right_before_its_letter_left_leaves_what_is_asked_in_the_same_letter(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("onboarding")
    town.beat()
    soon = town.clock() + timedelta(days=28)
    pair.files("onboarding_date", starts_at=soon.isoformat())
    sweep(town.runtime)
    compose_owed(town.runtime)
    assert [each.state for each in _lines(pair, "N-07.slides")] == ["waiting"]

    later = Changes({"starts_at": (soon + timedelta(days=1)).isoformat()})
    assert act(
        town.runtime, pair.case, Corrected("onboarding_date", later, "It was a slip.", FACILITATOR)
    ).accepted
    town.beat()

    assert {each.state for each in _lines(pair, "N-07.slides")} == {"accepted"}
    last = [subject for subject, _ in _got(pair, "aspiring")][-2:]
    assert [each.partition(",")[0] for each in last] == [
        "Your onboarding slides",
        "Changed: Online onboarding",
    ]
