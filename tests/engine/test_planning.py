"""Every event gives a plan or a refusal with reasons; dates and timers follow from the facts."""

from dataclasses import replace
from datetime import date

import pytest

from engine.decide.step import step
from engine.errors import DefinitionError
from engine.model.definition import RecordType
from engine.model.dossier import MilestoneDates
from engine.model.fields import Field
from engine.model.outcomes import (
    Assigned,
    Event,
    Filed,
    FlagRaised,
    Moved,
    Refreshed,
    Refusal,
    Signed,
    Started,
    TimersDue,
    Triggered,
    Undeliverable,
    Waived,
    WroteBack,
)
from engine.model.plan import Plan
from engine.time.date_rules import parse_rule
from engine.time.windows import Anchor, Source, Window
from tests.support.dossiers import OPENED, a_dossier
from tests.support.stories import (
    FACILITATOR,
    Story,
    a_ladder,
    a_rung,
    a_state,
    a_step,
    a_window,
    a_workflow,
)

MID = Window(parse_rule({"later_of": ["T0 + P12M", "visit + P8M"]}))
WORKFLOW = a_workflow(
    a_state("matched"),
    a_state("first", a_ladder(a_rung("mid - P30D", "prepare"))),
    a_state("visit", window=a_window("T0 + P3M", ends="T0 + P4M"), actual="record.visit.held_on"),
    a_state("mid", window=MID),
    steps=(a_step("formalise", "matched", "first"),),
    anchors={
        "T0": Anchor("T0", (Source("entered", "first"),)),
        "visit": Anchor("visit", (Source("actual", "visit.held_on"), Source("forecast", "visit"))),
        "mid": Anchor("mid", (Source("forecast", "mid"),)),
    },
    records={"visit": RecordType("visit", "Visit", ("coordinator",), fields=())},
    start_anchor="T0",
)


def _formalised() -> Story:
    story = Story(WORKFLOW)
    story.starts()
    story.step("formalise")
    return story


def _held(story: Story, day: str) -> Plan:
    fields = replace(WORKFLOW.records["visit"], fields=(Field("held_on", "date"),))
    story.workflow = replace(WORKFLOW, records={"visit": fields})
    return story.files("visit", held_on=day)


EVENTS: list[tuple[Event, str | None]] = [
    (Started(FACILITATOR), "started"),
    (Triggered("formalise", FACILITATOR), "formalise"),
    (Triggered("fly", FACILITATOR), "fly"),
    (Filed("deck", {}, FACILITATOR), "deck"),
    (Signed("deck", "lead", "head", date(2026, 3, 2), FACILITATOR), "deck"),
    (Waived("rule", "because", FACILITATOR), "rule"),
    (Moved("first", date(2026, 5, 1), "ill", FACILITATOR), "first"),
    (FlagRaised("F-01", "seen", FACILITATOR), "F-01"),
    (TimersDue(()), None),
    (Refreshed(), None),
    (Assigned("coordinator", "centre", "", FACILITATOR), None),
    (Undeliverable("", "aspiring", "aspiring 3", "a@example.org", "Subject", "dead"), None),
    (WroteBack("aspiring 3", "Subject", ("Yes.",)), None),
]


@pytest.mark.parametrize(("event", "asked"), EVENTS, ids=range(len(EVENTS)))
def test_every_event_gives_a_plan_or_a_refusal_that_names_what_was_asked(
    event: Event, asked: str | None
) -> None:
    outcome = step(WORKFLOW, _formalised().dossier, event, OPENED)

    if asked is None:
        assert isinstance(outcome, Plan)
    else:
        assert isinstance(outcome, Refusal)
        assert (outcome.asked, outcome.state, outcome.case_id) == (asked, "first", 7)
        assert outcome.unmet


def test_nothing_is_forecast_before_the_start_and_the_start_sets_the_baseline() -> None:
    story = Story(WORKFLOW)
    before = story.starts()

    plan_ = story.step("formalise")

    assert before.dates == {}
    assert plan_.dates == {
        "visit": MilestoneDates(baseline=date(2026, 6, 2), forecast=date(2026, 6, 2)),
        "mid": MilestoneDates(baseline=date(2027, 3, 2), forecast=date(2027, 3, 2)),
    }
    assert plan_.touches_children


@pytest.mark.parametrize(
    ("held", "mid", "due"),
    [
        ("2026-06-10", date(2027, 3, 2), "2027-01-31"),
        ("2026-08-03", date(2027, 4, 3), "2027-03-04"),
    ],
)
def test_the_checkpoint_is_at_the_later_of_month_twelve_and_eight_months_after_the_visit(
    held: str, mid: date, due: str
) -> None:
    story = _formalised()

    _held(story, held)

    assert story.dossier.dates["visit"].actual == date.fromisoformat(held)
    assert story.dossier.dates["mid"] == MilestoneDates(baseline=date(2027, 3, 2), forecast=mid)
    assert story.due() == {"asks/0/0": due}


def test_a_corrected_record_corrects_the_actual_day() -> None:
    story = _formalised()
    _held(story, "2026-06-10")

    _held(story, "2026-06-11")

    assert story.dossier.dates["visit"].actual == date(2026, 6, 11)


def test_an_actual_day_known_from_elsewhere_is_kept() -> None:
    known = {"visit": MilestoneDates(actual=date(2026, 1, 2))}
    story = Story(WORKFLOW, a_dossier(dates=known))

    story.starts()
    story.step("formalise")

    assert story.dossier.dates["visit"].actual == date(2026, 1, 2)


def test_a_forecast_that_hangs_on_nothing_any_more_is_taken_back() -> None:
    workflow = a_workflow(
        a_state("first", window=a_window("held")),
        anchors={"held": Anchor("held", (Source("fact", "held_on"),))},
    )
    story = Story(workflow, a_dossier(facts={"held_on": "2026-04-01"}))
    story.starts()
    story.dossier = replace(story.dossier, facts={})

    plan_ = story.goes(Refreshed())

    assert plan_.dates == {"first": MilestoneDates()}
    assert plan_.changed


def test_looking_again_without_news_changes_nothing() -> None:
    story = _formalised()

    plan_ = story.goes(Refreshed())

    assert not plan_.changed
    assert not plan_.touches_children
    assert story.goes(Assigned("coordinator", "centre", "", FACILITATOR)).changed


def test_a_state_that_is_not_there_is_named() -> None:
    with pytest.raises(DefinitionError, match="no state nowhere in workflow story"):
        WORKFLOW.state("nowhere")
