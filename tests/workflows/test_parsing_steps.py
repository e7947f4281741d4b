"""States, ladders, effects and transitions are built as their file writes them."""

import pytest

from engine.checks.case import SignedBy
from engine.checks.values import Present
from engine.model.definition import STAY, Notify, OpenCase, RaiseFlag, SetFact, Tell
from engine.time.spans import Span
from engine.time.windows import Later, When, Window
from tests.support.garden import place, workflow
from tests.support.orchard import ORCHARD
from workflows.schema.parse import DefinitionProblemsError, parse_workflow

PLANTED = workflow("planting")
PAIRING = (ORCHARD / "pairing.yaml").read_text(encoding="utf-8")


def test_a_state_has_a_window_and_a_day_it_really_happened() -> None:
    digging = PLANTED.states["digging"]

    assert digging.window == Window(
        target=When("T0", Span(months=3)),
        opens=When("target", Span(days=-30)),
        ends=When("target", Span(months=1, days=15)),
    )
    assert (digging.actual, digging.phase) == ("record.visit_note.held_on", "growing")
    assert (digging.holds_place, digging.meets) == (True, "visit")
    assert PLANTED.states["resting"].pauses
    assert PLANTED.states["closed"].final


def test_a_ladder_runs_while_something_is_unmet() -> None:
    unsigned, forgotten = PLANTED.states["asked"].ladders

    assert unsigned.unmet == SignedBy("lease", ("mentor", "gardener"))
    assert (unsigned.calendar, unsigned.highest_only) == ("mentor", False)
    assert (unsigned.title, unsigned.rule) == ("the lease is to be signed", ("N-03",))
    assert (forgotten.unmet, forgotten.highest_only) == (None, True)
    assert forgotten.calendar == "gardener", "the first who acts"


def test_a_rung_writes_flags_fires_or_repeats() -> None:
    ask, nudge, phone, lead, again = PLANTED.states["asked"].ladders[0].rungs
    fired = PLANTED.states["asked"].ladders[1].rungs[0]

    names = ["ask", "nudge", "phone", "lead", "lead_again"]
    assert [rung.name for rung in (ask, nudge, phone, lead, again)] == names
    assert fired.name == "0", "as its timers were called before rungs had names"

    assert (ask.at, ask.letter, ask.to) == (When("entry"), "N-03.ask", ("mentor", "gardener"))
    assert (nudge.at, nudge.to) == (When("entry", Span(working_days=5)), ("whose_turn",))
    assert phone.flag is not None
    assert (phone.flag.flag, phone.flag.severity) == ("F-01", "amber")
    assert again.every == Span(working_days=10)
    assert (fired.fire, fired.letter) == ("withdraw", None)
    assert fired.at == Later((When("T0", Span(months=3)), When("visit", Span(months=1))))
    assert [rung.above for rung in (ask, phone, lead)] == [False, False, True]
    assert not again.above, "it is said that it is not"


def test_effects_are_told_apart_by_their_first_word() -> None:
    first, under, everyone, some, parent, fixed, flag = PLANTED.states["digging"].entry

    assert isinstance(first, OpenCase)
    assert dict(first.facts) == {"kind": "first", "cause": "=event.cause", "litres": 10}
    assert first.when == Present("record.plan")
    assert isinstance(under, OpenCase)
    assert under.under_parent
    assert everyone == Tell("pause", None, place=place("children: all"))
    assert some == Tell("pause", "watering", place=place("children: watering"))
    assert isinstance(parent, Tell)
    assert (parent.workflow, parent.to_parent) == (None, True)
    assert fixed == SetFact("season", "summer", place=place("set: season"))
    assert flag == RaiseFlag("F-02", "red", place=place("{flag: F-02, severity: red}"))


def test_a_transition_asks_and_leads_on() -> None:
    dig = PLANTED.transitions[0]
    signed, beds, size = dig.requires[:3]

    assert (dig.trigger, dig.title, dig.target) == ("dig", "Begin to dig", "digging")
    assert (dig.sources, dig.by, dig.rule) == (("asked",), ("facilitator",), ("S-02",))
    assert (signed.name, signed.owner, signed.waiver) == ("lease_signed", "gardener", ("lead",))
    assert (signed.says, signed.remedy) == ("The lease is signed by both.", "Send it again.")
    assert beds.no_waiver == "Nobody can eat a bed that is not there."
    assert (size.warns, size.flag) == (True, "F-02")
    assert [effect.place for effect in dig.effects] == [place("N-04.begin")]


def test_sources_are_written_out() -> None:
    sources = {step.trigger: step.sources for step in PLANTED.transitions}

    assert sources["rest"] == ("asked", "digging"), "neither final nor pausing"
    assert sources["harvest"] == ("digging",), "the open states of the phase"
    assert sources["withdraw"] == ("asked", "digging", "resting")
    assert PLANTED.transitions[2].target == "resume"


def test_a_side_holds_one_centre_unless_several_is_written() -> None:
    listed = parse_workflow(PAIRING, "pairing.yaml")
    told = PAIRING.replace(
        "sides: [coordinator, aspiring]", "sides: {coordinator: one, aspiring: several}"
    )
    several = parse_workflow(told, "pairing.yaml")

    assert (listed.sides, listed.several) == (("coordinator", "aspiring"), frozenset())
    assert (several.sides, several.several) == (listed.sides, frozenset({"aspiring"}))
    with pytest.raises(DefinitionProblemsError, match=r"pairing.yaml:7:.*several"):
        parse_workflow(told.replace("several", "some"), "pairing.yaml")


def test_a_step_may_stay() -> None:
    note = next(step for step in PLANTED.transitions if step.trigger == "note")

    assert (note.sources, note.target) == (("asked", "digging"), STAY)
    assert [each.path for each in note.effects if isinstance(each, SetFact)] == ["event.note"]


def test_a_watch_is_a_requirement_with_a_flag() -> None:
    told, wet = PLANTED.watches

    assert (told.filed, told.left, told.always) == (("plan",), ("asked",), False)
    assert (told.flag.flag, told.flag.severity) == ("F-02", "amber")
    assert told.requirement.name == "beds_told"
    assert (wet.always, wet.flag.severity) == (True, None)


def test_notices_are_effects() -> None:
    moved, lost = PLANTED.notices["moved"], PLANTED.notices["undeliverable"]

    assert [type(effect) for effect in (*moved, *lost)] == [Notify, Notify, RaiseFlag]
