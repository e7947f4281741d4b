"""Reminders that wait for a day that their reader named: which comes, and when (0065)."""

from datetime import timedelta

from engine.model.outcomes import By
from runtime.queries.letters import Sought, letter_lines
from runtime.use_cases.arrange_letter import Arrangement, hold
from tests.support.calendar_mail import reads_replies
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.word_replies import answers, letters_to
from tests.support.world import World

BY = By("vie-bir-facilitator", "facilitator")


def _asked(town: World) -> Pair:
    """An aspiring centre was asked yesterday, in one letter, for both parts of its diagnostic."""
    reads_replies(town)
    pair = a_pair(town).gets_to("diagnostic")
    days_go_by(town, 1)
    return pair


def _reminder(pair: Pair) -> str:
    """How the first reminder stands."""
    found = letter_lines(pair.world.runtime, Sought(pair.case))
    return next(each.state for each in found if each.letter == "N-02.nudge")


def _says_later(pair: Pair, days: int) -> None:
    asked = letters_to(pair, "aspiring", "your diagnostic")[-1]
    answers(pair, asked, f"LATER {pair.today + timedelta(days=days)}")


def test_of_several_reminders_that_waited_the_last_one_comes(town: World) -> None:
    pair = _asked(town)

    _says_later(pair, 28)
    days_go_by(town, 28)
    days_go_by(town, 8)

    found = {each.letter: each for each in letter_lines(town.runtime, Sought(pair.case))}
    assert found["N-02.nudge"].reason == "superseded: a later letter asks for the same"
    assert found["N-02.offer"].state == "accepted"


def test_one_day_holds_what_two_ladders_ask_in_one_letter(town: World) -> None:
    pair = _asked(town)
    _says_later(pair, 17)

    days_go_by(town, 14)  # the reminder of both parts waits by now
    pair.files("readiness")
    days_go_by(town, 2)
    before = _reminder(pair)
    days_go_by(town, 2)

    assert (before, _reminder(pair)) == ("owed", "accepted")


def test_one_day_holds_the_other_ladder_of_the_letter_too(town: World) -> None:
    pair = _asked(town)
    _says_later(pair, 17)

    pair.files("readiness")  # before anything reminds: the other part alone does
    days_go_by(town, 16)
    before = _reminder(pair)
    days_go_by(town, 2)

    assert (before, _reminder(pair)) == ("owed", "accepted")


def test_the_one_before_comes_where_the_office_holds_the_last_one_back(town: World) -> None:
    pair = _asked(town)
    _says_later(pair, 28)
    days_go_by(town, 27)  # both reminders wait by now

    sought = letter_lines(town.runtime, Sought(pair.case))
    (offer,) = [each.number for each in sought if each.letter == "N-02.offer"]
    hold(town.runtime, Arrangement(offer, "We call them first.", BY))
    days_go_by(town, 1)

    found = {each.letter: each.state for each in letter_lines(town.runtime, Sought(pair.case))}
    assert (found["N-02.nudge"], found["N-02.offer"]) == ("accepted", "owed")
