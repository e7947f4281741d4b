"""What the day alone changes has a timer: nothing else need touch the case for it to be seen."""

import inspect
from datetime import date, timedelta
from itertools import pairwise

import pytest

from engine.checks.case import NoneOverdue
from engine.checks.dated import ToCome
from engine.checks.days import turns_on, value_turns_on
from engine.checks.meetings import DayFixed
from engine.checks.programme import AnyOf, LoadWithin
from engine.checks.values import Between, FactIs, Same
from engine.checks.vocabulary import CHECKS
from engine.dates.view import View
from engine.letters.day_watch import WATCH
from engine.lint.paths import _CASE
from engine.model.check import Check
from engine.model.definition import FlagType, RaiseFlag, RecordType, Watch
from engine.model.dossier import Dossier, Parent
from engine.model.fields import Field
from engine.time.windows import Anchor, Source
from tests.support.dossiers import a_dossier, moment
from tests.support.stories import (
    Story,
    a_ladder,
    a_requirement,
    a_rung,
    a_state,
    a_step,
    a_view,
    a_workflow,
)

ROW = (Field("title", "text"), Field("milestone", "date"), Field("state", "text"))
OVERDUE = NoneOverdue("record.plan.rows", "milestone", grace=30, unless={"state": "done"})

# What asks for today itself. The load of a week gone by is dropped: met again, never met no more.
BY_THE_DAY = (ToCome, NoneOverdue, LoadWithin, DayFixed)


def _story(check: Check) -> Story:
    """A case that is watched all the time, with a plan of two milestones."""
    story = Story(
        a_workflow(
            a_state("first"),
            a_state("closed", final=True),
            steps=(a_step("close", "first", "closed"),),
            start_anchor="T0",
            anchors={"T0": Anchor("T0", (Source("entered", "first"),))},
            records={
                "plan": RecordType("plan", "Plan", (), fields=(Field("rows", "rows", rows=ROW),))
            },
            flags={"F-10": FlagType("F-10", "Overdue", "amber")},
            watches=(Watch(a_requirement("in_time", check), RaiseFlag("F-10"), always=True),),
        )
    )
    story.starts()
    story.files(
        "plan",
        rows=[
            {"title": "A", "milestone": "2026-03-20", "state": "open"},
            {"title": "B", "milestone": "2026-03-10", "state": "done"},
        ],
    )
    return story


def test_a_milestone_that_goes_by_is_flagged_on_its_day_though_nothing_happens() -> None:
    story = _story(OVERDUE)

    story.days_pass(47)  # the 18th of April
    before = story.flags()
    story.days_pass(2)

    assert before == []
    assert story.flags() == [("F-10", "amber")]
    assert story.plans[-1].at.date().isoformat() == "2026-04-20"


def test_a_watch_has_one_timer_and_none_once_the_case_has_ended() -> None:
    story = _story(OVERDUE)

    armed = [timer.ladder for timer in story.armed()]
    story.step("close")

    assert armed == [WATCH]
    assert story.armed() == []


def test_a_milestone_put_off_moves_the_day_it_is_looked_at() -> None:
    story = _story(OVERDUE)

    story.files("plan", rows=[{"title": "A", "milestone": "2026-05-01", "state": "open"}])
    story.days_pass(60)

    assert story.flags() == []


def test_a_ladder_begins_on_the_day_its_condition_turns() -> None:
    ladder = a_ladder(a_rung("P0D", "late"), unmet=ToCome("fact.until"))
    story = Story(a_workflow(a_state("first", ladder)), a_dossier(facts={"until": "2026-03-20"}))
    story.starts()

    story.days_pass(17)
    before = story.letters()
    story.days_pass(2)

    assert before == []
    assert story.letters() == ["late"]


def test_the_next_day_of_several_is_the_first_to_come_and_a_check_of_facts_has_none() -> None:
    view = a_view(a_dossier(facts={"one": "2026-03-20", "two": "2026-03-12", "past": "2026-01-01"}))
    several = AnyOf((ToCome("fact.one"), ToCome("fact.two"), ToCome("fact.past")))

    day = turns_on(several, view)

    assert day is not None
    assert day.isoformat() == "2026-03-12"
    assert turns_on(FactIs("fact.one", one_of=("x",)), view) is None


def test_a_month_that_turns_is_seen_on_its_day_though_nothing_happens() -> None:
    story = _story(Between("case.month", at_most=2))

    story.days_pass(60)  # the 1st of May, still in the second month
    before = story.flags()
    story.days_pass(1)

    assert before == []
    assert story.flags() == [("F-10", "amber")]
    assert story.plans[-1].at.date().isoformat() == "2026-05-02"


def test_every_value_that_the_day_alone_changes_has_a_day_on_which_it_turns() -> None:
    story = _story(OVERDUE)
    today = View(story.workflow, story.dossier, story.now)
    later = View(story.workflow, story.dossier, story.now + timedelta(days=400))
    paths = {f"case.{name}" for name in _CASE}

    by_the_day = {path for path in paths if today.value(path) != later.value(path)}

    assert by_the_day == {path for path in paths if value_turns_on(path, today)}
    assert by_the_day == {"case.month"}


COUNTED = a_workflow(
    a_state("first"),
    anchors={"T0": Anchor("T0", (Source("fact", "began_on"),))},
    start_anchor="T0",
)


def _begun(on: str) -> Dossier:
    return a_dossier(facts={"began_on": on})


@pytest.mark.parametrize("began_on", ["2026-02-10", "2026-01-31", "2026-08-01", "2027-02-28"])
def test_the_running_month_turns_on_the_days_foretold_and_on_no_others(began_on: str) -> None:
    days = [date(2026, 3, 2) + timedelta(days=number) for number in range(400)]
    seen = [View(COUNTED, _begun(began_on), moment(day.isoformat())) for day in days]

    turned = {
        later.today
        for one, later in pairwise(seen)
        if one.value("case.month") != later.value("case.month")
    }
    foretold = {day for each in seen if (day := value_turns_on("case.month", each)) is not None}

    assert turned
    assert {day for day in foretold if day <= days[-1]} == turned


@pytest.mark.parametrize("path", ["case.month", "parent.case.month"])
def test_a_child_sees_the_month_of_its_parent_turn(path: str) -> None:
    child = a_view(a_dossier(parent=Parent(COUNTED, _begun("2026-02-10"))))

    day = turns_on(Same("fact.month", path), child)

    assert day == date(2026, 3, 10)
    assert value_turns_on("parent.case.month", a_view(a_dossier())) is None
    assert value_turns_on("case.month", a_view(a_dossier(), COUNTED)) is None


def test_no_check_asks_for_today_without_being_known_to_turn_by_the_day() -> None:
    asking = {kind for kind in CHECKS.values() if _asks_for_today(kind)}

    assert asking == set(BY_THE_DAY)


def _asks_for_today(kind: type[Check]) -> bool:
    written = inspect.getsource(kind)
    return ".today" in written or "view.now" in written
