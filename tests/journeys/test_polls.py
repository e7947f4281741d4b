"""Days or times are offered to choose from; when both sides have answered, one person is asked."""

import re
from datetime import date, timedelta

import pytest

from engine.model.changes import Added, Changes, Row
from engine.model.outcomes import Amended, By
from tests.support.actors import act
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, World

ASPIRING, COORDINATOR = By("aspiring", "aspiring"), By("coordinator", "coordinator")


def _changes(pair: Pair, record: str, changes: Changes, by: By = FACILITATOR) -> None:
    answer = act(pair.world.runtime, pair.case, Amended(record, changes, by))
    assert answer.accepted, answer.unmet


def _offers(pair: Pair, record: str, begins: str, *options: str) -> None:
    rows = tuple(Added("options", {begins: option}) for option in options)
    _changes(pair, record, Changes({}, added=rows))


def _names(pair: Pair, record: str, by: By, words: str) -> None:
    _changes(pair, record, Changes({f"times_of_{by.role}": words}), by)


def _since(pair: Pair, words: str) -> dict[str, list[str]]:
    """By reader, the texts that came since and whose subject says these words."""
    found: dict[str, list[str]] = {}
    for who, subject, text in arrived(pair):
        if words in subject:
            found.setdefault(who, []).append(text)
    return found


