"""A pause interrupts a stay: the clock stands still, then the same stay goes on."""

from datetime import date

from engine.checks.values import Present
from engine.model.definition import RESUME, FlagType, RaiseFlag, SetFact, Watch
from engine.model.dossier import Pause
from engine.model.outcomes import Started, TimersDue
from engine.time.windows import Anchor, Source
from tests.support.dossiers import a_dossier, moment
from tests.support.stories import (
    FACILITATOR,
    Story,
    a_ladder,
    a_requirement,
    a_rung,
    a_state,
    a_step,
    a_window,
    a_workflow,
)

WORKFLOW = a_workflow(
    a_state(
        "first", a_ladder(a_rung("P0D", "ask"), a_rung("P10D", "nudge")), window=a_window("P1M")
    ),
    a_state(
        "held", a_ladder(a_rung("P30D", "review")), pauses=True, entry=(SetFact("held", "yes"),)
    ),
    a_state("frozen", pauses=True),
    a_state("closed", final=True),
    steps=(
        a_step("pause", "first", "held"),
        a_step("freeze", "held", "frozen"),
        a_step("resume", "held frozen", RESUME, effects=(SetFact("held", "no"),)),
        a_step("close", "first held", "closed"),
    ),
    watches=(
        Watch(a_requirement("answer", Present("fact.answer")), RaiseFlag("F-01"), left=("first",)),
    ),
    flags={"F-01": FlagType("F-01", "Silent", "amber")},
)


def _paused(after: int = 4) -> Story:
    story = Story(WORKFLOW)
    story.starts()
    story.days_pass(after)
    story.step("pause")
    return story


def test_a_pause_stops_the_timers_of_the_stay() -> None:
    story = _paused()

    assert story.rows[1]["asks/1/0"].outcome == "paused"
    assert story.rows[1]["asks/0/0"].outcome == "fired"
    assert story.due() == {"asks/0/0": "2026-04-05"}
    assert story.dossier.pauses == (Pause(date(2026, 3, 6)),)


def test_the_same_stay_goes_on_with_its_clock_shifted_by_the_pause() -> None:
    story = _paused()
    story.days_pass(20)

    plan = story.step("resume")

    assert (plan.entered, plan.stay, plan.left_stay) == ("first", 1, 2)
    assert story.dossier.entered_at == moment("2026-03-02", "09:00")
    assert story.dossier.stays[0].left_at is None
    assert story.due() == {"asks/1/0": "2026-04-01"}
    assert story.dossier.dates["first"].forecast == date(2026, 4, 22)


def test_what_took_effect_before_the_pause_is_not_repeated_after_it() -> None:
    story = _paused()
    story.days_pass(20)
    story.step("resume")

    story.days_pass(30)

    assert story.letters() == ["ask", "nudge"]


def test_entry_effects_are_not_repeated_but_those_of_the_step_are_applied() -> None:
    story = _paused()

    story.step("resume")

    assert story.dossier.facts["held"] == "no"


def test_a_timer_of_the_interrupted_stay_does_nothing_while_it_is_paused() -> None:
    story = _paused()
    story.sleeps(20)

    plan = story.goes(TimersDue(("asks/1/0",)))

    assert not plan.changed


def test_a_pause_is_no_leaving() -> None:
    story = _paused()

    assert story.dossier.dates["first"].actual is None
    assert story.flags() == []


def test_several_pauses_add_up_even_two_on_one_day() -> None:
    story = _paused()
    story.step("resume")
    story.step("pause")
    story.step("resume")
    story.step("pause")
    story.days_pass(10)
    story.step("resume")

    assert story.dossier.pauses == (
        Pause(date(2026, 3, 6), date(2026, 3, 6)),
        Pause(date(2026, 3, 6), date(2026, 3, 6)),
        Pause(date(2026, 3, 6), date(2026, 3, 16)),
    )
    assert story.due() == {"asks/1/0": "2026-03-22"}


def test_a_pause_within_a_pause_is_one_pause() -> None:
    story = _paused()
    story.days_pass(5)
    story.step("freeze")
    story.days_pass(5)

    story.step("resume")

    assert story.dossier.pauses == (Pause(date(2026, 3, 6), date(2026, 3, 16)),)
    assert story.dossier.stay == 1


def test_a_case_may_end_out_of_a_pause_and_its_clock_runs_no_more() -> None:
    story = _paused()
    story.days_pass(5)

    story.step("close")

    assert story.dossier.pauses == (Pause(date(2026, 3, 6), date(2026, 3, 11)),)
    assert story.dossier.dates["first"].actual == date(2026, 3, 6)


def test_an_imported_pause_counts_too() -> None:
    days = ("2026-01-05", "2026-01-15", "2026-02-01", "2026-02-20")
    states = ("first", "held", "first", "held")
    story = Story(WORKFLOW)
    story.goes(Started(FACILITATOR, tuple(zip(states, map(moment, days), strict=True))))
    story.days_pass(1)

    story.step("resume")

    assert story.dossier.pauses == (
        Pause(date(2026, 1, 15), date(2026, 2, 1)),
        Pause(date(2026, 2, 20), date(2026, 3, 3)),
    )
    assert (story.dossier.state, story.dossier.stay) == ("first", 3)


def test_nothing_was_interrupted_when_a_case_was_imported_as_held() -> None:
    story = Story(WORKFLOW, a_dossier())
    story.goes(Started(FACILITATOR, (("held", moment("2026-02-01")),)))

    assert story.dossier.pauses == (Pause(date(2026, 2, 1)),)
    assert story.due() == {"asks/0/0": "2026-03-03"}


def test_a_grace_outlasts_a_pause() -> None:
    lead = a_rung("P5D", "lead", "lead", above=True)
    first = a_state("first", a_ladder(lead))
    steps = (a_step("pause", "first", "held"), a_step("resume", "held", RESUME))
    story = Story(a_workflow(first, a_state("held", pauses=True), steps=steps))
    story.starts()
    story.fires(late_since=story.sleeps(60))

    story.step("pause")
    story.step("resume")

    assert story.due() == {"asks/0/0": "2026-05-06"}


def test_the_forecast_of_what_has_happened_stays_as_it_was_whatever_pauses_later() -> None:
    steps = (
        a_step("go", "first", "second"),
        a_step("pause", "second", "held"),
        a_step("resume", "held", RESUME),
    )
    workflow = a_workflow(
        a_state("first", window=a_window("T0 + P1M")),
        a_state("second", window=a_window("T0 + P3M")),
        a_state("held", pauses=True),
        steps=steps,
        anchors={"T0": Anchor("T0", (Source("entered", "first"),))},
        start_anchor="T0",
    )
    story = Story(workflow)
    story.starts()
    story.days_pass(10)
    story.step("go")

    story.step("pause")
    story.days_pass(30)
    story.step("resume")

    forecasts = {name: dates.forecast for name, dates in story.dossier.dates.items()}
    assert forecasts == {"first": date(2026, 4, 2), "second": date(2026, 7, 2)}


def test_what_was_asked_during_a_pause_is_cancelled_when_it_ends() -> None:
    story = _paused()

    plan = story.step("resume")

    assert [timer.outcome for timer in plan.timers.settled] == ["cancelled"]
