"""A meeting that has lost its day is sought anew: from then on, of the side that has to answer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.checks.days import turns_on
from engine.checks.meetings import DayFixed, TimesNamed
from engine.dates.view import View
from engine.letters.open_item import ask_of
from engine.model.changes import Changes
from engine.model.definition import State, Workflow
from engine.model.outcomes import Amended
from tests.support.dossiers import a_dossier, a_version
from tests.support.meetings import DAYS, LATER, a_programme
from tests.support.stories import (
    FACILITATOR,
    Story,
    a_ladder,
    a_rung,
    a_state,
    a_view,
    details,
)

NO = {"accepted_by_aspiring": False}
BOTH = {"times_of_coordinator": "In April", "times_of_aspiring": "In April"}
OFF: dict[str, object] = {"starts_on": None, "ends_on": None}


def _sought(*, needs_yes: bool = False) -> Story:
    ladder = a_ladder(
        a_rung("P0D", "ask", name="ask"),
        a_rung("P7D", "nudge", every="P7D", name="nudge"),
        name="date",
        unmet=TimesNamed("visit"),
    )
    workflow = a_programme(needs_yes=needs_yes)
    states = {**workflow.states, "first": a_state("first", ladder)}
    story = Story(_with(workflow, states), a_dossier())
    story.starts()
    return story


def _with(workflow: Workflow, states: dict[str, State]) -> Workflow:
    return replace(workflow, states=states)


def a_view_of(story: Story) -> View:
    return View(story.workflow, story.dossier, story.now)


def _says(story: Story, changes: Mapping[str, object]) -> None:
    cleared = tuple(name for name, value in changes.items() if value is None)
    values = {name: value for name, value in changes.items() if value is not None}
    story.goes(Amended("dates", Changes(values, cleared=cleared), FACILITATOR))


@pytest.mark.parametrize("lost", [NO, OFF])
def test_the_ladder_begins_anew_with_its_first_rung_on_the_day_of_the_loss(
    lost: Mapping[str, object],
) -> None:
    story = _sought()
    story.days_pass(10)
    _says(story, dict(DAYS))
    story.days_pass(10)
    before, today = story.letters().count("ask"), story.today

    _says(story, lost)
    due = story.due()
    since = ask_of(a_view_of(story), "date").open_since
    story.days_pass(20)

    assert due == {
        "date/ask/1000": f"{today}",
        "date/nudge/1000": f"{today + timedelta(days=7)}",
    }
    assert since == today
    assert story.letters().count("ask") == before + 1
    assert {"date/ask/1000", "date/nudge/1001"} <= story.outcomes().keys()


def test_a_day_that_one_side_refuses_before_the_other_has_answered_is_sought_anew() -> None:
    story = _sought(needs_yes=True)
    story.days_pass(10)
    _says(story, {**DAYS, **BOTH, "accepted_by_coordinator": True})
    story.days_pass(2)

    _says(story, NO)

    # The second time, since the day was proposed.
    assert story.due()["date/ask/2000"] == f"{story.today}"


def test_a_day_that_is_lost_once_more_is_sought_once_more() -> None:
    story = _sought()
    story.days_pass(15)
    for days in (DAYS, LATER):
        _says(story, dict(days))
        _says(story, NO)
        story.days_pass(15)

    assert {"date/ask/1000", "date/ask/2000"} <= story.outcomes().keys()


def test_times_of_before_the_loss_count_no_more_and_those_said_with_it_do() -> None:
    def asked(*contents: Mapping[str, object]) -> list[str]:
        rows = [a_version(each, number=n) for n, each in enumerate(contents, start=1)]
        view = a_view(a_dossier(records={"dates": tuple(rows)}), a_programme())
        return [str(lack.owner) for lack in TimesNamed("visit").lacks(view)]

    fixed = {**DAYS, **BOTH}
    assert asked(BOTH) == []
    assert asked(fixed, {**fixed, **NO}) == ["coordinator", "aspiring"]
    assert asked(fixed, {**fixed, **NO, "times_of_aspiring": "In May"}) == ["coordinator"]
    assert asked(fixed, BOTH) == ["coordinator", "aspiring"]


GONE = ["the day of The visit has gone by, and nothing is filed of it"]


@pytest.mark.parametrize(("grace", "said"), [(None, []), (6, []), (5, GONE)])
def test_a_day_that_has_gone_by_is_fixed_no_more_once_its_record_could_be_there(
    grace: int | None, said: list[str]
) -> None:
    begun = {"starts_on": "2026-02-23", "ends_on": "2026-02-24"}  # seen on the second of March
    view = a_view(a_dossier(records={"dates": (a_version(begun),)}), a_programme())
    check = DayFixed("visit", grace)

    assert details(check.lacks(view)) == said


def test_the_day_on_which_it_will_have_gone_by_is_looked_at() -> None:
    view = a_view(a_dossier(records={"dates": (a_version(dict(DAYS)),)}), a_programme())

    assert str(turns_on(DayFixed("visit", 5), view)) == "2026-04-21"
    assert turns_on(DayFixed("visit"), view) is None


def test_what_is_waited_for_since_a_day_went_by_says_that_day() -> None:
    ladder = a_ladder(a_rung("P10D", "fix"), name="fix", unmet=DayFixed("visit", 5))
    workflow = a_programme()
    states = {**workflow.states, "first": a_state("first", ladder)}
    story = Story(_with(workflow, states), a_dossier())
    story.starts()
    _says(story, dict(DAYS))

    story.days_pass(60)

    assert "fix" in story.letters()
    assert str(ask_of(a_view_of(story), "fix").open_since) == "2026-04-20"