def test_times_on_offer_are_asked_about_by_the_clocks_of_each_and_days_stay_days(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("onboarding")
    days_go_by(town, 8)
    arrived(pair)
    on = pair.today + timedelta(days=30)

    _offers(pair, "onboarding_date", "starts_at", f"{on}T10:00+02:00", f"{on}T15:00+02:00")
    days_go_by(town, 4)

    asked = _since(pair, "Your times for the onboarding")
    assert {who: len(texts) for who, texts in asked.items()} == {"coordinator": 1, "aspiring": 1}
    day = f"{on:%A} {on.day} {on:%B %Y}"
    assert f": 1. {day}, 10:00 (Vienna time)" in asked["coordinator"][0]
    assert f" 2. {day}, 15:00 (Vienna time)" in asked["coordinator"][0]


def test_only_who_has_not_answered_is_reminded_of_what_is_on_offer_by_then(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    first, second, third = (str(pair.today + timedelta(days=n)) for n in (60, 67, 74))
    _offers(pair, "visit_1_dates", "starts_on", first, second)
    days_go_by(town, 3)
    _names(pair, "visit_1_dates", COORDINATOR, second)
    _changes(pair, "visit_1_dates", Changes({}, removed=(Row("options", 1),)))
    _offers(pair, "visit_1_dates", "starts_on", third)
    arrived(pair)

    days_go_by(town, 14)

    asked = {**_since(pair, "dates for the visit")}
    assert set(asked) == {"aspiring"}
    assert all(_day(second) in text and _day(third) in text for text in asked["aspiring"])
    assert not any(_day(first) in text for text in asked["aspiring"])


def test_whoever_runs_the_pair_is_asked_to_fix_what_suits_both_the_morning_after(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    first, second = (str(pair.today + timedelta(days=n)) for n in (60, 67))
    _offers(pair, "visit_1_dates", "starts_on", first, second)
    days_go_by(town, 8)
    _names(pair, "visit_1_dates", COORDINATOR, f"{first}, {second}")
    days_go_by(town, 1)
    assert _since(pair, "Please fix") == {}

    _names(pair, "visit_1_dates", ASPIRING, second)
    days_go_by(town, 4)

    asked = _since(pair, "Please fix the day")
    assert {who: len(texts) for who, texts in asked.items()} == {"facilitator": 1}
    (text,) = asked["facilitator"]
    common = text.partition("This suits both sides:")[2].partition("Named were:")[0]
    assert _day(second) in common
    assert _day(first) not in common
    command = f"pairing pair record VIE-BIR visit_1_dates --set starts_on={second}"
    assert f"{command} --set ends_on=..." in text  # it lasts longer than the day that was chosen


def test_the_command_that_fixes_an_option_of_several_days_names_the_last(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    first, last = (str(pair.today + timedelta(days=n)) for n in (60, 61))
    option = Added("options", {"starts_on": first, "ends_on": last})
    _changes(pair, "visit_1_dates", Changes({}, added=(option,)))
    for side in (COORDINATOR, ASPIRING):
        _names(pair, "visit_1_dates", side, first)

    days_go_by(town, 4)

    (text,) = _since(pair, "Please fix the day")["facilitator"]
    assert f"visit_1_dates --set starts_on={first} --set ends_on={last}" in text


@pytest.mark.parametrize("is_offered", [True, False])
def test_days_that_both_named_are_fixed_without_asking_them_again(
    town: World, *, is_offered: bool
) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    on, other = (str(pair.today + timedelta(days=n)) for n in (60, 67))
    if is_offered:
        _offers(pair, "visit_1_dates", "starts_on", on, other)
    _names(pair, "visit_1_dates", COORDINATOR, f"{on}, {other}")
    _names(pair, "visit_1_dates", ASPIRING, on)
    days_go_by(town, 4)
    (text,) = _since(pair, "Please fix the day")["facilitator"]
    assert "Nobody is asked again" in text

    _changes(pair, "visit_1_dates", _as_typed(text, dots=on))
    days_go_by(town, 20)

    subjects = [(who, subject) for who, subject, _ in arrived(pair)]
    invited = {who for who, subject in subjects if subject.startswith("Visit to")}
    assert invited >= {"coordinator", "aspiring", "facilitator"}
    assert [
        each for each in subjects if "suit" in each[1] or "dates for the visit" in each[1]
    ] == []


def test_a_day_that_not_both_have_named_is_fixed_with_nobodys_yes(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    on, other = (str(pair.today + timedelta(days=n)) for n in (60, 67))
    _names(pair, "visit_1_dates", COORDINATOR, on)
    _names(pair, "visit_1_dates", ASPIRING, other)

    days_go_by(town, 4)

    (text,) = _since(pair, "Please fix the day")["facilitator"]
    assert "--set starts_on=... --set ends_on=...`" in text
    assert "Nobody is asked again" not in text
    assert "Add what is known of the place, each with --set: place, city." in text


def test_a_day_on_which_a_centre_rests_is_offered_last_and_says_so(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    saturday = pair.today + timedelta(
        days=60 + (5 - (pair.today + timedelta(days=60)).weekday()) % 7
    )
    off, works = str(saturday), str(saturday + timedelta(days=4))
    _names(pair, "visit_1_dates", COORDINATOR, f"{off}, {works}")
    _names(pair, "visit_1_dates", ASPIRING, f"{off}, {works}")
    days_go_by(town, 4)
    (text,) = _since(pair, "Please fix the day")["facilitator"]
    _names(pair, "visit_1_dates", ASPIRING, off)
    days_go_by(town, 21)

    (alone, *_) = _since(pair, "Please fix the day")["facilitator"]

    common = text.partition("This suits both sides:")[2].partition("Named were:")[0]
    assert common.index(_day(works)) < common.index(f"{_day(off)} (no working day at ")
    assert f"--set starts_on={works}" in text
    assert "--odd-day" not in text
    assert f"--set starts_on={off}" in alone
    assert "=yes --odd-day`" in alone


def _as_typed(text: str, dots: str) -> Changes:
    """What the command in a letter files, with something written in place of its dots."""
    command = text.partition("`")[2].partition("`")[0]
    given = dict(re.findall(r"--set (\w+)=(\S+)", command))
    said = {"yes": True, "...": dots}
    return Changes({name: said.get(value, value) for name, value in given.items()})


def _day(written: str) -> str:
    day = date.fromisoformat(written)
    return f"{day:%A} {day.day} {day:%B %Y}"
