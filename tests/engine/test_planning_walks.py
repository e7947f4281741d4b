"""Random lives of a case: whatever happens in whatever order, the promises of a plan hold."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.checks.case import SignedBy
from engine.checks.values import Count, Present
from engine.decide.machine import moves
from engine.model.definition import (
    RESUME,
    FlagType,
    Notify,
    OpenCase,
    RaiseFlag,
    RecordType,
    SetFact,
    Watch,
)
from engine.model.fields import Field
from engine.model.outcomes import (
    Assigned,
    Event,
    Filed,
    FlagRaised,
    Moved,
    Refreshed,
    Signed,
    Started,
    TimersDue,
    Triggered,
    Undeliverable,
    Waived,
)
from engine.time.windows import Anchor, Source
from tests.support.stories import (
    ASPIRING,
    FACILITATOR,
    LEAD,
    Story,
    a_ladder,
    a_requirement,
    a_rung,
    a_state,
    a_step,
    a_window,
    a_workflow,
)

SIGNED = SignedBy("deed", ("coordinator", "aspiring"))
WORKFLOW = a_workflow(
    a_state("first", a_ladder(a_rung("P0D", "ask"), a_rung("P5D", "nudge", every="P7D"))),
    a_state(
        "visit",
        a_ladder(
            a_rung("opens", "poll"),
            a_rung("target + P10D", flag=RaiseFlag("F-01")),
            a_rung("ends + P1D", "lead", "lead", above=True, flag=RaiseFlag("F-01", "red")),
            a_rung("ends + P60D", "lapsed", fire="lapse"),
        ),
        window=a_window("T0 + P3M", "target - P1M", "target + P1M"),
        actual="record.visit.held_on",
    ),
    a_state(
        "deed",
        a_ladder(
            a_rung("P0D", "sign", "whose_turn"),
            a_rung("P14D", "call", "facilitator", flag=RaiseFlag("F-01")),
            unmet=SIGNED,
        ),
        a_ladder(a_rung("P3WD", "note", every="P1M"), name="notes", highest_only=False),
        entry=(OpenCase("check_in", {"kind": "=fact.kind"}),),
        window=a_window("visit + P14D"),
    ),
    a_state("held", a_ladder(a_rung("P30D", "review", every="P30D")), pauses=True),
    a_state("closed", final=True),
    steps=(
        a_step("go", "first", "visit"),
        a_step(
            "go", "visit", "deed", a_requirement("held", Present("record.visit"), waiver=("lead",))
        ),
        a_step("go", "deed", "closed", a_requirement("signed", SIGNED, waiver=("lead",))),
        a_step("back", "visit deed", "first", effects=(SetFact("kind", path="event.note"),)),
        a_step("lapse", "visit", "first", by=("system",)),
        a_step("pause", "first visit deed", "held"),
        a_step("resume", "held", RESUME),
        a_step("close", "held", "closed"),
    ),
    anchors={
        "T0": Anchor("T0", (Source("entered", "visit"),)),
        "visit": Anchor("visit", (Source("actual", "visit.held_on"), Source("forecast", "visit"))),
    },
    records={
        "visit": RecordType("visit", "Visit", ("aspiring",), fields=(Field("held_on", "date"),)),
        "deed": RecordType(
            "deed", "Deed", ("aspiring",), signatories=("coordinator", "aspiring"), fields=()
        ),
    },
    flags={"F-01": FlagType("F-01", "Late", "amber", effects=(Notify("flag", ("lead",)),))},
    watches=(
        Watch(
            a_requirement("few", Count("record.visit.areas", at_least=1)),
            RaiseFlag("F-01", "info"),
            filed=("visit",),
        ),
    ),
    start_anchor="T0",
)
TRIGGERS = ("go", "back", "lapse", "pause", "resume", "close", "fly")
PATHS = {(source, step.target) for step in WORKFLOW.transitions for source in step.sources}


def _event(draw: st.DrawFn, story: Story) -> Event:
    day = story.today + timedelta(days=draw(st.integers(-20, 60)))
    side = draw(st.sampled_from(("coordinator", "aspiring", "lead")))
    by = draw(st.sampled_from((FACILITATOR, ASPIRING, LEAD)))
    there = [step.trigger for step in moves(WORKFLOW, story.dossier.state)]
    likely = draw(st.sampled_from(there or ["go"]))
    news: tuple[Event, ...] = (
        Triggered(draw(st.sampled_from(TRIGGERS)), by, "because", {"odd": [1]}),
        Filed("visit", {"held_on": day.isoformat()}, by),
        Filed("deed", {}, FACILITATOR),
        Filed("deed", {}, by, imported=True),
        Signed("deed", side, "head", min(day, story.today), by),
        Waived(draw(st.sampled_from(("held", "signed", "other"))), "because", by),
        Moved(draw(st.sampled_from(("visit", "deed", "first"))), day, "ill", by),
        FlagRaised("F-01", "seen", by, draw(st.sampled_from((None, "info", "red", "pink")))),
        TimersDue(("asks/0/0", "asks/3/0", "notes/0/1")),
        Refreshed(),
        Assigned("aspiring", "centre", "", by),
        Undeliverable("ask", side, "head", "head@example.org", "Subject", "dead"),
        Started(by),
    )
    steps: tuple[Event, ...] = (Triggered(likely, FACILITATOR),) * len(news)
    return draw(st.sampled_from((*news, *steps)))


@st.composite
def _lives(draw: st.DrawFn) -> Story:
    """A case after some events, with time going by between them, awake or asleep."""
    story = Story(WORKFLOW)
    story.starts()
    for _ in range(draw(st.integers(10, 25))):
        days = draw(st.integers(0, 25))
        if draw(st.booleans()):
            story.days_pass(days)
        else:
            down = story.sleeps(days)
            story.fires(late_since=down)
        story.happens(_event(draw, story))
    return story


@settings(max_examples=40)
@given(_lives())
def test_the_history_of_a_case_is_a_path_of_its_graph(story: Story) -> None:
    moves = [(plan.left, plan.entered) for plan in story.plans[1:] if plan.left_stay != plan.stay]

    resumed = {"first", "visit", "deed"}
    assert all(move in PATHS or (move[0] == "held" and move[1] in resumed) for move in moves)
    assert [plan.entered for plan in story.plans[:-1]] == [plan.left for plan in story.plans[1:]]


@settings(max_examples=40)
@given(_lives())
def test_a_timer_takes_effect_once_and_never_before_its_moment(story: Story) -> None:
    effects = [
        (plan.left_stay, timer.key)
        for plan in story.plans
        for timer in plan.timers.settled
        if timer.outcome not in {"cancelled", "paused"}
    ]

    assert len(effects) == len(set(effects))
    assert all(
        timer.due_at <= plan.at
        for plan in story.plans
        for timer in plan.timers.settled
        if timer.outcome in {"fired", "refused"}
    )


@settings(max_examples=40)
@given(_lives())
def test_a_baseline_once_set_is_never_changed(story: Story) -> None:
    known: dict[str, object] = {}
    for plan in story.plans:
        for name, dates in plan.dates.items():
            assert known.setdefault(name, dates.baseline) in {None, dates.baseline}
            known[name] = dates.baseline


@settings(max_examples=40)
@given(_lives())
def test_one_stay_is_open_at_a_time_and_one_pause_while_it_is_paused(story: Story) -> None:
    dossier = story.dossier
    still = [stay.number for stay in dossier.stays if stay.left_at is None]
    open_pauses = [pause for pause in dossier.pauses if pause.ended_on is None]

    assert still == [dossier.stay]
    assert len(open_pauses) == (dossier.state == "held")


@settings(max_examples=40)
@given(_lives())
def test_no_two_flags_of_one_kind_are_open_and_nobody_gets_a_letter_twice(story: Story) -> None:
    kinds = [flag for flag, _ in story.flags()]
    twice = [
        plan.letters
        for plan in story.plans
        if len({(owed.letter, owed.person) for owed in plan.letters}) < len(plan.letters)
    ]

    assert len(kinds) == len(set(kinds))
    assert twice == []


@settings(max_examples=40)
@given(_lives())
def test_what_is_armed_is_what_the_case_needs_and_looking_again_changes_nothing(
    story: Story,
) -> None:
    again = story.goes(Refreshed())

    assert not again.changed
    if story.dossier.state == "closed":
        assert story.armed() == []
