"""Rungs that take a step or raise a flag, and what that does to the others of the beat."""

from dataclasses import replace

from engine.checks.values import Present
from engine.model.definition import STAY, FlagType, RaiseFlag, SetFact
from engine.model.passing import Told
from tests.support.dossiers import OPENED, a_child
from tests.support.reminders import AMBER, ASK, LAPSES, LEAD, RED, a_reminder
from tests.support.stories import (
    Story,
    a_ladder,
    a_requirement,
    a_rung,
    a_state,
    a_step,
    a_workflow,
)


def test_a_rung_that_takes_a_step_moves_the_case_and_leaves_the_rest_cancelled() -> None:
    other = a_ladder(a_rung("P40D", "other"), name="others")
    story = a_reminder(a_ladder(ASK, LAPSES, LEAD), other)

    story.days_pass(11)

    settled = {t.key: t.outcome for t in story.plans[-1].timers.settled}
    assert story.dossier.state == "second"
    assert story.letters() == ["ask", "welcome", "lapsed"]
    assert settled == {"asks/1/0": "fired", "asks/2/0": "cancelled", "others/0/0": "cancelled"}


def test_a_rung_that_takes_a_step_and_stays_leaves_the_stay_and_its_timers_as_they_are() -> None:
    notes = a_step("note", "first", STAY, by=("system",), effects=(SetFact("noted", "yes"),))
    story = a_reminder(a_ladder(ASK, a_rung("P5D", fire="note"), LEAD), steps=(notes,))
    before = story.dossier

    story.days_pass(6)

    assert story.dossier.facts["noted"] == "yes"
    assert (story.dossier.state, story.dossier.stay) == ("first", before.stay)
    assert story.dossier.stays == before.stays
    assert [timer.key for timer in story.armed()] == ["asks/2/0"]


def test_after_downtime_a_step_that_stays_keeps_no_later_rung_from_speaking() -> None:
    notes = a_step("note", "first", STAY, by=("system",), effects=(SetFact("noted", "yes"),))
    story = a_reminder(a_ladder(a_rung("P5D", fire="note"), a_rung("P9D", "later")), steps=(notes,))

    began = story.sleeps(12)
    plan = story.fires(began)

    assert story.dossier.facts["noted"] == "yes"
    assert [letter.letter for letter in plan.letters] == ["later"]


def test_the_letter_of_an_entry_goes_to_whose_turn_it_is_there() -> None:
    story = a_reminder(a_ladder(LAPSES))

    story.days_pass(11)

    welcome, lapsed = story.plans[-1].letters
    assert (welcome.audience, welcome.ladder) == ("coordinator", "")
    assert (lapsed.audience, lapsed.ladder) == ("aspiring", "asks")


def test_what_would_have_come_due_after_a_step_never_happens() -> None:
    raising = a_ladder(a_rung("P3D", "early"), AMBER, name="raises")
    story = a_reminder(a_ladder(ASK, LAPSES), raising)

    down = story.sleeps(60)
    story.fires(late_since=down)

    assert story.dossier.state == "second"
    assert story.letters() == ["early", "welcome", "lapsed"]
    assert story.flags() == []


def test_a_step_in_a_downtime_is_taken_even_when_a_later_rung_is_due() -> None:
    story = a_reminder(a_ladder(ASK, LAPSES, a_rung("P20D", "later")))

    story.fires(late_since=story.sleeps(60))

    assert story.dossier.state == "second"
    assert "later" not in story.letters()


def test_a_step_that_is_refused_leaves_the_case_where_it_stands() -> None:
    needy = a_step("need", "first", "second", a_requirement("answer", Present("fact.answer")))
    rung = a_rung("P10D", "lapsed", fire="need", flag=RaiseFlag("F-01"))
    story = a_reminder(
        a_ladder(rung, a_rung("P11D", "later")), steps=(replace(needy, by=("system",)),)
    )

    story.sleeps(12)
    story.fires()

    assert story.dossier.state == "first"
    assert story.letters() == ["later"]
    assert story.flags() == [("F-01", "amber")]
    assert story.outcomes() == {"asks/0/0": "refused", "asks/1/0": "fired"}


def test_a_ladder_that_another_one_of_the_same_beat_ends_says_nothing() -> None:
    telling = FlagType("F-03", "Telling", "info", effects=(SetFact("answer", "yes"),))
    first = a_ladder(a_rung("P1D", flag=RaiseFlag("F-03")), name="first")
    second = a_ladder(a_rung("P2D", "second"), name="second", unmet=Present("fact.answer"))
    workflow = a_workflow(a_state("first", first, second), flags={"F-03": telling})
    story = Story(workflow)
    story.starts()

    story.sleeps(3)
    story.fires()

    assert story.letters() == []
    assert story.outcomes() == {"first/0/0": "fired", "second/0/0": "cancelled"}


