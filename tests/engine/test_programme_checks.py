"""The checks on places, dates and load of the whole programme, and the check of several."""

from dataclasses import replace
from datetime import date

import pytest

from engine.checks.case import SignedBy
from engine.checks.programme import AnyOf, ForecastBy, LoadWithin, OneAtATime, WithinCapacity
from engine.checks.values import Present
from engine.dates.view import View
from engine.model.dossier import Dossier, MilestoneDates, Person, PersonId, Stay
from engine.model.others import Dated, Others
from engine.time.windows import Anchor, Source
from tests.support.dossiers import OPENED, a_dossier, a_version
from tests.support.stories import a_state, a_view, a_window, a_workflow, details

WORKFLOW = a_workflow(
    a_state("first"),
    a_state("visit", window=a_window("T0 + P3M"), meets="visit", agreed="visit_on"),
    a_state("talk", window=a_window("T0 + P12M"), meets="online", agreed="talk_on"),
    a_state("undated", window=a_window("never"), meets="online"),
    anchors={
        "T0": Anchor("T0", (Source("entered", "first"),)),
        "never": Anchor("never", ()),
        "visit_on": Anchor("visit_on", (Source("fact", "visit_on"),)),
        "talk_on": Anchor("talk_on", (Source("fact", "talk_on"),)),
    },
    start_anchor="T0",
)


def _case(**changes: object) -> Dossier:
    return a_dossier(stays=(Stay(1, "first", OPENED),), **changes)


@pytest.mark.parametrize(("active", "missing"), [(13, []), (14, ["14 of 14 places are taken"])])
def test_a_place_must_be_left(active: int, missing: list[str]) -> None:
    dossier = a_dossier(others=Others(active=active))

    assert details(WithinCapacity(14).lacks(a_view(dossier))) == missing


def test_a_centre_is_in_one_case_at_a_time() -> None:
    dossier = a_dossier(others=Others(holding={"coordinator": ("PAIR-01", "PAIR-02")}))

    busy = OneAtATime("coordinator").lacks(a_view(dossier))

    assert details(busy) == ["Centre of coordinator is already in PAIR-01, PAIR-02"]
    assert OneAtATime("aspiring").lacks(a_view(dossier)) == ()


@pytest.mark.parametrize(
    ("check", "missing"),
    [
        (ForecastBy("talk", day="2027-03-02"), []),
        (ForecastBy("talk", months=12), []),
        (ForecastBy("talk", months=11, slack=28), []),
        (ForecastBy("undated", day="2020-01-01"), []),
        (
            ForecastBy("talk", day="2027-03-01", months=11),
            [
                "Talk is forecast for 2027-03-02, the limit is 2027-03-01",
                "Talk is forecast for 2027-03-02, the limit is 2027-02-02",
            ],
        ),
    ],
    ids=repr,
)
def test_a_forecast_lies_within_its_limits(check: ForecastBy, missing: list[str]) -> None:
    assert details(check.lacks(a_view(_case(), WORKFLOW))) == missing


def test_a_limit_in_months_says_nothing_before_the_start() -> None:
    workflow = a_workflow(a_state("first"), a_state("talk", window=a_window("entry")))

    assert ForecastBy("talk", months=1).lacks(a_view(_case(), workflow)) == ()


NORTH = Person(PersonId(1), "Facilitator North", "n@example.org", "facilitator", key="north")
SOUTH = Person(PersonId(2), "Facilitator South", "s@example.org", "facilitator", key="south")


def _elsewhere(person: str, kind: str, on: date, role: str = "facilitator") -> Dated:
    return Dated(role, person, kind, on)


def _among(*dated: Dated, people: tuple[Person, ...] = (NORTH,), **more: object) -> View:
    agreed = {"facts": {"visit_on": "2026-06-02"}, **more}
    return a_view(_case(others=Others(dated=dated), people=people, **agreed), WORKFLOW)


