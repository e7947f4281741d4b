"""Whoever is asked may name a day: nothing of the matter is written to them before it (0065)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.model.outcomes import By
from engine.time.zones import local_day
from notifications.mailer import Outgoing
from runtime.queries.forecast import forecast
from runtime.queries.letters import Sought, letter_lines
from runtime.use_cases.arrange_letter import Arrangement, not_before
from storage.database.transactions import reading
from storage.journal import lines
from storage.journal.verify import verify
from storage.mail.inbound import DONE
from tests.support.calendar_mail import reads_replies
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.word_replies import answers, letters_to, opened, words_in, words_of
from tests.support.world import START, ZONE, World, wp6

BY = By("vie-bir-facilitator", "facilitator")
STILL_OPEN, FOR_A_CALL = "Still open", "Please call"


@pytest.fixture
def asked(any_town: World) -> Pair:
    """A coordinator was asked on Monday 11 May whether they take the proposed pair."""
    reads_replies(any_town)
    pair = a_pair(any_town).gets_to("match_validation")
    days_go_by(any_town, 1)
    # From now on everybody has their slots.
    any_town.runtime = replace(any_town.runtime, programme=wp6())
    return pair


def _proposal(pair: Pair) -> Outgoing:
    return letters_to(pair, "coordinator", "pairing with")[-1]


def _says_later(pair: Pair, days: int) -> date:
    on = pair.today + timedelta(days=days)
    line = answers(pair, _proposal(pair), f"LATER {on}")
    assert (line.state, line.outcome) == (DONE, "answered: Not before a day that I name")
    pair.world.beat()
    return on


def _receipt(pair: Pair) -> Outgoing:
    return letters_to(pair, "coordinator", "Recorded: Not before")[-1]


def _day(letter: Outgoing) -> date:
    return local_day(opened(letter)["Date"].datetime, ZONE)


def _said(letter: Outgoing) -> str:
    return " ".join(words_of(letter).split())


def test_nothing_is_asked_after_others_were_told_of_it(asked: Pair) -> None:
    on = _says_later(asked, 12)  # a call is asked for on the 22nd

    days_go_by(asked.world, 20)

    (call,) = letters_to(asked, "facilitator", FOR_A_CALL)
    assert f"- Coordinator VIE-BIR asked for time until {on.day} May 2026" in _said(call)
    assert "No further reminder about this goes" in _said(call)
    assert letters_to(asked, "coordinator", STILL_OPEN) == []
    found = {each.letter: each for each in letter_lines(asked.world.runtime, Sought(asked.case))}
    assert found["N-04.nudge"].reason == "superseded: others were told of it meanwhile"


def test_nothing_is_asked_before_the_day_and_it_comes_at_the_next_slot(any_town: World) -> None:
    reads_replies(any_town)
    pair = a_pair(any_town).gets_to("diagnostic")
    days_go_by(any_town, 1)
    any_town.runtime = replace(any_town.runtime, programme=wp6())
    on = pair.today + timedelta(days=17)
    answers(pair, letters_to(pair, "aspiring", "your diagnostic")[-1], f"LATER {on}")
    any_town.beat()
    told = [(who, subject) for who, subject, _ in arrived(pair)]
    until = any_town.clock() + timedelta(days=24)
    foretold = [e for e in forecast(any_town.runtime, until).letters if e.letter == "N-02.nudge"]

    days_go_by(any_town, 17)  # two of their slots have gone by since it was due
    before = letters_to(pair, "aspiring", STILL_OPEN)
    days_go_by(any_town, 4)

    assert ("facilitator", "Recorded: Not before a day that I name") in told
    assert not any(subject.startswith("Mail from") for _, subject in told)
    assert before == []
    (nudge,) = letters_to(pair, "aspiring", STILL_OPEN)
    sent = opened(nudge)["Date"].datetime
    assert sent.date() >= on
    (goes_at,) = [each.at for each in foretold if each.end == "accepted"]
    assert goes_at.strftime("%A") == "Tuesday"  # their slot
    assert timedelta() <= sent - goes_at < timedelta(days=1)  # the clock moves by days here
    assert [(each.end, each.put_off) for each in foretold] == [
        ("accepted", f"not before {on}: its reader asked for it")
    ]


def test_nobody_silences_what_others_are_told(asked: Pair) -> None:
    _says_later(asked, 200)
    said = _said(_receipt(asked))

    days_go_by(asked.world, 40)

    assert letters_to(asked, "facilitator", FOR_A_CALL)
    late = date(2026, 5, 27)  # ten working days on, in Vienna
    asked_above = letter_lines(asked.world.runtime, Sought(asked.case))
    (first, *_) = [each.owed_at for each in asked_above if each.letter == "N-04.lead"][::-1]
    assert local_day(first, ZONE) == late
    day = f"{late.day} {late:%B %Y}"
    assert f"Nothing more is written about it before {day}." in said
    assert f"We wait no longer than that: if it is still open on {day}, others are told." in said
    (flag,) = letters_to(asked, "facilitator", "Coordinator silent")
    assert f"Coordinator VIE-BIR asked for time until {day} - case" in _said(flag)
    nudges = letters_to(asked, "coordinator", STILL_OPEN)
    assert all(_day(each) >= late for each in nudges)


def test_the_example_of_a_later_day_is_one_until_which_the_matter_can_wait(asked: Pair) -> None:
    (offered,) = [each for each in words_in(_proposal(asked)) if each.startswith("LATER")]
    example = offered.removeprefix("LATER ")

    line = answers(asked, _proposal(asked), offered)
    asked.world.beat()

    assert line.state == DONE
    said = _said(_receipt(asked))
    assert f"Nothing more is written about it before {example} 2026." in said
    assert f"If it is still open on {example} 2026, others are told on that day." in said
    assert "no longer" not in said


def test_who_takes_the_day_back_is_asked_as_ever(asked: Pair) -> None:
    _says_later(asked, 12)
    receipt = _receipt(asked)
    assert words_in(receipt) == ["UNDO"]

    line = answers(asked, receipt, "UNDO")
    days_go_by(asked.world, 10)

    assert (line.state, line.outcome) == (DONE, "answered: Take back what was recorded")
    assert len(letters_to(asked, "coordinator", STILL_OPEN)) == 1
    again = answers(asked, receipt, "Annuler.")
    assert again.state != DONE
    with reading(asked.world.runtime.database) as session:
        acts = [each.what for each in lines.journal_lines(session, asked.case)]
        assert list(verify(session)) == []
    assert any("not before" in each for each in acts)
    assert any("asked as ever" in each for each in acts)


def test_another_answer_ends_the_wait_and_the_former_is_taken_back_no_more(asked: Pair) -> None:
    _says_later(asked, 12)
    former = _receipt(asked)

    answers(asked, _proposal(asked), "LATER 13 May")
    again = answers(asked, former, "UNDO")
    days_go_by(asked.world, 10)

    assert again.outcome.endswith("it was taken back before")
    assert len(letters_to(asked, "coordinator", STILL_OPEN)) == 1


def test_the_office_dates_what_is_urgent_to_the_next_slot_as_well(any_town: World) -> None:
    pair = a_pair(any_town, history=(("match_confirmed", START),))
    pair.files("match_answer")
    pair.goes("formalise")
    any_town.runtime = replace(any_town.runtime, programme=wp6())
    letters = letter_lines(any_town.runtime, Sought(pair.case))
    number = next(each.number for each in letters if each.letter == "N-05.coordinator")

    not_before(
        any_town.runtime,
        Arrangement(number, "Their board.", BY),
        START.date() + timedelta(days=5),
    )
    until = START + timedelta(days=14)
    told = [each for each in forecast(any_town.runtime, until).letters if each.number == number]

    (goes_at,) = [each.at for each in told if each.end == "accepted"]
    assert (goes_at.strftime("%A"), goes_at.hour) == ("Thursday", 11)  # 13:00 in Vienna


def test_other_matters_of_the_same_reader_do_not_wait(any_town: World) -> None:
    reads_replies(any_town)
    pair = a_pair(any_town).gets_to("formalised")
    days_go_by(any_town, 1)
    (contacts,) = letters_to(pair, "aspiring", "contact")

    answers(pair, contacts, f"LATER {pair.today + timedelta(days=20)}")
    pair.gets_to("onboarding")
    days_go_by(any_town, 2)

    assert letters_to(pair, "aspiring", "Your times")
