"""Starting, taking steps, and the effects of both, one after the other."""

from datetime import datetime

import pytest

from engine.model.dossier import MilestoneDates
from engine.model.outcomes import Started
from tests.support.dossiers import OPENED, a_dossier, moment
from tests.support.stepping import a_case
from tests.support.stories import (
    FACILITATOR,
    Story,
    a_state,
    a_step,
    a_window,
    a_workflow,
)


def test_a_case_does_not_start_twice() -> None:
    story = a_case()

    assert [each.detail for each in story.refused(Started(FACILITATOR))] == [
        "PAIR-07 has begun already"
    ]


def test_an_imported_case_stands_where_it_is_and_tells_nobody() -> None:
    history = (("first", moment("2026-01-05")), ("second", moment("2026-02-01")))
    story = Story(a_case().workflow)

    plan = story.goes(Started(FACILITATOR, history))

    assert (story.dossier.state, story.dossier.stay) == ("second", 2)
    assert [stay.left_at for stay in story.dossier.stays] == [moment("2026-02-01"), None]
    assert story.dossier.entered_at == moment("2026-02-01")
    assert plan.letters == ()
    assert plan.holds_place
    assert list(story.due()) == ["asks/0/0"]


@pytest.mark.parametrize(
    ("history", "detail"),
    [
        ((("third", OPENED),), "no state third"),
        (
            (("second", OPENED), ("first", moment("2026-02-01"))),
            "the states it went through are not in the order of their days, up to today",
        ),
        (
            (("first", moment("2026-12-01")),),
            "the states it went through are not in the order of their days, up to today",
        ),
    ],
)
def test_an_import_that_cannot_be_is_refused(
    history: tuple[tuple[str, datetime], ...], detail: str
) -> None:
    story = Story(a_case().workflow)

    assert [each.detail for each in story.refused(Started(FACILITATOR, history))] == [detail]


def test_a_step_ends_one_stay_and_begins_the_next() -> None:
    story = a_case()
    story.now = moment("2026-03-10")

    plan = story.step("go")

    assert (plan.left, plan.entered, plan.left_stay, plan.stay) == ("first", "second", 1, 2)
    assert plan.moved
    assert story.dossier.stays[0].left_at == moment("2026-03-10")
    assert story.dossier.facts["entered"] == "yes"


def test_a_state_entered_again_is_a_new_visit_whose_timers_start_afresh() -> None:
    story = a_case()
    story.days_pass(6)
    story.step("go")

    story.step("back")
    due = story.due()
    story.days_pass(6)

    assert story.dossier.stay == 3
    assert due == {"asks/0/0": "2026-03-13"}
    assert story.letters().count("nudge") == 2
    assert story.rows[2]["asks/0/0"].outcome == "cancelled"


def test_a_step_back_into_the_same_state_is_a_new_visit_too() -> None:
    story = a_case()

    plan = story.step("again")

    assert (plan.left_stay, plan.stay) == (1, 2)
    assert story.rows[1]["asks/0/0"].outcome == "cancelled"


def test_a_final_state_closes_the_case_and_arms_nothing() -> None:
    story = a_case()

    plan = story.step("close")

    assert plan.closed
    assert not plan.holds_place
    assert story.due() == {}


def test_a_step_of_a_case_whose_stays_are_not_known_begins_the_next() -> None:
    story = Story(a_case().workflow, a_dossier(stay=4))

    assert story.step("go").stay == 5


def test_a_state_left_is_the_actual_day_of_its_milestone() -> None:
    workflow = a_workflow(
        a_state("first", window=a_window("P1M")),
        a_state("second"),
        steps=(a_step("go", "first", "second"),),
    )
    story = Story(workflow)
    story.starts()

    story.days_pass(3)
    story.step("go")

    assert story.dossier.dates["first"] == MilestoneDates(
        forecast=moment("2026-04-02").date(), actual=moment("2026-03-05").date()
    )
