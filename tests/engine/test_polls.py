"""Polls: days or times are offered for a meeting, each side says which suit, and that counts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.checks.meetings import DayFixed, TimesNamed
from engine.dates.polls import Option, named_at, named_by_all, offered
from engine.letters.open_item import ask_of
from engine.letters.turns import owners
from engine.model.changes import Changes
from engine.model.dossier import Dossier
from engine.model.outcomes import Amended
from tests.support.dossiers import OPENED, a_dossier, a_party, a_version
from tests.support.meetings import DAYS, VISIT, a_programme
from tests.support.stories import FACILITATOR, Story, a_ladder, a_rung, a_state, a_view

FIRST, SECOND, THIRD = "2026-04-14", "2026-04-21", "2026-04-28"
A_MOMENT = "2026-04-14T14:00+02:00"


def _offer(*days: str) -> dict[str, object]:
    return {"options": [{"starts_on": day} for day in days]}


def _asked(*contents: Mapping[str, object]) -> list[str]:
    """Who is still to answer after these versions of the record."""
    view = a_view(_dossier(*contents), a_programme())
    return [str(lack.owner) for lack in TimesNamed("visit").lacks(view)]


def _dossier(*contents: Mapping[str, object]) -> Dossier:
    rows = [
        replace(a_version(each, number=n), filed_at=OPENED + timedelta(days=n))
        for n, each in enumerate(contents, start=1)
    ]
    return a_dossier(records={"dates": tuple(rows)})


BOTH = {"times_of_coordinator": f"{FIRST}, {SECOND}", "times_of_aspiring": f"{SECOND}, {THIRD}"}


def test_changed_options_keep_the_answers_to_those_that_are_left() -> None:
    offer = {**_offer(FIRST, SECOND), **BOTH}

    assert _asked(offer) == []
    assert _asked(offer, {**_offer(SECOND, THIRD), **BOTH}) == []
    assert _asked(offer, {**_offer(FIRST, "2026-05-05"), **BOTH}) == ["aspiring"]
    assert _asked(offer, {**_offer("2026-05-05"), **BOTH}) == ["coordinator", "aspiring"]


def test_what_was_said_in_words_answers_only_what_was_on_offer_then() -> None:
    none_suits = {
        "times_of_aspiring": "None of them, any day in May",
        "times_of_coordinator": FIRST,
    }

    assert _asked({**_offer(FIRST, SECOND), **none_suits}) == []
    assert _asked({**_offer(FIRST, SECOND), **none_suits}, {**_offer(FIRST), **none_suits}) == []
    more = {**_offer(FIRST, SECOND, "2026-05-05"), **none_suits}
    assert _asked({**_offer(FIRST, SECOND), **none_suits}, more) == ["aspiring"]


def test_who_named_days_before_they_were_offered_has_answered() -> None:
    assert _asked(BOTH, {**_offer(SECOND), **BOTH}) == []


def test_a_moment_is_the_same_in_whatever_zone_it_was_written_and_a_day_is_only_a_day() -> None:
    moments = {"options": [{"starts_on": A_MOMENT}]}
    said = {"times_of_coordinator": "2026-04-14T12:00Z", "times_of_aspiring": FIRST}

    assert _asked({**moments, **said}) == ["aspiring"]
    assert named_by_all(_dossier({**BOTH}), VISIT) == (SECOND,)
    both = {"times_of_coordinator": A_MOMENT, "times_of_aspiring": "2026-04-14T12:00Z"}
    assert named_by_all(_dossier(both), VISIT) == (A_MOMENT,)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_whole_day_on_offer_never_shifts(zone: str) -> None:
    parties = {"aspiring": (a_party("aspiring", zone=zone),)}
    dossier = replace(_dossier({**_offer(FIRST)}), parties=parties)

    assert offered(dossier, VISIT, OPENED + timedelta(days=2)) == (Option(FIRST),)


def test_what_was_on_offer_is_told_as_of_any_moment_without_days_gone_by() -> None:
    dossier = _dossier(_offer(FIRST, SECOND), _offer(SECOND, THIRD))

    def told(at: datetime) -> list[str]:
        return [each.begins for each in offered(dossier, VISIT, at)]

    assert told(OPENED) == []
    assert told(OPENED + timedelta(days=1)) == [FIRST, SECOND]
    assert told(OPENED + timedelta(days=2)) == [SECOND, THIRD]
    assert told(datetime(2026, 4, 22, tzinfo=UTC)) == [THIRD]


def test_nothing_is_on_offer_while_a_day_stands_nor_what_was_before_it_was_lost() -> None:
    fixed = {**_offer(FIRST, SECOND), **DAYS}
    lost = {**_offer(FIRST, SECOND, THIRD), **DAYS, "accepted_by_aspiring": False}
    later = OPENED + timedelta(days=3)

    assert offered(_dossier(fixed), VISIT, later) == ()
    assert offered(_dossier(fixed, lost), VISIT, later) == (Option(THIRD),)


def test_both_have_named_since_the_answer_that_came_last() -> None:
    one = {"times_of_coordinator": FIRST}
    changed = {**BOTH, "times_of_coordinator": SECOND}

    assert named_at(_dossier(one), VISIT) is None
    assert named_at(_dossier(one, BOTH, changed), VISIT) == OPENED + timedelta(days=2)
    assert named_at(_dossier(one, BOTH, {**_offer(THIRD), **BOTH}), VISIT) is None


def test_a_moment_on_offer_lies_ahead_until_it_has_come_by_whatever_clock_and_a_day_all_day() -> (
    None
):
    east, west, day = "2026-04-15T01:00+14:00", "2026-04-13T23:30-11:00", "2026-04-14"
    dossier = _dossier(_offer(east, west, day))

    def told(day: int, hour: int, minute: int = 0) -> list[str]:
        at = datetime(2026, 4, day, hour, minute, tzinfo=UTC)
        return [each.begins for each in offered(dossier, VISIT, at)]

    assert told(14, 10, 29) == [east, west, day]
    assert told(14, 10, 30) == [east, day]
    assert told(14, 11) == [day]
    assert told(14, 23) == []


@pytest.mark.parametrize("words", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_that_no_clock_shows_is_an_answer_in_words(words: str) -> None:
    said = {"times_of_coordinator": words, "times_of_aspiring": words}

    assert _asked({**_offer(FIRST), **said}) == []
    assert named_by_all(_dossier(said), VISIT) == ()


def _sought() -> Story:
    asks = a_ladder(
        a_rung("P0D", "ask", name="ask"),
        a_rung("P7D", "nudge", every="P7D", name="nudge"),
        name="date",
        unmet=TimesNamed("visit"),
    )
    fix = a_ladder(
        a_rung("P0D", "fix", name="fix"),
        a_rung("P5D", "waits", name="waits"),
        name="fix",
        unmet=DayFixed("visit"),
    )
    workflow = a_programme()
    states = {**workflow.states, "first": a_state("first", asks, fix)}
    story = Story(replace(workflow, states=states), a_dossier())
    story.starts()
    return story


def _says(story: Story, **values: object) -> None:
    story.goes(Amended("dates", Changes(values), FACILITATOR))


def test_options_are_asked_about_at_once_and_only_who_has_not_answered_is_reminded() -> None:
    story = _sought()
    story.days_pass(9)
    _says(story, **_offer(FIRST, SECOND))
    story.days_pass(6)
    asked = story.letters().count("ask")
    _says(story, times_of_coordinator=FIRST)

    story.days_pass(8)

    view = a_view(story.dossier, story.workflow)
    (date, _) = view.workflow.state("first").ladders
    assert asked == 2
    assert "nudge" in story.letters()
    assert owners(date, view) == ("aspiring",)


def test_whoever_fixes_the_day_is_asked_the_moment_both_have_named_theirs_and_reminded_later() -> (
    None
):
    story = _sought()
    story.days_pass(20)
    _says(story, times_of_coordinator=FIRST)
    before = story.letters().count("fix")
    _says(story, times_of_aspiring=FIRST)
    story.fires()
    asked, named_on = story.letters().count("fix"), story.today
    _says(story, times_of_aspiring=SECOND)
    story.days_pass(6)

    assert (before, asked) == (0, 1)
    assert [story.letters().count(name) for name in ("fix", "waits")] == [1, 1]
    assert ask_of(a_view(story.dossier, story.workflow), "fix").open_since == named_on


def test_an_option_of_one_day_names_it_once() -> None:
    assert Option(FIRST, FIRST).words() == {"when": FIRST, "until": ""}
    assert Option(FIRST, SECOND).words() == {"when": FIRST, "until": SECOND}