def test_the_meetings_of_a_week_are_counted_over_all_cases() -> None:
    view = _among(
        _elsewhere("north", "visit", date(2026, 6, 1)),
        _elsewhere("north", "online", date(2026, 6, 5)),
    )

    assert LoadWithin("facilitator", visits=2, meetings=3).lacks(view) == ()
    assert details(LoadWithin("facilitator", visits=1, meetings=3).lacks(view)) == [
        "Facilitator North has 3 dated meetings, 2 of them visits, in week 23 of 2026"
    ]
    assert len(LoadWithin("facilitator", visits=2, meetings=2).lacks(view)) == 1


def test_the_visits_of_two_people_in_one_week_are_not_added_up() -> None:
    both = (NORTH, replace(SOUTH, main=False))
    north = _elsewhere("north", "visit", date(2026, 6, 8))
    south = _elsewhere("south", "visit", date(2026, 6, 9))

    assert (
        LoadWithin("facilitator", visits=1, meetings=9).lacks(_among(north, south, people=both))
        == ()
    )


def test_the_load_of_any_role_is_counted_and_only_of_the_role_that_is_asked() -> None:
    guide = replace(NORTH, role="guide")
    view = _among(
        _elsewhere("north", "visit", date(2026, 6, 1), "guide"),
        _elsewhere("north", "visit", date(2026, 6, 2), "facilitator"),
        people=(guide,),
    )

    assert LoadWithin("guide", visits=2, meetings=9).lacks(view) == ()
    assert details(LoadWithin("guide", visits=1, meetings=9).lacks(view)) == [
        "Facilitator North has 2 dated meetings, 2 of them visits, in week 23 of 2026"
    ]


def test_a_meeting_held_early_no_longer_weighs_on_the_week_it_was_planned_for() -> None:
    held = {"visit": MilestoneDates(actual=date(2026, 2, 20))}
    view = _among(_elsewhere("north", "visit", date(2026, 6, 1)), dates=held)

    assert LoadWithin("facilitator", visits=1, meetings=9).lacks(view) == ()


def test_what_is_only_planned_weighs_nothing() -> None:
    view = _among(_elsewhere("north", "visit", date(2026, 6, 1)), facts={})

    assert LoadWithin("facilitator", visits=1, meetings=1).lacks(view) == ()


def test_a_week_that_is_over_weighs_nothing() -> None:
    view = _among(
        _elsewhere("north", "visit", date(2026, 2, 24)),
        _elsewhere("north", "visit", date(2026, 2, 25)),
    )

    assert LoadWithin("facilitator", visits=1, meetings=9).lacks(view) == ()


def test_one_of_several_checks_is_enough() -> None:
    either = AnyOf((Present("fact.letter"), Present("fact.call")))

    assert either.lacks(a_view(a_dossier(facts={"call": "yes"}))) == ()
    assert details(either.lacks(a_view(a_dossier()))) == [
        "the letter is not known yet; or the call is not known yet"
    ]


def test_several_checks_that_wait_for_one_person_name_them() -> None:
    dossier = a_dossier(records={"plan": (a_version(),), "deed": (a_version(),)})
    one = AnyOf((SignedBy("plan", ("aspiring",)), SignedBy("deed", ("aspiring",))))
    two = AnyOf((SignedBy("plan", ("aspiring",)), SignedBy("deed", ("coordinator",))))

    assert [lack.owner for lack in one.lacks(a_view(dossier))] == ["aspiring"]
    assert [lack.owner for lack in two.lacks(a_view(dossier))] == [None]


def test_a_check_of_several_reads_what_each_of_them_reads() -> None:
    several = AnyOf((WithinCapacity(14), LoadWithin("facilitator", 1, 1), Present("fact.a")))

    assert several.reads == {"places", "load"}
    assert several.paths() == ("fact.a",)
    assert OneAtATime("aspiring").paths() == ForecastBy("talk").paths() == ()
