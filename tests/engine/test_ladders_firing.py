"""What due timers do: who speaks, what is superseded and why, who waits after a downtime."""

from dataclasses import replace

import pytest

from engine.checks.values import Present
from engine.model.definition import RaiseFlag
from engine.model.outcomes import TimersDue
from engine.model.passing import ChildOpened
from tests.support.dossiers import a_party, moment
from tests.support.reminders import AMBER, ASK, LEAD, NUDGE, RED, a_reminder
from tests.support.stories import a_ladder, a_rung


def test_each_rung_speaks_at_its_time_with_cause_and_ladder() -> None:
    story = a_reminder(a_ladder(ASK, NUDGE, unmet=Present("fact.answer")))

    story.days_pass(6)

    owed = story.plans[-1].letters[0]
    assert story.letters() == ["ask", "nudge"]
    assert (owed.ladder, owed.person) == ("asks", 3)
    assert owed.facts == {"cause": "the answer is not known yet", "what": "what asks for"}


def test_of_several_rungs_due_at_once_the_highest_speaks() -> None:
    story = a_reminder(a_ladder(ASK, NUDGE, LEAD))

    story.sleeps(6)
    story.fires()

    assert story.letters() == ["nudge"]
    assert story.outcomes() == {"asks/0/0": "superseded: later step due", "asks/1/0": "fired"}


def test_the_highest_is_the_higher_rung_not_the_later_day() -> None:
    reminded = a_ladder(a_rung("P0D", "ask", every="P13D"), a_rung("P12D", "phone"))
    story = a_reminder(reminded)
    story.days_pass(1)

    story.sleeps(14)
    story.fires()

    assert story.letters() == ["ask", "phone"]
    assert story.outcomes()["asks/0/1"] == "superseded: later step due"


def test_a_ladder_may_let_each_rung_speak() -> None:
    story = a_reminder(a_ladder(ASK, NUDGE, highest_only=False))

    story.sleeps(6)
    story.fires()

    assert story.letters() == ["ask", "nudge"]


def test_after_a_downtime_the_lower_rungs_say_that_they_were_superseded_by_it() -> None:
    story = a_reminder(a_ladder(ASK, NUDGE))

    down = story.sleeps(9)
    story.fires(late_since=down)

    assert story.letters() == ["nudge"]
    assert story.outcomes()["asks/0/0"] == "superseded: downtime"


def test_superseded_rungs_write_to_nobody_but_raise_their_flags() -> None:
    late = a_rung("P6D", "late", flag=RaiseFlag("F-02"))
    story = a_reminder(a_ladder(ASK, late, AMBER, RED, a_rung("P25D", "last")))

    down = story.sleeps(60)
    plan = story.fires(late_since=down)

    assert [owed.letter for owed in plan.letters] == ["last", "flagged"]
    assert sorted(story.flags()) == [("F-01", "red"), ("F-02", "info")]
    assert len([each for each in plan.passed if isinstance(each, ChildOpened)]) == 2


def test_an_escalation_whose_day_passed_in_a_downtime_waits_three_working_days() -> None:
    story = a_reminder(a_ladder(ASK, NUDGE, LEAD))

    down = story.sleeps(60)  # to Friday, 1 May
    story.fires(late_since=down)
    waiting = story.due()
    story.days_pass(6)

    assert waiting == {"asks/2/0": "2026-05-07"}
    assert story.letters() == ["nudge", "lead"]


def test_an_escalation_waits_once_only() -> None:
    story = a_reminder(a_ladder(ASK, LEAD))
    story.fires(late_since=story.sleeps(60))

    down = story.sleeps(9)
    story.fires(late_since=down)

    assert story.letters() == ["ask", "lead"]


@pytest.mark.parametrize(("asked", "waits"), [("2026-03-27", 1), ("2026-03-26", 0)])
def test_who_was_asked_three_working_days_before_the_downtime_is_escalated_at_once(
    asked: str, waits: int
) -> None:
    story = a_reminder(a_ladder(a_rung("P24D", "ask"), LEAD))
    story.now = moment(asked)
    story.fires()

    story.now = moment("2026-05-01")
    story.fires(late_since=moment("2026-03-31"))

    assert len(story.due()) == waits
    assert story.letters() == ["ask", "lead"][: 2 - waits]


