"""Whose turn it is while the day of a meeting is sought: of a side, or of the office."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from engine.checks.meetings import DayFixed, TimesNamed
from engine.dates.meetings import answers_of
from engine.decide.changes import as_filed
from engine.lint.meetings import meetings
from engine.model.changes import Changes
from engine.model.outcomes import Amended, Filed
from tests.support.dossiers import OPENED, a_dossier, a_party, a_version
from tests.support.meetings import DAYS, LATER, a_programme
from tests.support.stories import FACILITATOR, a_view

WEEK = "The week of 13 April"
BOTH = {"times_of_coordinator": WEEK, "times_of_aspiring": WEEK}
NO = {"accepted_by_aspiring": False}


def owners(
    content: Mapping[str, object], *, needs_yes: bool = False
) -> tuple[list[str], list[str]]:
    """Whose turn it is to name times, and whose to fix the day."""
    dossier = a_dossier(records={"dates": (a_version(content),)} if content else {})
    view = a_view(dossier, a_programme(needs_yes=needs_yes))
    found = (check("visit").lacks(view) for check in (TimesNamed, DayFixed))
    named, fixed = ([str(lack.owner) for lack in each] for each in found)
    return named, fixed


@pytest.mark.parametrize(
    ("content", "named", "fixed"),
    [
        ({}, ["coordinator", "aspiring"], []),
        ({"times_of_aspiring": WEEK}, ["coordinator"], []),
        (BOTH, [], ["facilitator"]),
        (DAYS, [], []),
        ({**DAYS, **NO}, ["coordinator", "aspiring"], []),
        ({**DAYS, **NO, "accepted_by_coordinator": True}, ["coordinator", "aspiring"], []),
        ({**DAYS, **NO, **BOTH}, [], ["facilitator"]),
    ],
)
def test_only_who_has_not_answered_is_asked_and_then_the_office_fixes_the_day(
    content: Mapping[str, object], named: list[str], fixed: list[str]
) -> None:
    assert owners(content) == (named, fixed)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ({**DAYS, **BOTH}, ["coordinator", "aspiring"]),
        ({**DAYS, "accepted_by_coordinator": True}, ["aspiring"]),
        ({**DAYS, "accepted_by_coordinator": True, "accepted_by_aspiring": True}, []),
    ],
)
def test_where_a_yes_is_needed_a_side_is_asked_until_it_has_said_it(
    content: Mapping[str, object], named: list[str]
) -> None:
    assert owners(content, needs_yes=True)[0] == named


def test_who_has_met_is_asked_for_nothing() -> None:
    dossier = a_dossier(records={"minutes": (a_version({"held_on": "2026-03-01"}),)})
    view = a_view(dossier, a_programme())

    assert [check("visit").lacks(view) for check in (TimesNamed, DayFixed)] == [(), ()]


YES = {"accepted_by_coordinator": True}


@pytest.mark.parametrize(
    ("said", "today", "kept"),
    [
        ({**DAYS, **NO, **YES}, OPENED.date(), {}),
        ({"city": "Vienna", **YES}, OPENED.date(), {}),
        ({**DAYS, **YES}, date(2026, 4, 15), YES),
        ({**DAYS, **YES}, date(2026, 4, 16), {}),
    ],
    ids=["refused", "taken out", "moved", "gone by"],
)
def test_a_yes_goes_on_where_its_day_is_moved_and_not_where_it_was_lost(
    said: Mapping[str, object], today: date, kept: Mapping[str, object]
) -> None:
    dossier = a_dossier(records={"dates": (a_version(said),)})
    days = {"starts_on": "2026-04-21", "ends_on": "2026-04-22"}

    filed = as_filed(a_programme(), dossier, Amended("dates", Changes(days), FACILITATOR), today)

    assert isinstance(filed, Filed)
    assert filed.content == {**LATER, **kept}


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"starts_on": "2026-04-14"}, YES),
        ({"city": "Graz"}, YES),
        ({"starts_on": "2026-04-21"}, {}),
    ],
    ids=["the same day", "another city", "another day"],
)
def test_where_every_side_is_to_say_yes_it_says_it_to_the_very_day(
    changes: Mapping[str, object], kept: Mapping[str, object]
) -> None:
    dossier = a_dossier(records={"dates": (a_version({**DAYS, **YES}),)})
    event = Amended("dates", Changes(changes), FACILITATOR)

    filed = as_filed(a_programme(needs_yes=True), dossier, event, OPENED.date())

    assert isinstance(filed, Filed)
    assert filed.content == {**DAYS, **changes, **kept}


@pytest.mark.parametrize(("souths", "stands"), [(False, None), (True, True)])
def test_of_several_centres_a_yes_is_gone_with_the_day_that_another_refused(
    souths: object, stands: object
) -> None:
    centres = tuple(replace(a_party("aspiring"), key=key) for key in ("north", "south"))
    said: list[tuple[str, Mapping[str, object]]] = [
        ("", DAYS),
        ("north", {**DAYS, "accepted_by_aspiring": True}),
        ("south", {**DAYS, "accepted_by_aspiring": souths}),
        ("", LATER),
    ]
    rows = [
        replace(a_version(content, number=number), centre=centre)
        for number, (centre, content) in enumerate(said, start=1)
    ]
    dossier = a_dossier(parties={"aspiring": centres}, records={"dates": tuple(rows)})
    meeting = a_programme().meetings["visit"]

    assert answers_of(dossier, meeting, "aspiring") == {"north": stands, "south": stands}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"record": "date"}, "no record 'date'"),
        ({"begins": "start_on"}, "no field of record dates called 'start_on'"),
        ({"places": ("town",)}, "no field of record dates called 'town'"),
        ({"answers": {"aspirant": "accepted_by_aspiring"}}, "no side 'aspirant'"),
        ({"begins": "city"}, "city is no day"),
        ({"options": "choices"}, "no field of record dates called 'choices'"),
        ({"options": "city"}, "city offers no starts_on"),
        ({"answers": {"aspiring": "city"}}, "city is no yes or no"),
        ({"answers": {}, "needs_yes": True}, "visit needs a yes, and no side is asked"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(changes: dict[str, object], says: str) -> None:
    assert [each.sentence for each in meetings(a_programme(**changes))] == [says]
