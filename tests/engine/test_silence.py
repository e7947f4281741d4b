"""The announced silence of a state: exact where it can be, for ever where nobody is sure."""

from dataclasses import replace
from datetime import date

import pytest

from engine.lint.silence import Silence, silences
from engine.lint.witnesses import Witness
from engine.model.definition import (
    RESUME,
    STAY,
    Ladder,
    RaiseFlag,
    State,
    Workflow,
)
from tests.support.silent import CLOSE, NEVER, days
from tests.support.workflows import (
    a_final_state,
    a_ladder,
    a_letter,
    a_programme,
    a_requirement,
    a_rung,
    a_state,
    a_step,
    a_workflow,
    silent_rung,
)


def days_of(*ladders: Ladder) -> int | None:
    workflow = a_workflow(a_state("drafting", *ladders), a_final_state())
    return days(workflow)["pairing.drafting"]


# One day more than the days between: entered after midnight, told at eight.
LADDERS = {
    "weekly": (a_ladder(a_rung("P7D", every="P7D")), 8),
    "first is long": (a_ladder(a_rung("P30D", every="P7D")), 31),
    "repeating is long": (a_ladder(a_rung("P0D"), a_rung("P5D", every="P30D")), 31),
    "between is long": (a_ladder(a_rung("P5D"), a_rung("P44D", every="P7D")), 40),
    "a month is 31 days": (a_ladder(a_rung("P1M", every="P1M")), 32),
    "a month after two weeks": (a_ladder(a_rung("P14D"), a_rung("P2M", every="P1D")), 49),
    "five working days with ten holidays": (a_ladder(a_rung("P5WD", every="P1D")), 22),
    "working days after working days": (
        a_ladder(a_rung("P1WD"), a_rung("P2WD"), a_rung("P3WD", every="P1D")),
        18,
    ),
    "above waits for three working days": (a_ladder(a_rung("P1D", every="P1D", above=True)), 20),
    "a flag tells nobody": (
        a_ladder(a_rung("P5D"), silent_rung("P9D"), a_rung("P20D", every="P7D")),
        16,
    ),
}


@pytest.mark.parametrize("kind", LADDERS)
def test_the_silence_of_one_ladder_is_the_longest_of_its_waits(kind: str) -> None:
    ladder, expected = LADDERS[kind]

    assert days_of(ladder) == expected


SILENT = {
    "never repeats": a_ladder(a_rung("P7D")),
    "only while unmet": a_ladder(unmet=NEVER),
    "repeats a flag only": a_ladder(a_rung("P7D"), silent_rung("P9D", every="P7D")),
    "hangs on what is not known": a_ladder(a_rung("ends + P7D", every="P7D")),
    "superseded by a flag on its day": a_ladder(a_rung("P10WD", every="P7D"), silent_rung("P14D")),
    "fires what may be refused": a_ladder(a_rung("P7D", fire="close", every="P7D")),
}


@pytest.mark.parametrize("kind", SILENT)
def test_a_ladder_that_may_fall_silent_promises_nothing(kind: str) -> None:
    assert days_of(SILENT[kind]) is None


def test_two_ladders_together_keep_a_state_from_silence() -> None:
    early = a_ladder(a_rung("P14D"), a_rung("P30D"), name="early")
    late = a_ladder(a_rung("P60D", every="P30D"), name="late")

    assert days_of(late) == 61
    assert days_of(early, late) == 31


def test_centres_in_different_places_may_be_a_day_apart() -> None:
    early = a_ladder(a_rung("P14D"), name="early", calendar="aspiring")
    late = a_ladder(a_rung("P60D", every="P30D"), name="late")

    assert days_of(early, late) == 60 - 14 + 1 + 1


def test_a_repeating_ladder_that_began_earlier_goes_on_beside_another() -> None:
    monthly = a_ladder(a_rung("P10D", every="P30D"), name="monthly")
    once = a_ladder(a_rung("P12D"), name="once")

    assert days_of(monthly, once) == 31


def waiting(*rungs: object, target: State | None = None, **step: object) -> Workflow:
    """Waits for ten days, or as the rungs say, and goes on to a state by itself."""
    fires = a_step("go", "drafting", "reviewing", by=("system",))
    ladder = a_ladder(*(rungs or (silent_rung("P10D", fire="go"),)))  # type: ignore[arg-type]  # rungs
    return a_workflow(
        a_state("drafting", ladder),
        target or a_state("reviewing", a_ladder(a_rung("P7D", every="P30D"))),
        a_final_state(),
        steps=(replace(fires, **step), CLOSE),  # type: ignore[arg-type]  # fields by name
    )


def test_a_timer_that_moves_the_case_passes_the_silence_on() -> None:
    assert days(waiting()) == {"pairing.drafting": 18, "pairing.reviewing": 31}


def test_the_step_a_timer_takes_may_tell_by_itself() -> None:
    told = a_letter(to=("lead",))
    entry = a_state("reviewing", entry=(told,))

    assert days(waiting(effects=(told,)))["pairing.drafting"] == 11
    assert days(waiting(target=entry))["pairing.drafting"] == 11
    assert days(waiting(a_rung("P10D", fire="go")))["pairing.drafting"] == 11
    assert days(waiting(effects=(replace(told, when=NEVER),)))["pairing.drafting"] == 18