def test_days_of_asking_before_a_downtime_are_those_of_the_centre_asked() -> None:
    """The downtime begins on Friday there, when it is still Thursday at the office."""
    ladder = a_ladder(a_rung("P24D", "ask"), LEAD, calendar="aspiring")
    story = a_reminder(ladder, parties={"aspiring": a_party("aspiring", zone="Pacific/Auckland")})
    story.now = moment("2026-03-31")  # a Tuesday
    story.fires()

    story.now = moment("2026-05-01")
    story.fires(late_since=moment("2026-04-02"))

    assert story.letters() == ["ask", "lead"]


@pytest.mark.parametrize(
    "outcome", ["owed", "waiting", "refused", "superseded", "withheld", "needs_human"]
)
def test_a_letter_that_reached_nobody_does_not_count_as_asking(outcome: str) -> None:
    story = a_reminder(a_ladder(ASK, LEAD))
    story.fires()
    asked = tuple(replace(each, outcome=outcome) for each in story.dossier.asked)
    story.dossier = replace(story.dossier, asked=asked)

    story.now = moment("2026-05-01")
    story.fires(late_since=moment("2026-03-31"))

    assert list(story.due()) == ["asks/1/0"]


def test_a_letter_above_does_not_count_as_asking_below() -> None:
    story = a_reminder(a_ladder(a_rung("P3D", "warned", "lead", above=True), LEAD))
    story.now = moment("2026-03-06")
    story.fires()

    story.now = moment("2026-05-01")
    story.fires(late_since=moment("2026-03-31"))

    assert story.letters() == ["warned"]


def test_a_grace_stands_until_the_date_itself_is_moved_beyond_it() -> None:
    story = a_reminder(a_ladder(ASK, LEAD))
    story.fires(late_since=story.sleeps(60))

    kept = story.timer("asks/1/0")
    story.dossier = replace(story.dossier, entered_at=moment("2026-05-04"))
    story.happens(TimersDue(()))

    assert kept.graced
    assert story.due() == {"asks/1/0": "2026-06-03"}
    assert not story.timer("asks/1/0").graced


def test_an_escalation_moved_beyond_its_grace_has_one_again_after_the_next_downtime() -> None:
    story = a_reminder(a_ladder(a_rung("P30D", "lead", "lead", above=True)))
    story.fires(late_since=story.sleeps(60))
    story.dossier = replace(story.dossier, entered_at=moment("2026-05-04"))
    story.happens(TimersDue(()))

    story.fires(late_since=story.sleeps(60))

    assert story.letters() == []
    assert story.timer("asks/0/0").graced


def test_a_timer_not_due_yet_settled_or_of_another_visit_does_nothing() -> None:
    story = a_reminder(a_ladder(ASK, NUDGE))
    story.fires()

    plan = story.goes(TimersDue(("asks/0/0", "asks/1/0", "asks/9/9", "other/0/0")))

    assert not plan.changed
    assert plan.letters == ()
    assert list(story.due()) == ["asks/1/0"]


def test_timers_of_a_ladder_that_came_to_its_end_are_cancelled() -> None:
    story = a_reminder(a_ladder(ASK, unmet=Present("fact.answer")))
    story.dossier = replace(story.dossier, facts={"answer": "yes"})

    plan = story.fires()

    assert [timer.outcome for timer in plan.timers.settled] == ["cancelled"]
    assert story.letters() == []


def test_timers_that_a_definition_no_longer_has_are_cancelled() -> None:
    story = a_reminder(a_ladder(ASK, NUDGE))
    shorter = replace(story.workflow.state("first"), ladders=(a_ladder(ASK),))
    states = {**story.workflow.states, "first": shorter}
    story.workflow = replace(story.workflow, states=states)

    story.sleeps(6)
    story.fires()

    assert story.outcomes() == {"asks/0/0": "fired", "asks/1/0": "cancelled"}


def test_who_was_asked_by_another_ladder_was_not_asked_by_this_one() -> None:
    lead = a_rung("P20D", "lead", "lead", above=True)
    story = a_reminder(a_ladder(ASK, name="others"), a_ladder(a_rung("P40D", "ask"), lead))
    story.fires()

    story.now = moment("2026-04-01")
    story.fires(late_since=moment("2026-03-20"))

    assert story.letters() == ["ask"]
