"""A telling counts on a date only where that is sure to be known and to lie in the past."""

from dataclasses import replace

from engine.checks.case import NewerThan, SignedBy
from engine.checks.values import FactIs, Present
from engine.model.definition import (
    RESUME,
    FlagType,
    OpenCase,
    State,
    Workflow,
)
from engine.model.fields import Field
from engine.model.requirement import Requirement
from engine.time.windows import Anchor
from tests.support.silent import CLOSE, GO, days
from tests.support.workflows import (
    a_final_state,
    a_ladder,
    a_record,
    a_requirement,
    a_rung,
    a_state,
    a_step,
    a_window,
    a_workflow,
    an_anchor,
    with_effects,
)


def test_what_hangs_on_the_entry_of_an_earlier_state_is_no_later_than_if_it_began_here() -> None:
    reviewing = a_state("reviewing", a_ladder(a_rung("A + P20D", every="P10D")))
    anchors = {"A": an_anchor("A", ("entered", "drafting"))}
    workflow = a_workflow(
        a_state("drafting"), reviewing, a_final_state(), steps=(GO, CLOSE), anchors=anchors
    )

    assert days(workflow)["pairing.reviewing"] == 21


def test_what_hangs_on_a_state_that_may_be_skipped_is_not_sure() -> None:
    reviewing = a_state("reviewing", a_ladder(a_rung("A + P20D", every="P10D")))
    anchors = {"A": an_anchor("A", ("entered", "middle"))}
    steps = (GO, CLOSE, a_step("in", "drafting", "middle"), a_step("on", "middle", "reviewing"))
    workflow = a_workflow(
        a_state("drafting"),
        a_state("middle"),
        reviewing,
        a_final_state(),
        steps=steps,
        anchors=anchors,
    )

    assert days(workflow)["pairing.reviewing"] is None


RECORDS = {"visit": a_record("visit", fields=(Field("held_on", "date"),))}
OPTIONAL = {"visit": a_record("visit", fields=(Field("held_on", "date", optional=True),))}


def reviewed(anchor: Anchor, *asked: Present | Requirement, **changed: object) -> int | None:
    """The silence of a state whose ladder hangs on an anchor, behind a step that asks."""
    reviewing = a_state("reviewing", a_ladder(a_rung("A + P20D", every="P10D")))
    requires = tuple(a_requirement(each) if isinstance(each, Present) else each for each in asked)
    workflow = a_workflow(
        a_state("drafting", window=a_window("B + P3M")),
        reviewing,
        a_final_state(),
        steps=(replace(GO, requires=requires), a_step("close", "reviewing", "closed")),
        **{"records": RECORDS, "anchors": {"A": anchor}, **changed},  # type: ignore[arg-type]  # fields by name
    )
    return days(workflow)["pairing.reviewing"]


HELD = an_anchor("A", ("actual", "visit.held_on"))


def test_the_day_of_a_record_is_sure_once_a_step_has_asked_for_it() -> None:
    assert reviewed(HELD, Present("record.visit")) == 21
    assert reviewed(HELD, Present("record.visit.held_on"), records=OPTIONAL) == 21
    assert reviewed(HELD) is None
    assert reviewed(HELD, Present("record.visit"), records=OPTIONAL) is None
    assert reviewed(HELD, a_requirement(Present("record.visit"), waiver=("lead",))) is None
    assert reviewed(HELD, a_requirement(Present("record.visit"), warns=True)) is None
    assert reviewed(HELD, a_requirement(FactIs("record.visit.held_on", not_in=(1,)))) is None


def test_a_date_that_may_lie_ahead_is_not_sure() -> None:
    asked = Present("record.visit")

    assert reviewed(an_anchor("A", ("planned", "visit.held_on")), asked) is None
    assert reviewed(an_anchor("A", ("forecast", "drafting")), asked) is None
    assert reviewed(an_anchor("A", ("parent", "A"))) is None


def test_of_several_sources_the_first_that_is_sure_counts() -> None:
    entered, held, planned = (
        ("entered", "drafting"),
        ("actual", "visit.held_on"),
        ("planned", "visit.held_on"),
    )

    assert reviewed(an_anchor("A", held, entered)) == 21
    assert reviewed(an_anchor("A", entered, planned)) == 21
    assert reviewed(an_anchor("A", planned, entered)) is None
    assert reviewed(an_anchor("A", held)) is None


def test_the_latest_of_several_is_sure_when_none_lies_ahead_and_one_is_known() -> None:
    entered, held, planned = (
        ("entered", "drafting"),
        ("actual", "visit.held_on"),
        ("planned", "visit.held_on"),
    )

    assert reviewed(an_anchor("A", held, entered, latest=True)) == 21
    assert reviewed(an_anchor("A", held, latest=True)) is None
    assert reviewed(an_anchor("A", planned, entered, latest=True)) is None