def test_a_grace_given_to_a_ladder_that_ends_in_the_same_beat_is_cancelled() -> None:
    telling = FlagType("F-03", "Telling", "info", effects=(SetFact("answer", "yes"),))
    first = a_ladder(a_rung("P1D", flag=RaiseFlag("F-03")), name="first")
    second = a_ladder(LEAD, name="second", unmet=Present("fact.answer"))
    story = Story(a_workflow(a_state("first", first, second), flags={"F-03": telling}))
    story.starts()

    story.fires(late_since=story.sleeps(60))

    assert story.outcomes()["second/0/0"] == "cancelled"
    assert story.due() == {}


def test_a_flag_open_already_is_worsened_by_the_red_rung() -> None:
    story = a_reminder(a_ladder(AMBER, RED))

    story.days_pass(21)

    assert story.flags() == [("F-01", "red")]


def test_a_flag_raised_by_hand_before_is_not_raised_again() -> None:
    child = a_child(9, "red_flag", flag="F-01", severity="red", cause="seen")
    story = a_reminder(a_ladder(AMBER), children=(child,))

    story.days_pass(15)

    assert story.flags() == [("F-01", "red")]
    (told,) = story.plans[-1].passed
    assert isinstance(told, Told)
    assert (told.trigger, told.facts["cause"]) == ("follow", "seen")
    assert story.now > OPENED


def test_a_step_that_opens_only_in_the_same_beat_silences_what_comes_after_it() -> None:
    telling = FlagType("F-03", "Telling", "info", effects=(SetFact("answer", "yes"),))
    needy = a_step(
        "need",
        "first",
        "second",
        a_requirement("answer", Present("fact.answer")),
        by=("system",),
    )
    first = a_ladder(
        a_rung("P1D", flag=RaiseFlag("F-03")),
        a_rung("P2D", "moved", fire="need"),
        a_rung("P3D", "after"),
        name="first",
        highest_only=False,
    )
    second = a_ladder(a_rung("P4D", "second"), name="second")
    workflow = a_workflow(
        a_state("first", first, second), a_state("second"), steps=(needy,), flags={"F-03": telling}
    )
    story = Story(workflow)
    story.starts()

    story.sleeps(5)
    story.fires()

    assert story.dossier.state == "second"
    assert story.letters() == ["moved"]
    assert set(story.rows[1]) == {"first/0/0", "first/1/0", "first/2/0", "second/0/0"}


def test_a_ladder_that_ends_and_begins_again_in_one_beat_is_armed_and_not_settled() -> None:
    taking = FlagType("F-03", "Taking back", "info", effects=(SetFact("answer", ""),))
    first = a_ladder(a_rung("P1D", flag=RaiseFlag("F-03")), name="first")
    second = a_ladder(a_rung("P2D", "second"), name="second", unmet=Present("fact.answer"))
    story = Story(a_workflow(a_state("first", first, second), flags={"F-03": taking}))
    story.starts()
    story.dossier = replace(story.dossier, facts={"answer": "yes"})

    story.sleeps(3)
    plan = story.fires()

    assert [timer.key for timer in plan.timers.settled] == ["first/0/0"]
    assert [timer.key for timer in plan.timers.moved] == ["second/0/0"]
    assert list(story.due()) == ["second/0/0"]


def test_a_letter_of_a_rung_that_takes_a_step_goes_to_whose_turn_it_was_before() -> None:
    story = a_reminder(a_ladder(a_rung("P10D", "lapsed", "whose_turn", fire="lapse")))

    story.days_pass(11)

    letters = [(owed.letter, owed.audience) for owed in story.plans[-1].letters]
    assert letters == [("welcome", "coordinator"), ("lapsed", "aspiring")]


def test_a_flag_of_several_silent_rungs_is_told_of_at_its_gravest_at_once() -> None:
    grave = a_rung("P7D", "late", flag=RaiseFlag("F-02", "red"))
    mild = a_rung("P6D", "late", flag=RaiseFlag("F-02"))
    story = a_reminder(a_ladder(mild, grave, a_rung("P8D", "last")))

    story.sleeps(9)
    plan = story.fires()

    told = [owed.facts["severity"] for owed in plan.letters if owed.letter == "flagged"]
    assert told == ["red"]
