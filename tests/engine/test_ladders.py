"""Which rungs are armed, when each is due, and how a repeating one goes on."""

from dataclasses import replace

import pytest

from engine.checks.values import Present
from engine.dates.view import View
from engine.letters.grace import graced
from engine.letters.ladders import (
    LIVE_FROM,
    audience,
    begins_at,
    find,
    height,
    is_running,
    live_from,
)
from engine.letters.turns import owners
from engine.model.definition import Ladder
from engine.model.dossier import Parent, Timer
from engine.model.outcomes import Refreshed
from engine.time.windows import Anchor, Source
from tests.support.dossiers import OPENED, a_dossier, a_party, moment
from tests.support.stories import (
    Story,
    a_ladder,
    a_rung,
    a_state,
    a_step,
    a_window,
    a_workflow,
)

ASK = a_rung("P0D", "ask")
NUDGE = a_rung("P5D", "nudge")
LEAD = a_rung("P30D", "lead", "lead", above=True)
UNANSWERED = Present("fact.answer")


def _story(*ladders: Ladder, **more: object) -> Story:
    first = a_state("first", *ladders, window=a_window("visit", "visit - P30D"))
    steps = (a_step("go", "first", "second"), a_step("back", "second", "first"))
    visit = Anchor("visit", (Source("fact", "visit_on"),))
    workflow = a_workflow(first, a_state("second"), steps=steps, anchors={"visit": visit})
    return Story(workflow, a_dossier(**more))


def test_a_rung_is_due_at_the_hour_of_sending_in_the_zone_of_its_ladder() -> None:
    parties = {"aspiring": a_party("aspiring", zone="Europe/Athens")}
    story = _story(a_ladder(NUDGE, calendar="aspiring"), parties=parties)

    story.starts()

    assert story.timer("asks/0/0").due_at == moment("2026-03-07", "06:00")


def test_nothing_is_due_before_the_case_is_there() -> None:
    story = _story(a_ladder(ASK))

    story.starts()

    assert story.timer("asks/0/0").due_at == OPENED


def test_rungs_hang_on_the_window_and_wait_until_it_is_known() -> None:
    story = _story(a_ladder(a_rung("opens", "ask"), a_rung("target + P1D", "late")))

    story.starts()
    unknown = story.due()
    story.dossier = replace(story.dossier, facts={"visit_on": "2026-06-30"})
    story.happens(Refreshed())

    assert unknown == {}
    assert story.due() == {"asks/0/0": "2026-05-31", "asks/1/0": "2026-07-01"}


def test_a_ladder_whose_condition_is_met_is_not_armed() -> None:
    ladder = a_ladder(ASK, unmet=UNANSWERED)
    story = _story(ladder, facts={"answer": "yes"})

    story.starts()

    assert story.due() == {}
    assert not is_running(ladder, View(story.workflow, story.dossier, OPENED))


def test_entering_late_never_escalates_at_once() -> None:
    ladder = a_ladder(a_rung("visit", "ask"), a_rung("visit + P1D", "lead", "lead", above=True))
    story = _story(ladder, facts={"visit_on": "2026-02-01"})

    story.starts()

    assert story.due() == {"asks/0/0": "2026-03-02", "asks/1/0": "2026-03-05"}


@pytest.mark.parametrize(
    ("every", "days"),
    [
        ("P10D", ["2026-03-07", "2026-03-17", "2026-03-27", "2026-04-06"]),
        ("P1M", ["2026-03-07", "2026-04-07"]),
        ("P5WD", ["2026-03-07", "2026-03-13", "2026-03-20", "2026-03-27", "2026-04-03"]),
    ],
)
def test_a_repeating_rung_is_counted_from_its_first_day(every: str, days: list[str]) -> None:
    story = _story(a_ladder(a_rung("P5D", "again", every=every)))

    story.starts()
    story.days_pass(36)

    fired = [timer for timer in story.dossier.timers if timer.outcome == "fired"]
    assert [f"{timer.due_at:%Y-%m-%d}" for timer in fired] == days
    assert [timer.occurrence for timer in fired] == list(range(len(days)))


def test_of_the_repetitions_missed_in_a_downtime_one_speaks_for_all() -> None:
    story = _story(a_ladder(a_rung("P5D", "again", every="P10D")))
    story.starts()

    down = story.sleeps(60)
    story.fires(late_since=down)

    assert story.letters() == ["again"]
    assert story.due() == {"asks/0/6": "2026-05-07"}


def test_a_repetition_due_on_the_hour_it_was_settled_is_left_out() -> None:
    story = _story(a_ladder(a_rung("P0D", "again", every="P3D")))
    story.starts()

    story.now = moment("2026-03-08", "08:00")
    story.fires()

    assert story.due() == {"asks/0/3": "2026-03-11"}


