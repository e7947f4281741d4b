"""Absences are entered, told by an automatic reply, shortened and taken out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.model.people import Absence
from runtime.families import Families
from runtime.queries.directory_lines import AbsenceLine, person_lines
from runtime.use_cases.absence import AUTOMATIC_REPLY, NewAbsence, away, back, enter_absence
from runtime.use_cases.directory_checks import DirectoryError
from storage.database.transactions import transaction
from storage.errors import NotFoundError
from tests.support.grove import Grove
from tests.support.growers import LEAD, key_of

MAIN, DEPUTY = key_of("VIE-BIR", "aspiring"), key_of("VIE-BIR", "aspiring", "deputy")
STRANGER = key_of("VIE-BIR", "coordinator")


def test_somebody_is_away_with_a_substitute_and_their_pairs_know_of_it(any_grove: Grove) -> None:
    first, last = _days(any_grove, 3, 23)

    entered = away(any_grove.runtime, NewAbsence(MAIN, first, last, DEPUTY), LEAD)
    again = away(any_grove.runtime, NewAbsence(MAIN, first, last, DEPUTY), LEAD)

    assert (entered.outcome, entered.cases) == ("away", 1)
    assert (again.outcome, again.cases) == ("unchanged", 0)
    assert _listed(any_grove) == [AbsenceLine(first, last, DEPUTY, LEAD.actor)]
    known = _absences(any_grove)
    assert [(each.first_on, each.last_on) for each in known] == [(first, last)]
    assert known[0].substitute is not None
    assert (known[0].substitute.key, known[0].substitute.role) == (DEPUTY, "aspiring")


def test_what_is_entered_for_some_of_the_same_days_takes_their_place(any_grove: Grove) -> None:
    first, last = _days(any_grove, 3, 23)
    away(any_grove.runtime, NewAbsence(MAIN, first, last, DEPUTY), LEAD)

    away(any_grove.runtime, NewAbsence(MAIN, first, last - timedelta(days=10)), LEAD)
    away(any_grove.runtime, NewAbsence(MAIN, last, last + timedelta(days=2)), LEAD)

    assert [(each.first_on, each.last_on, each.substitute) for each in _absences(any_grove)] == [
        (first, last - timedelta(days=10), None),
        (last, last + timedelta(days=2), None),
    ]


def test_an_automatic_reply_adds_days_and_leaves_who_stands_in(any_grove: Grove) -> None:
    first, last = _days(any_grove, 0, 9)
    away(any_grove.runtime, NewAbsence(MAIN, first, last, DEPUTY), LEAD)
    told = NewAbsence(MAIN, first + timedelta(days=2), last, source=AUTOMATIC_REPLY)

    nothing_new = _told(any_grove, told)
    longer = _told(any_grove, replace(told, last_on=last + timedelta(days=7)))

    assert (nothing_new, longer) == ("unchanged", "away")
    assert _listed(any_grove) == [
        AbsenceLine(first, last + timedelta(days=7), DEPUTY, AUTOMATIC_REPLY)
    ]


def test_somebody_who_is_back_was_away_until_yesterday(any_grove: Grove) -> None:
    first, last = _days(any_grove, 0, 20)
    away(any_grove.runtime, NewAbsence(MAIN, first, last, DEPUTY), LEAD)
    any_grove.days_pass(4)

    ended = back(any_grove.runtime, MAIN, LEAD)
    again = back(any_grove.runtime, MAIN, LEAD)

    assert (ended.outcome, ended.cases, again.outcome) == ("back", 1, "unchanged")
    assert _listed(any_grove) == []
    kept = _absences(any_grove)
    assert [(each.first_on, each.last_on) for each in kept] == [(first, first + timedelta(days=3))]
    assert kept[0].substitute is not None


def test_an_absence_that_is_to_come_is_taken_out_whole(any_grove: Grove) -> None:
    first, last = _days(any_grove, 5, 20)
    away(any_grove.runtime, NewAbsence(MAIN, first, last), LEAD)

    back(any_grove.runtime, MAIN, LEAD)

    assert _absences(any_grove) == ()


def test_whoever_stands_in_and_is_away_too_is_known_as_such(grove: Grove) -> None:
    first, last = _days(grove, 0, 9)
    away(grove.runtime, NewAbsence(DEPUTY, first, first), LEAD)

    away(grove.runtime, NewAbsence(MAIN, first, last, DEPUTY), LEAD)

    deputy = _absences(grove)[0].substitute
    assert deputy is not None
    assert deputy.absent(first) is not None
    assert deputy.absent(last) is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"first_on": 9, "last_on": 3}, "swap the two days"),
        ({"first_on": -9, "last_on": -1}, "has gone by"),
        ({"last_on": 400}, f"more than a year: let somebody .* --instead-of {MAIN} --new PERSON"),
        ({"substitute": MAIN}, "would stand in for themselves"),
        ({"substitute": STRANGER}, "neither of the centre of"),
    ],
)
def test_days_and_a_substitute_that_cannot_be_are_refused(
    grove: Grove, change: dict[str, object], says: str
) -> None:
    today = grove.runtime.clock().date()
    words = {"first_on": 0, "last_on": 9, **change}
    days = {
        name: today + timedelta(days=value) if isinstance(value, int) else value
        for name, value in words.items()
    }

    with pytest.raises(DirectoryError, match=says):
        away(grove.runtime, NewAbsence(person=MAIN, **days), LEAD)  # type: ignore[arg-type] # mixed

    assert _absences(grove) == ()


def test_nobody_is_away_whom_nobody_knows(grove: Grove) -> None:
    first, last = _days(grove, 0, 9)

    with pytest.raises(NotFoundError, match="no person nobody"):
        away(grove.runtime, NewAbsence("nobody", first, last), LEAD)
    with pytest.raises(NotFoundError, match="no person nobody"):
        away(grove.runtime, NewAbsence(MAIN, first, last, "nobody"), LEAD)


def _days(grove: Grove, first: int, last: int) -> tuple[date, date]:
    today = grove.runtime.clock().date()
    return today + timedelta(days=first), today + timedelta(days=last)


def _told(grove: Grove, new: NewAbsence) -> str:
    with transaction(grove.runtime.database) as session:
        acting = Families(session, grove.runtime, grove.runtime.clock())
        return enter_absence(acting, new, LEAD).outcome


def _listed(grove: Grove) -> list[AbsenceLine]:
    lines = {each.key: each for each in person_lines(grove.runtime)}
    return list(lines[MAIN].absences)


def _absences(grove: Grove) -> tuple[Absence, ...]:
    people = grove.dossier("VIE-BIR").people_as("aspiring")
    return next(each.absences for each in people if each.key == MAIN)
