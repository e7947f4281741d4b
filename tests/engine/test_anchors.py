"""Where named days come from, how windows move, and what a pause does to them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from engine.dates.anchors import Clockwork, anchor_day, day_of, rule_day, target_day
from engine.model.dossier import Dossier, MilestoneDates, Parent, Pause, RecordVersion, Stay
from engine.time.date_rules import parse_rule
from engine.time.windows import Anchor, Source
from tests.support.dossiers import a_child, a_dossier, a_version, moment
from tests.support.stories import a_state, a_window, a_workflow

STAYS = (
    Stay(1, "first", moment("2026-01-05"), moment("2026-02-01")),
    Stay(2, "visit", moment("2026-02-01"), moment("2026-03-01")),
    Stay(3, "first", moment("2026-03-01")),
)
ANCHORS = {
    "T0": Anchor("T0", (Source("entered", "first"),)),
    "again": Anchor("again", (Source("entered", "first"),), latest=True),
    "visit_1": Anchor(
        "visit_1",
        (
            Source("actual", "visit_record.held_on"),
            Source("planned", "visit_dates.on"),
            Source("forecast", "visit"),
        ),
    ),
    "contact": Anchor(
        "contact",
        (
            Source("actual", "contact.on"),
            Source("child", "check_in.held_on"),
            Source("entered", "never"),
        ),
        latest=True,
    ),
    "review": Anchor("review", (Source("fact", "review_on"),)),
    "next": Anchor("next", (Source("earliest", "plan.rows.due", {"state": "done"}),)),
    "above": Anchor("above", (Source("parent", "review"),)),
}
WORKFLOW = a_workflow(
    a_state("first"),
    a_state("visit", window=a_window("T0 + P3M", "target - P1M", "opens + P2M")),
    a_state("mid", window=a_window("visit_1 + P8M")),
    anchors=ANCHORS,
)


def _with(*pauses: Pause, **changes: object) -> Dossier:
    known = {"stays": STAYS, "stay": 3, "entered_at": STAYS[-1].entered_at, "pauses": pauses}
    return a_dossier(**{**known, **changes})


def _records(**contents: Mapping[str, object]) -> dict[str, tuple[RecordVersion, ...]]:
    return {name: (a_version(content),) for name, content in contents.items()}


def test_an_anchor_is_the_first_entry_of_a_state_or_the_latest() -> None:
    assert anchor_day(WORKFLOW, _with(), "T0") == date(2026, 1, 5)
    assert anchor_day(WORKFLOW, _with(), "again") == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("contents", "day"),
    [
        ({}, date(2026, 4, 5)),
        ({"visit_dates": {"on": "2026-05-04"}}, date(2026, 5, 4)),
        (
            {"visit_dates": {"on": "2026-05-04"}, "visit_record": {"held_on": "2026-05-20"}},
            date(2026, 5, 20),
        ),
        ({"visit_record": {"held_on": "some day"}}, date(2026, 4, 5)),
    ],
)
def test_what_really_happened_goes_before_what_is_planned_and_what_is_forecast(
    contents: dict[str, dict[str, object]], day: date
) -> None:
    dossier = _with(records=_records(**contents))

    assert anchor_day(WORKFLOW, dossier, "visit_1") == day
    assert target_day(WORKFLOW, dossier, "mid") == rule_day(
        Clockwork(WORKFLOW, dossier), parse_rule("visit_1 + P8M")
    )


def test_the_latest_contact_counts_whichever_version_or_child_it_stands_in() -> None:
    versions = (a_version({"on": "2026-02-20"}), a_version({"on": "2026-02-10"}, number=2))
    child = a_child(1, "check_in", "2026-02-15", held_on="2026-02-14")
    flag = a_child(2, "red_flag", held_on="2026-02-28")  # of another kind: it does not count

    dossier = _with(records={"contact": versions}, children=(child, flag))

    assert anchor_day(WORKFLOW, dossier, "contact") == date(2026, 2, 20)
    assert anchor_day(WORKFLOW, _with(), "contact") is None


def test_the_next_milestone_is_the_earliest_row_that_is_not_done() -> None:
    rows = [
        {"due": "2026-01-01", "state": "done"},
        {"due": "2026-09-01"},
        {"due": "2026-07-01"},
        "no row",
    ]

    assert anchor_day(WORKFLOW, _with(records=_records(plan={"rows": rows})), "next") == date(
        2026, 7, 1
    )
    assert anchor_day(WORKFLOW, _with(records=_records(plan={})), "next") is None
    assert anchor_day(WORKFLOW, _with(), "next") is None


def test_a_child_hangs_its_dates_on_the_anchors_of_its_parent() -> None:
    small = a_workflow(a_state("first"), anchors={"above": ANCHORS["above"]})
    parent = Parent(WORKFLOW, _with(facts={"review_on": "2026-06-01"}))
    child = a_dossier(parent=parent)

    assert anchor_day(small, child, "above") == date(2026, 6, 1)
    assert anchor_day(small, child, "review") == date(2026, 6, 1)
    assert anchor_day(small, a_dossier(), "above") is None
    assert anchor_day(small, a_dossier(), "review") is None


def test_of_two_dates_the_later_that_is_known_counts() -> None:
    rule = parse_rule({"later_of": ["T0 + P12M", "visit_1 + P8M", "review"]})
    early = _with(records=_records(visit_record={"held_on": "2026-04-01"}))
    late = _with(records=_records(visit_record={"held_on": "2026-06-20"}))

    assert rule_day(Clockwork(WORKFLOW, early), rule) == date(2027, 1, 5)
    assert rule_day(Clockwork(WORKFLOW, late), rule) == date(2027, 2, 20)
    assert rule_day(Clockwork(WORKFLOW, early), parse_rule("review")) is None


def test_a_window_moved_by_hand_moves_as_a_whole() -> None:
    moved = _with(dates={"visit": MilestoneDates(moved_to=date(2026, 6, 5))})

    assert [
        target_day(WORKFLOW, moved, "visit", bound) for bound in ("opens", "target", "ends")
    ] == [
        date(2026, 5, 5),
        date(2026, 6, 5),
        date(2026, 7, 5),
    ]


def test_bounds_on_other_anchors_keep_their_distance_to_a_target_moved_by_hand() -> None:
    window = a_window("T0 + P3M", "T0 + P2M")
    ends = parse_rule({"later_of": ["T0 + P4M", "target + P14D"]})
    workflow = a_workflow(
        a_state("first"), a_state("visit", window=replace(window, ends=ends)), anchors=ANCHORS
    )
    moved = _with(dates={"visit": MilestoneDates(moved_to=date(2026, 4, 15))})

    assert target_day(workflow, moved, "visit", "opens") == date(2026, 3, 15)
    assert target_day(workflow, moved, "visit", "ends") == date(2026, 5, 15)


def test_a_window_without_a_plan_keeps_its_bounds_when_its_target_is_set_by_hand() -> None:
    workflow = a_workflow(a_state("visit", window=a_window("review", "T0 + P2M")), anchors=ANCHORS)
    moved = _with(dates={"visit": MilestoneDates(moved_to=date(2026, 4, 15))})

    assert target_day(workflow, moved, "visit", "opens") == date(2026, 3, 5)
    assert target_day(workflow, moved, "visit", "ends") is None
    assert target_day(workflow, _with(), "visit", "target") is None
    assert target_day(WORKFLOW, _with(), "first") is None


def test_a_pause_shifts_what_hangs_on_a_day_before_it_and_nothing_else() -> None:
    pause = Pause(date(2026, 2, 10), date(2026, 3, 12))  # 30 days
    before, after = Pause(date(2025, 1, 1), date(2025, 6, 1)), Pause(date(2026, 3, 20))
    where = Clockwork(WORKFLOW, _with(before, pause, after, facts={"review_on": "2026-03-01"}))

    assert rule_day(where, parse_rule("T0 + P3M")) == date(2026, 5, 5)
    assert rule_day(where, parse_rule("review + P1M")) == date(2026, 4, 1)


def test_a_pause_counts_from_the_anchors_own_day_on_and_one_that_began_before_it_does_not() -> None:
    on_the_day = Pause(date(2026, 1, 5), date(2026, 1, 15))
    day_before = Pause(date(2026, 1, 4), date(2026, 1, 14))

    def target(pause: Pause) -> date | None:
        return rule_day(Clockwork(WORKFLOW, _with(pause)), parse_rule("T0 + P3M"))

    assert target(on_the_day) == date(2026, 4, 15)
    assert target(day_before) == date(2026, 4, 5)


def test_a_pause_after_a_forecast_that_carries_it_already_is_not_counted_twice() -> None:
    pause = Pause(date(2026, 5, 10), date(2026, 6, 9))  # 30 days, after the target of the visit
    where = Clockwork(WORKFLOW, _with(pause), "visit")

    assert rule_day(where, parse_rule("target")) == date(2026, 5, 5)
    assert rule_day(where, parse_rule("target + P8M")) == date(2027, 1, 5)
    assert rule_day(where, parse_rule("visit_1 + P8M")) == date(2027, 1, 5)


def test_the_entry_is_that_of_the_state_that_is_meant() -> None:
    rule = parse_rule("P10D")

    assert rule_day(Clockwork(WORKFLOW, _with()), rule) == date(2026, 3, 11)
    assert rule_day(Clockwork(WORKFLOW, _with(), "first"), rule) == date(2026, 3, 11)
    assert rule_day(Clockwork(WORKFLOW, _with(), "visit"), rule) == date(2026, 2, 11)
    assert rule_day(Clockwork(WORKFLOW, _with(), "mid"), rule) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-04-01", date(2026, 4, 1)),
        ("2026-04-01T23:30+02:00", date(2026, 4, 1)),
        ("20260401T2330+0200", date(2026, 4, 1)),
        ("2026-02-30", None),
        ("9999-12-31", None),
        ("0001-01-01", None),
        ("", None),
        (20260401, None),
        (None, None),
    ],
)
def test_a_day_is_read_from_text_of_a_day_or_a_moment(text: object, day: date | None) -> None:
    assert day_of(text) == day