def test_a_resumed_stay_is_no_short_cut_past_a_state() -> None:
    reviewing = a_state("reviewing", a_ladder(a_rung("A + P20D", every="P10D")))
    workflow = a_workflow(
        a_state("starting"),
        a_state("drafting"),
        reviewing,
        a_state("resting", pauses=True),
        a_final_state(),
        steps=(
            a_step("start", "starting", "drafting"),
            GO,
            CLOSE,
            a_step("rest", ("starting", "drafting", "reviewing"), "resting"),
            a_step("wake", "resting", RESUME),
        ),
        anchors={"A": an_anchor("A", ("entered", "drafting"))},
    )

    assert days(workflow)["pairing.reviewing"] == 21


CHILD_STATE = a_state("waiting", a_ladder(a_rung("A + P20D", every="P10D")))


def a_child(**changed: object) -> Workflow:
    anchors = {"A": an_anchor("A", ("parent", "begun"))}
    return a_workflow(
        CHILD_STATE,
        a_final_state(),
        name="visiting",
        **{"anchors": anchors, **changed},  # type: ignore[arg-type]  # fields by name
    )


def a_parent(entry: State, *changed: Workflow) -> Workflow:
    del changed
    anchors = {"begun": an_anchor("begun", ("entered", "reviewing"))}
    return a_workflow(
        a_state("drafting"), entry, a_final_state(), steps=(GO, CLOSE), anchors=anchors
    )


def test_a_parents_anchor_is_sure_in_a_child_that_is_opened_after_it() -> None:
    opens = (OpenCase("visiting"),)
    inside = a_parent(a_state("reviewing", entry=opens))
    into = with_effects(a_parent(a_state("reviewing")), *opens)
    early = with_effects(
        replace(a_parent(a_state("reviewing")), transitions=(replace(CLOSE, effects=opens), GO))
    )
    plain = a_parent(a_state("reviewing"))
    anywhere = replace(plain, records={"r": a_record("r", effects=opens)})

    assert days(inside, a_child())["visiting.waiting"] == 21
    assert days(into, a_child())["visiting.waiting"] == 21
    assert days(inside, a_child(anchors={}))["visiting.waiting"] is None
    assert days(early, a_child())["visiting.waiting"] is None
    assert days(anywhere, a_child())["visiting.waiting"] is None
    assert days(plain, a_child())["visiting.waiting"] is None


def test_an_anchor_of_the_parent_needs_no_name_in_the_child() -> None:
    waiting = a_state("waiting", a_ladder(a_rung("begun + P20D", every="P10D")))
    child = a_workflow(waiting, a_final_state(), name="visiting")
    parent = a_parent(a_state("reviewing", entry=(OpenCase("visiting"),)))

    assert days(parent, child)["visiting.waiting"] == 21


def test_a_child_opened_beside_another_knows_what_that_one_knows() -> None:
    parent = a_parent(a_state("reviewing", entry=(OpenCase("visiting"),)))
    again = with_effects(a_child(), OpenCase("visiting", under_parent=True), OpenCase("calling"))
    beside = with_effects(a_child(), OpenCase("calling", under_parent=True))
    call = replace(a_child(), name="calling")

    assert days(parent, again)["visiting.waiting"] == 21
    assert days(parent, beside, call)["calling.waiting"] == 21


def test_a_flag_may_be_raised_before_anything_else() -> None:
    parent = replace(
        a_parent(a_state("reviewing")), flags={"F-01": FlagType("F-01", "Late", "red")}
    )
    flagged = replace(a_child(), name="red_flag")

    assert days(parent, flagged)["red_flag.waiting"] is None


def test_an_anchor_that_is_only_ever_its_own_parents_is_never_known() -> None:
    again = with_effects(a_child(), OpenCase("visiting"))
    round_in_itself = replace(again, anchors={"A": an_anchor("A", ("parent", "A"))})

    assert days(round_in_itself)["visiting.waiting"] is None


def test_a_signature_proves_that_the_record_is_filed() -> None:
    assert reviewed(HELD, a_requirement(SignedBy("visit", ("lead",)))) == 21
    assert reviewed(HELD, a_requirement(NewerThan("visit", "drafting"))) == 21


def test_a_record_nobody_declared_proves_nothing() -> None:
    unknown = an_anchor("A", ("actual", "vist.held_on"))

    assert reviewed(unknown, Present("record.vist")) is None