def test_a_repetition_without_length_does_not_go_on_for_ever() -> None:
    story = _story(a_ladder(a_rung("P0D", "again", every="P0D")))
    story.starts()

    story.sleeps(5)
    story.fires()

    assert list(story.due()) == ["asks/0/2"]


def test_a_day_of_another_age_does_not_slow_the_repetition_down() -> None:
    ladder = a_ladder(a_rung("visit", "again", every="P10WD"))
    story = _story(ladder, facts={"visit_on": "1970-01-01"})
    story.starts()

    story.fires()

    assert list(story.due().values()) == ["2026-03-09"]


def test_an_import_is_quiet_until_it_goes_live() -> None:
    live = {"live_from": "2026-05-01T08:00:00+00:00"}
    story = _story(a_ladder(ASK, LEAD), facts=live)

    story.starts()

    assert begins_at(story.dossier) == moment("2026-05-01", "08:00")
    assert story.due() == {"asks/0/0": "2026-05-01", "asks/1/0": "2026-05-06"}


def test_whose_turn_it_is_is_what_the_condition_waits_for() -> None:
    signed = a_ladder(a_rung("P0D", "ask", "coordinator"), unmet=UNANSWERED)
    alone = a_ladder(a_rung("P0D", "ask", "lead"))
    story = _story(signed, alone)
    view = View(story.workflow, story.dossier, OPENED)

    assert owners(signed, view) == ("coordinator",)
    assert owners(alone, view) == ("facilitator",)  # nobody else is asked
    assert list(audience(("lead", "whose_turn"), ("aspiring",))) == ["lead", "aspiring"]


def test_a_rung_that_the_definition_no_longer_has_is_not_found() -> None:
    story = _story(a_ladder(ASK))
    names = (("asks", "0"), ("asks", "1"), ("other", "0"))

    found = [find(story.workflow, "first", Timer(name, rung, 0, OPENED)) for name, rung in names]

    assert [each is not None for each in found] == [True, False, False]


def test_a_rung_put_in_between_renames_no_other_and_moves_none() -> None:
    ask, lead = replace(ASK, name="zero"), replace(LEAD, name="alpha")
    story = _story(a_ladder(ask, lead))
    story.starts()
    story.days_pass(1)
    before = story.dossier.timers
    between = a_ladder(ask, replace(NUDGE, name="nudge"), lead)
    story.workflow = _story(between).workflow

    plan = story.goes(Refreshed())

    assert [timer.key for timer in plan.timers.armed] == ["asks/nudge/0"]
    assert (plan.timers.moved, plan.timers.settled) == ((), ())
    assert set(before) <= set(story.dossier.timers)


def test_which_rung_is_higher_is_told_by_its_place_and_not_by_its_name() -> None:
    ask, nudge = replace(ASK, name="zero"), replace(NUDGE, name="alpha")
    story = _story(a_ladder(ask, nudge))
    story.starts()

    began = story.sleeps(9)
    plan = story.fires(began)

    assert [letter.letter for letter in plan.letters] == ["nudge"]
    places = {timer.rung: height(a_ladder(ask, nudge), timer) for timer in story.dossier.timers}
    assert places == {"zero": 0, "alpha": 1}


def test_grace_is_three_working_days() -> None:
    story = _story(a_ladder(LEAD))
    view = View(story.workflow, story.dossier, OPENED)

    assert graced(view, a_ladder(LEAD), moment("2026-03-06")) == moment("2026-03-11", "07:00")


def test_grace_is_reckoned_on_the_calendar_day_of_the_centre_that_is_asked() -> None:
    parties = {"aspiring": a_party("aspiring", zone="Pacific/Auckland")}
    story = _story(a_ladder(LEAD, calendar="aspiring"), parties=parties)
    view = View(story.workflow, story.dossier, OPENED)

    # A Thursday noon at the office, the first hour of Friday at the centre.
    speaks_at = graced(view, a_ladder(LEAD, calendar="aspiring"), moment("2026-03-05"))

    assert speaks_at == moment("2026-03-10", "19:00")  # Wednesday, eight in the morning there


def test_a_stay_after_the_go_live_of_an_import_begins_when_it_is_entered() -> None:
    dossier = a_dossier(facts={LIVE_FROM: "2026-01-01T08:00:00+00:00"})

    assert begins_at(dossier) == OPENED


def test_a_child_is_quiet_until_both_it_and_its_pair_have_gone_live() -> None:
    own, pairs = "2026-05-01T08:00:00+00:00", "2026-06-01T08:00:00+00:00"
    pair = a_dossier(facts={LIVE_FROM: pairs})
    child = a_dossier(facts={LIVE_FROM: own}, parent=Parent(a_workflow(a_state("first")), pair))

    assert live_from(child) == moment("2026-06-01", "08:00")
