"""Days offered for a meeting that hardly fit it are taken with a warning."""

from dataclasses import replace
from datetime import date

import pytest

from engine.decide.offering import doubtful
from engine.model.changes import Added, Changes
from engine.model.outcomes import Amended, Filed
from engine.time.date_rules import parse_rule
from engine.time.windows import Window
from tests.support.dossiers import a_dossier, a_version
from tests.support.meetings import a_programme
from tests.support.stories import FACILITATOR, Story, a_state, a_view

OPENS, ENDS = date(2026, 3, 10), date(2026, 4, 10)
TWO = {"starts_on": "2026-03-17", "ends_on": "2026-03-18"}


def _story() -> Story:
    programme = a_programme()
    window = Window(*map(parse_rule, ("P30D", "P8D", "P39D")))
    first = replace(a_state("first"), window=window, actual="record.minutes.held_on")
    states = {**programme.states, "first": first}
    return Story(replace(programme, states=states), a_dossier())


def _offered(story: Story, *options: dict[str, str]) -> list[tuple[str, str]]:
    plan = story.goes(Filed("dates", {"options": list(options)}, FACILITATOR))
    return [(each.detail, each.remedy) for each in plan.warnings]


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (TWO, []),
        ({**TWO, "starts_on": str(OPENS)}, []),
        ({**TWO, "ends_on": str(ENDS)}, []),
        (
            {"starts_on": "2026-03-09", "ends_on": "2026-03-10"},
            ['2026-03-09 lies before 2026-03-10, from which "The visit" is planned'],
        ),
        (
            {"starts_on": "2026-04-10", "ends_on": "2026-04-11"},
            ['2026-04-11 lies after 2026-04-10, up to which "The visit" is planned'],
        ),
        ({"starts_on": "2026-03-17"}, ['2026-03-17 is one day, "The visit" lasts for several']),
    ],
)
def test_an_option_that_hardly_fits_is_taken_with_a_warning(
    option: dict[str, str], said: list[str]
) -> None:
    assert [detail for detail, _ in _offered(_story(), option)] == said


def test_only_what_is_offered_anew_is_warned_of() -> None:
    story = _story()
    assert len(_offered(story, {"starts_on": "2026-03-17"})) == 1

    more = Changes({}, added=(Added("options", {"starts_on": "2026-03-24"}),))
    plan = story.goes(Amended("dates", more, FACILITATOR))

    assert [each.detail[:10] for each in plan.warnings] == ["2026-03-24"]


def test_whoever_offers_is_told_which_days_would_fit() -> None:
    ((_, remedy),) = _offered(_story(), {"starts_on": "2026-05-04", "ends_on": "2026-05-05"})

    assert remedy == "Offer a day from 2026-03-10 until 2026-04-10, if the window is to hold."


def test_once_the_window_has_gone_by_whatever_suits_is_looked_for() -> None:
    story = _story()
    story.days_pass(60)

    assert _offered(story, {"starts_on": "2026-05-11", "ends_on": "2026-05-12"}) == []


@pytest.mark.parametrize(
    ("begins", "said"),
    [
        ("2026-03-09T23:30+00:00", []),  # the tenth, by the clocks of the office
        ("2026-03-09T10:00+00:00", ["2026-03-09 lies before 2026-03-10"]),
        ("in spring", []),
    ],
)
def test_a_moment_is_of_the_day_that_it_is_at_the_office(begins: str, said: list[str]) -> None:
    story = _story()
    meeting = replace(story.workflow.meetings["visit"], ends="")
    workflow = replace(story.workflow, meetings={"visit": meeting})
    version = a_version({"options": [{"starts_on": begins}]}, number=1)

    found = doubtful(a_view(story.dossier, workflow), "dates", None, version)

    assert [each.detail.partition(",")[0] for each in found] == said


def test_a_meeting_without_a_window_may_be_on_any_day() -> None:
    story = Story(a_programme(), a_dossier())

    assert _offered(story, {"starts_on": "2031-05-04", "ends_on": "2031-05-05"}) == []
