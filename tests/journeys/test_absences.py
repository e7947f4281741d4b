"""Somebody is away: whoever stands in is asked from the beginning, or everything waits for them."""

from datetime import date, timedelta

import pytest

from runtime.queries.forecast import forecast
from runtime.queries.why import why
from runtime.use_cases.absence import NewAbsence, away, back
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import LEAD, World

MAIN, DEPUTY = "vie-bir-coordinator", "vie-bir-coordinator-deputy"
ASKED = ("match_validation", "onboarding", "visit_preparation", "memorandum", "report_loop")
PHASES = (*ASKED, "workshop")
WEEKS = timedelta(days=20)  # three weeks, the first and the last day too


@pytest.mark.parametrize("state", PHASES)
def test_on_leave_in_any_phase_nothing_comes_and_the_deputy_is_asked(
    town: World, state: str
) -> None:
    pair = _asked_in(town, state)

    _is_away(pair, MAIN)
    got = _in_the_next(pair, 20)

    assert "coordinator" not in got
    first, *_ = got["deputy"]
    assert not first.startswith(("Still open", "Can we", "Shall we", "Ten minutes")), first
    assert [each for each in got["facilitator"] if each.startswith("Away until")] == [
        "Away until 2 June: Coordinator VIE-BIR"
    ]


def test_the_letter_of_an_absence_has_the_command_that_names_somebody_else(town: World) -> None:
    pair = _asked_in(town, "match_validation")
    first = pair.today

    _is_away(pair, MAIN)
    days_go_by(town, 5)

    (text,) = [text for _, subject, text in arrived(pair) if subject.startswith("Away until")]
    days = f"--from {first} --until {first + WEEKS}"
    assert f"`pairing person away {MAIN} {days} --substitute PERSON`" in text


@pytest.mark.parametrize("state", PHASES)
def test_on_leave_with_nobody_to_stand_in_everything_waits_for_the_return(
    town: World, state: str
) -> None:
    pair = _asked_in(town, state)

    _is_away(pair, DEPUTY)
    _is_away(pair, MAIN)
    got = _in_the_next(pair, 20)
    later = _in_the_next(pair, 20)

    assert not {"coordinator", "deputy"} & {*got}
    assert "Away until 2 June: Coordinator VIE-BIR" in got["facilitator"]
    assert later["coordinator"]


def test_the_clock_of_a_silent_coordinator_stands_still_in_an_absence(any_town: World) -> None:
    pair = _asked_in(any_town, "match_validation")
    before = pair.due()

    _is_away(pair, DEPUTY)
    _is_away(pair, MAIN)

    after = pair.due()
    assert before["answer/nudge/0"] == date(2026, 5, 19)
    assert before["answer/lead/0"] == date(2026, 5, 27)
    # Two days of work were counted until the 13th; they go on after the 2nd of June.
    assert after["answer/nudge/0"] == date(2026, 6, 9)
    assert after["answer/lead/0"] == date(2026, 6, 16)
    assert after["waiting/remind/0"] == before["waiting/remind/0"]
    days_go_by(any_town, 33)
    assert not pair.flags()
    days_go_by(any_town, 3)
    assert pair.flags() == {"F-02": "amber"}


def test_whoever_stands_in_has_as_long_as_the_one_who_is_away_had(any_town: World) -> None:
    pair = _asked_in(any_town, "match_validation")

    _is_away(pair, MAIN, substitute=DEPUTY)
    days_go_by(any_town, 0)

    # Five, eight and ten days of work after the 13th, without Ascension Day and Whit Monday.
    due = pair.due()
    assert [due[f"answer/{rung}/0"] for rung in ("nudge", "phone", "lead")] == [
        date(2026, 5, 21),
        date(2026, 5, 27),
        date(2026, 5, 29),
    ]
    texts = [text for role, _, text in arrived(pair) if role == "deputy"]
    assert len(texts) == 1
    assert "You are asked in place of Coordinator VIE-BIR, who is away or named you." in texts[0]


def test_what_was_to_be_asked_in_an_absence_is_asked_of_whoever_stands_in(town: World) -> None:
    pair = a_pair(town).gets_to("match_proposed")
    _is_away(pair, MAIN)
    arrived(pair)

    pair.gets_to("match_validation")
    got = _in_the_next(pair, 15)

    assert "coordinator" not in got
    assert got["deputy"][0].startswith("Please confirm by")