def test_a_step_that_may_be_refused_or_a_ladder_that_may_end_passes_nothing_on() -> None:
    refusable = waiting(requires=(a_requirement(),))
    warned = waiting(requires=(a_requirement(warns=True),))

    assert days(refusable)["pairing.drafting"] is None
    assert days(warned)["pairing.drafting"] == 18


def test_a_case_that_ends_by_itself_is_not_silent() -> None:
    found = silences(a_programme(waiting(target=a_final_state("reviewing"))))

    assert found[0].who == ()
    assert str(found[0]) == (
        "pairing.drafting: 11 days until the case is over, "
        "at the entry of reviewing, by ladder reminders having led on"
    )


def test_a_timer_that_may_move_the_case_just_before_a_telling_adds_its_silence() -> None:
    maybe = a_ladder(silent_rung("P5D", fire="go"), name="maybe", unmet=NEVER)
    tells = a_ladder(a_rung("P10D"), a_rung("P30D", every="P10D"))
    plain = waiting()
    states = {**plain.states, "drafting": a_state("drafting", tells, maybe)}

    assert days(replace(plain, states=states))["pairing.drafting"] == 20 + 7 + 1


def test_a_timer_that_comes_after_a_telling_breaks_only_the_wait_behind_it() -> None:
    workflow = waiting(a_rung("P9D"), silent_rung("P10D", fire="go"))

    assert days(workflow)["pairing.drafting"] == 10


def test_timers_that_lead_round_without_a_telling_are_silent_for_ever() -> None:
    back = a_step("back", "reviewing", "drafting", by=("system",))
    plain = waiting(target=a_state("reviewing", a_ladder(silent_rung("P9D", fire="back"))))
    workflow = replace(plain, transitions=(*plain.transitions, back))

    assert days(workflow) == {"pairing.drafting": None, "pairing.reviewing": None}


def test_a_timer_that_resumes_a_stay_must_tell() -> None:
    def resting(*effects: object) -> Workflow:
        wake = a_step("wake", "resting", RESUME, by=("system",), effects=effects)
        rest = a_step("rest", "drafting", "resting")
        state = a_state("resting", a_ladder(silent_rung("P9D", fire="wake")), pauses=True)
        return a_workflow(a_state("drafting"), state, a_final_state(), steps=(CLOSE, rest, wake))

    assert days(resting())["pairing.resting"] is None
    assert days(resting(a_letter()))["pairing.resting"] == 10
    assert days(resting(RaiseFlag("F-01")))["pairing.resting"] is None


def test_a_timer_that_leaves_the_case_where_it_is_ends_no_silence_and_leads_nowhere() -> None:
    def waiting_on(target: str) -> Workflow:
        step = a_step("go", "drafting", target, by=("system",), effects=(a_letter(),))
        ladder = a_ladder(silent_rung("P3D", fire="go"))
        states = (a_state("drafting", ladder), a_state("reviewing"), a_final_state())
        return a_workflow(*states, steps=(CLOSE, step))

    assert days(waiting_on("reviewing"))["pairing.drafting"] == 4
    assert days(waiting_on(STAY))["pairing.drafting"] is None


def test_a_timer_may_take_the_longest_of_several_moves() -> None:
    asking = a_step("go", "drafting", "reviewing", by=("system",), requires=(a_requirement(),))
    close = a_step("go", "drafting", "closed", by=("system",), effects=(a_letter(),))
    ladder = a_ladder(silent_rung("P3D", fire="go"))
    late = a_state("reviewing", a_ladder(a_rung("P30D", every="P30D")))
    workflow = a_workflow(
        a_state("drafting", ladder), late, a_final_state(), steps=(CLOSE, asking, close)
    )

    assert days(workflow)["pairing.drafting"] == 34


def test_a_silence_is_named_with_who_ends_it() -> None:
    found = silences(a_programme(waiting()))[-1]

    witness = Witness(date(2027, 7, 1), "reminders.rung_0")
    by = "by ladder reminders"
    assert found == Silence("pairing", "reviewing", 31, ("facilitator",), by, witness)
    assert str(found) == "pairing.reviewing: 31 days until facilitator is told, by ladder reminders"


def test_silence_for_ever_is_said_to_be_one() -> None:
    workflow = a_workflow(a_state("drafting", a_ladder(a_rung("P7D"))), a_final_state())

    (found,) = silences(a_programme(replace(workflow, name="visiting")))

    assert found.days is None
    assert str(found) == (
        "visiting.drafting: silent for ever, "
        "no telling is sure to come, and to be repeated, in drafting"
    )


def test_one_day_is_said_in_the_singular() -> None:
    assert "1 day until lead is told" in str(Silence("a", "b", 1, ("lead",), "at once"))


def test_a_programme_without_an_open_state_has_no_silence() -> None:
    assert silences(a_programme(a_workflow(a_final_state()))) == ()
