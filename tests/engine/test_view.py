"""What a path leads to, in a case, in its parent, and when there is nothing yet."""

from datetime import date

import pytest

from engine.dates.view import View, as_actual, dig, interrupted_stay
from engine.model.definition import RecordType, Workflow
from engine.model.dossier import Dossier, MilestoneDates, Parent, Stay
from engine.time.windows import Anchor, Source
from tests.support.dossiers import a_dossier, a_party, a_version, moment
from tests.support.stories import a_state, a_view, a_window, a_workflow

WORKFLOW = a_workflow(
    a_state("first", window=a_window("T0 + P1M", "T0")),
    a_state("held", pauses=True),
    a_state("met", actual="record.visit.held_on"),
    anchors={
        "T0": Anchor("T0", (Source("fact", "began_on"),)),
        "never": Anchor("never", ()),
    },
    records={"visit": RecordType("visit", "Visit", ("aspiring",))},
    start_anchor="T0",
)
VISIT = {"held_on": "2026-05-04", "areas": [{"name": "care"}, {"name": "data"}, "odd"]}


def _case(**changes: object) -> Dossier:
    known: dict[str, object] = {
        "records": {"visit": (a_version(), a_version(VISIT, number=2, filed="2026-05-06"))},
        "facts": {"began_on": "2026-02-10", "nested": {"deep": 1}},
        "dates": {"first": MilestoneDates(baseline=date(2026, 3, 1))},
        "parties": {"coordinator": a_party("coordinator"), "aspiring": a_party("aspiring")},
    }
    return a_dossier(**{**known, **changes})


PATHS = [
    ("record.visit.held_on", "2026-05-04"),
    ("record.visit.version", 2),
    ("record.visit.filed_on", "2026-05-06"),
    ("record.visit.areas.name", ["care", "data"]),
    ("record.visit.areas.name.more", []),
    ("record.visit.held_on.more", None),
    ("record.unknown", None),
    ("fact.began_on", "2026-02-10"),
    ("fact.nested.deep", 1),
    ("fact.unknown", None),
    ("parties.coordinator.short_name", "Coordinator"),
    ("parties.coordinator.beds", None),
    ("parties.lead.name", "Centre of office"),
    ("date.first.target", "2026-03-10"),
    ("date.first", "2026-03-10"),
    ("date.first.opens", "2026-02-10"),
    ("date.first.ends", None),
    ("date.first.baseline", "2026-03-01"),
    ("date.met.baseline", None),
    ("date.unknown.target", None),
    ("anchor.T0", "2026-02-10"),
    ("anchor.never", None),
    ("anchor.unknown", None),
    ("case.reference", "PAIR-07"),
    ("case.name", "Coordinator \N{EN DASH} Aspiring"),
    ("case.month", 1),
    ("case.state", "first"),
    ("case.state_title", "First"),
    ("case.since", "2026-03-02"),
    ("case.unknown", None),
    ("event.note", "we met"),
    ("parent.fact.began_on", None),
    ("nowhere.at_all", None),
    ("", None),
]


@pytest.mark.parametrize(("path", "value"), PATHS)
def test_a_path_leads_to_a_plain_value(path: str, value: object) -> None:
    assert a_view(_case(), WORKFLOW, note="we met").value(path) == value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        *[each for each in PATHS if each[0].split(".")[0] in {"record", "fact", "date", "anchor"}],
        ("parent.case.state", "first"),
        ("case.name", "Coordinator \N{EN DASH} Aspiring"),
        ("case.month", 1),
        ("case.state", "small"),
        ("parties.coordinator.short_name", "Coordinator"),
        ("event.note", None),
    ],
)
def test_what_a_child_does_not_know_it_looks_up_in_its_parent(path: str, value: object) -> None:
    small = a_workflow(a_state("small"))
    child = a_dossier(state="small", parent=Parent(WORKFLOW, _case()), parties={})

    assert a_view(child, small).value(path) == value


@pytest.mark.parametrize(
    ("today", "month"), [("2026-02-09", 0), ("2026-02-10", 1), ("2026-03-09", 1), ("2026-03-10", 2)]
)
def test_the_running_month_turns_on_the_day_of_the_start(today: str, month: int) -> None:
    assert View(WORKFLOW, _case(), moment(today)).value("case.month") == month


def test_there_is_no_month_before_the_start() -> None:
    assert a_view(_case(facts={}), WORKFLOW).value("case.month") is None


def test_digging_into_nothing_gives_the_value_itself() -> None:
    assert dig({"a": 1}, "") == {"a": 1}


def _stays(state: str, *stays: Stay, workflow: Workflow = WORKFLOW) -> View:
    return a_view(_case(stays=stays, state=state), workflow)


def test_a_milestone_happened_on_the_day_of_its_record_or_when_its_state_was_left() -> None:
    left = Stay(1, "first", moment("2026-03-02"), moment("2026-03-20"))
    view = _stays("met", left, Stay(2, "met", moment("2026-03-20")))

    assert as_actual(view, WORKFLOW.state("first")) == date(2026, 3, 20)
    assert as_actual(view, WORKFLOW.state("met")) == date(2026, 5, 4)
    assert as_actual(view, WORKFLOW.state("held")) is None


def test_a_milestone_whose_state_is_entered_again_has_not_happened_yet() -> None:
    left = Stay(1, "first", moment("2026-03-02"), moment("2026-03-20"))
    view = _stays("first", left, Stay(2, "first", moment("2026-04-01")))

    assert as_actual(view, WORKFLOW.state("first")) is None


def test_a_milestone_that_a_pause_interrupts_has_not_happened() -> None:
    stay = Stay(1, "first", moment("2026-03-02"), moment("2026-03-20"))
    pause = Stay(2, "held", moment("2026-03-20"))
    paused = _stays("held", stay, pause)

    assert interrupted_stay(paused) == stay
    assert as_actual(paused, WORKFLOW.state("first")) is None
    assert interrupted_stay(_stays("held", pause)) is None
    assert interrupted_stay(_stays("met", stay)) is None