def test_a_reminder_due_on_the_first_day_away_is_a_first_question_to_another(town: World) -> None:
    pair = _asked_in(town, "match_validation")
    nudge = pair.due()["answer/nudge/0"]

    away(town.runtime, NewAbsence(MAIN, nudge, nudge + WEEKS), LEAD)
    got = _in_the_next(pair, (nudge - pair.today).days + 1)

    assert [subject.partition(" by ")[0] for subject in got["deputy"]] == ["Please confirm"]


def test_what_leads_up_to_a_day_is_told_on_its_day_to_whoever_is_there(town: World) -> None:
    pair = _asked_in(town, "workshop")
    _is_away(pair, DEPUTY)
    _is_away(pair, MAIN)

    got = _in_the_next(pair, 20)

    assert "Please call Coordinator VIE-BIR: workshop agenda" in got["facilitator"]
    assert pair.flags() == {"F-15": "amber"}


def test_an_absence_that_is_entered_late_ends_what_waits_and_asks_the_deputy(town: World) -> None:
    pair = _asked_in(town, "match_validation")
    days_go_by(town, 7)
    assert [role for role, *_ in arrived(pair) if role == "coordinator"] == ["coordinator"]

    _is_away(pair, MAIN)
    got = _in_the_next(pair, 3)

    assert got["deputy"][0].startswith("Please confirm by")
    assert "coordinator" not in got


def test_whoever_is_back_before_long_is_reminded_after_the_days_they_were_there(
    town: World,
) -> None:
    pair = _asked_in(town, "match_validation")
    _is_away(pair, DEPUTY)
    _is_away(pair, MAIN)
    days_go_by(town, 5)

    ended = back(town.runtime, MAIN, LEAD)

    assert ended.cases == 1
    # From the 13th to the 17th two days of work were lost.
    assert pair.due()["answer/nudge/0"] == date(2026, 5, 21)


def test_an_absence_taken_out_before_it_began_leaves_every_day_where_it_was(town: World) -> None:
    pair = _asked_in(town, "match_validation")
    before = pair.due()
    first = pair.today + timedelta(days=3)
    for who in (DEPUTY, MAIN):
        away(town.runtime, NewAbsence(who, first, first + WEEKS), LEAD)
    assert pair.due() != before

    for who in (DEPUTY, MAIN):
        back(town.runtime, who, LEAD)

    assert pair.due() == before


def test_why_and_the_forecast_say_who_is_away_and_who_gets_what(town: World) -> None:
    pair = _asked_in(town, "match_validation")
    _is_away(pair, MAIN)
    days_go_by(town, 1)

    (ask,) = (each for each in why(town.runtime, pair.case).open if "answer" in each.what)
    told = forecast(town.runtime, town.clock() + timedelta(days=30)).letters

    assert ask.whose_turn == "Coordinator VIE-BIR deputy"
    until = "Coordinator VIE-BIR is away until Tuesday 2 June 2026"
    assert ask.away == (f"{until}, Coordinator VIE-BIR deputy is asked instead",)
    assert {each.to for each in told if each.letter == "N-04.nudge"} == {
        "Coordinator VIE-BIR deputy"
    }


def test_the_forecast_says_what_is_held_back_until_when(town: World) -> None:
    pair = _asked_in(town, "memorandum")
    _is_away(pair, DEPUTY)
    _is_away(pair, MAIN)

    told = forecast(town.runtime, town.clock() + timedelta(days=30)).letters

    held = [each for each in told if each.to == "Coordinator VIE-BIR"]
    (offer,) = [each for each in held if each.letter == "N-11.offer"]
    assert (offer.end, offer.put_off) == (
        "accepted",
        "Coordinator VIE-BIR is away until 2026-06-02",
    )
    assert offer.at.date() == date(2026, 6, 3)


def _asked_in(world: World, state: str) -> Pair:
    """A pair in a state in which the coordinator was asked the day before yesterday."""
    pair = a_pair(world).gets_to(state)
    filed = {"memorandum": "memorandum", "report_loop": "mid_term_report"}
    if state in filed:
        pair.files(filed[state])
    days_go_by(world, 2)
    arrived(pair)
    return pair


def _is_away(pair: Pair, who: str, substitute: str = "") -> None:
    new = NewAbsence(who, pair.today, pair.today + WEEKS, substitute)
    assert away(pair.world.runtime, new, LEAD).outcome == "away"


def _in_the_next(pair: Pair, days: int) -> dict[str, list[str]]:
    """The subjects that each one gets in the next days, by the first word of their address."""
    days_go_by(pair.world, days)
    got: dict[str, list[str]] = {}
    for role, subject, _ in arrived(pair):
        got.setdefault(role, []).append(subject)
    return got
