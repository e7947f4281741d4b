"""What a ladder says later waits with a request that the office holds back or dates (0061)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.time.zones import local_day
from runtime.queries.forecast import forecast, going_out
from runtime.queries.future import ForetoldLetter
from runtime.queries.letters import LetterLine
from runtime.use_cases.arrange_letter import hold, not_before, release
from runtime.workers.sweep import sweep
from tests.support.arranged import arranged, letters_of
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.word_replies import letters_to, opened, words_of
from tests.support.world import ZONE, World, wp6

READER = "Coordinator VIE-BIR"
STILL_OPEN, REQUEST = "Still open", "Your times for the onboarding"
TOO_LATE = "superseded: the letter before it goes only now"
HELD = f"the letter to {READER} is held back by the office"


@pytest.fixture
def pair(any_town: World) -> Pair:
    """A pair whose sides are owed the question for their times, which nobody has read yet."""
    made = a_pair(any_town).gets_to("onboarding")
    any_town.runtime = replace(any_town.runtime, programme=wp6())
    sweep(any_town.runtime)
    return made


@pytest.fixture
def proposed(any_town: World) -> Pair:
    """A coordinator is owed a proposal that they have not read yet."""
    made = a_pair(any_town).gets_to("match_validation")
    sweep(any_town.runtime)
    return made


def test_nobody_is_reminded_of_a_request_that_is_held_back(pair: Pair) -> None:
    world = pair.world
    hold(world.runtime, arranged(_letter(pair, "N-07.poll")))
    foretold = _foretold(pair, 16)

    days_go_by(world, 16)

    assert (foretold, _subjects(pair)) == ([], [])
    assert letters_to(pair, "aspiring", STILL_OPEN) != []  # theirs was held by nobody
    nudge = _letter(pair, "N-07.poll_nudge")
    assert (nudge.state, "the letter before it is held back" in nudge.reason) == ("owed", True)


def test_once_released_the_request_goes_and_leaves_time_to_answer(pair: Pair) -> None:
    world = pair.world
    request = _letter(pair, "N-07.poll")
    hold(world.runtime, arranged(request))
    days_go_by(world, 16)

    release(world.runtime, arranged(request))
    foretold = _foretold(pair, 8)
    for _ in range(8):  # day by day: a letter goes at a beat
        days_go_by(world, 1)

    assert [each.letter for each in foretold] == ["N-07.poll"]
    (sent,) = letters_to(pair, "coordinator", REQUEST)
    assert letters_to(pair, "coordinator", STILL_OPEN) == []
    assert _letter(pair, "N-07.poll_nudge").reason == TOO_LATE
    assert "today" not in words_of(sent)
    assert _leaves_days(pair)


def test_on_its_day_the_request_goes_and_not_what_reminds_of_it(pair: Pair) -> None:
    world = pair.world
    request, day = _letter(pair, "N-07.poll"), pair.today + timedelta(days=17)
    not_before(world.runtime, arranged(request), day)
    foretold = _foretold(pair, 28)

    days_go_by(world, 16)
    before = _subjects(pair)
    days_go_by(world, 12)

    assert before == []
    assert [each.letter for each in foretold] == ["N-07.poll"]
    assert local_day(foretold[0].at, ZONE) >= day
    assert [each for each in _subjects(pair) if STILL_OPEN in each] == []
    (sent,) = letters_to(pair, "coordinator", REQUEST)
    assert "today" not in words_of(sent)
    assert _leaves_days(pair)


def test_whoever_is_to_call_and_the_lead_read_that_the_office_held_the_letter_back(
    proposed: Pair,
) -> None:
    hold(proposed.world.runtime, arranged(_letter(proposed, "N-03.ask")))

    days_go_by(proposed.world, 20)

    (call,) = letters_to(proposed, "facilitator", "Please call")
    assert f"- {HELD}" in words_of(call)
    assert "asked in writing" not in words_of(call)
    lead = next(e for e in proposed.world.mailbox.letters if b"For your decision" in e.frozen)
    assert HELD in " ".join(words_of(lead).split())
    nudge = _letter(proposed, "N-04.nudge")
    assert nudge.reason == "superseded: others were told of it meanwhile"


def _letter(pair: Pair, name: str) -> LetterLine:
    """The letter of a name to the coordinator."""
    return next(e for e in letters_of(pair) if (e.letter, e.name) == (name, READER))


def _foretold(pair: Pair, days: int) -> list[ForetoldLetter]:
    until = pair.world.clock() + timedelta(days=days)
    told = going_out(forecast(pair.world.runtime, until))
    return [each for each in told if each.to == READER and each.letter.startswith("N-07.poll")]


def _subjects(pair: Pair) -> list[str]:
    """What the coordinator was asked about the onboarding."""
    sent = [*letters_to(pair, "coordinator", REQUEST), *letters_to(pair, "coordinator", STILL_OPEN)]
    return [str(opened(each)["Subject"]) for each in sent]


def _leaves_days(pair: Pair) -> bool:
    """Whether the request names a day that is two days ahead of the one on which it went."""
    line = _letter(pair, "N-07.poll")
    assert line.settled_at is not None
    assert line.subject is not None
    named = line.subject.rpartition("by ")[2]
    sent = local_day(line.settled_at, ZONE)
    days = (sent + timedelta(days=ahead) for ahead in range(2, 40))
    return named in {f"{each.day} {each:%B}" for each in days}


def test_one_that_goes_on_the_day_it_was_to_ask_for_leaves_two_days_before_it_is_reminded_of(
    proposed: Pair,
) -> None:
    world, request = proposed.world, _letter(proposed, "N-03.ask")
    day = next(e.due_on for e in proposed.dossier.asked if e.number == request.number)
    assert day is not None
    not_before(world.runtime, arranged(request), day)
    until = world.clock() + timedelta(days=14)
    told = going_out(forecast(world.runtime, until))
    foretold = {e.letter: local_day(e.at, ZONE) for e in told if e.to == READER}

    for _ in range(14):
        days_go_by(world, 1)

    ask, nudge = _letter(proposed, "N-03.ask"), _letter(proposed, "N-04.nudge")
    went = {e.letter: local_day(e.settled_at, ZONE) for e in (ask, nudge) if e.settled_at}
    assert went == foretold
    assert went["N-03.ask"] == day
    sent, _ = letters_to(proposed, "coordinator", "pairing with")
    named = [each for each in _days_after(day) if f"by {each:%A} {each.day}" in words_of(sent)]
    assert named != []
    assert min(named) >= day + timedelta(days=2)
    assert "today" not in words_of(sent)
    assert went["N-04.nudge"] > min(named)


def _days_after(day: date) -> list[date]:
    return [day + timedelta(days=ahead) for ahead in range(20)]
