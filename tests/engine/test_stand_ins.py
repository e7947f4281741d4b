"""Who stood in for whom is known by number: two may bear one name."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.dates.view import View
from engine.decide.absent import tell_of_absences
from engine.decide.draft import Draft
from engine.letters.absences import not_counting
from engine.model.dossier import ReminderSent
from engine.model.people import Absence, Person, PersonId
from tests.support.dossiers import OPENED, a_person
from tests.support.reminders import ASK, NUDGE, a_reminder
from tests.support.stories import Story, a_ladder

TODAY = OPENED.date()
AWAY = Absence(TODAY, TODAY + timedelta(days=30))
MAIN = replace(a_person(3, "aspiring"), absences=(AWAY,))
FIRST, SECOND = (a_person(number, "aspiring", main=False) for number in (13, 23))
LADDER = a_ladder(ASK, NUDGE)


def _after(days: int) -> date:
    return TODAY + timedelta(days=days)


def _to(reader: Person, day: int, *, absent: PersonId | None = MAIN.id) -> ReminderSent:
    """A letter to somebody who stands in for the main person, so many days after the entry."""
    return ReminderSent(
        *("ask", LADDER.name, reader.name, _after(day), "accepted"),
        owed_at=OPENED,
        instead_of=MAIN.name,
        reader=reader.id,
        absent=absent,
    )


def _story(*people: Person) -> Story:
    return a_reminder(LADDER, people=people)


@pytest.mark.parametrize("name", [SECOND.name, FIRST.name])
def test_who_stands_in_later_has_as_long_as_anybody_though_both_bear_one_name(name: str) -> None:
    second = replace(SECOND, name=name)
    story = _story(MAIN, FIRST, second)
    dossier = replace(story.dossier, asked=(_to(FIRST, 1), _to(second, 8)))
    view = View(story.workflow, dossier, story.now)

    days = not_counting(view, LADDER, {"0": TODAY, "1": _after(5)})

    assert days["1"] == _after(8 + 5)


@pytest.mark.parametrize(
    ("absent", "name", "asked"),
    [
        (MAIN.id, MAIN.name, [SECOND.id]),
        (MAIN.id, "who is called otherwise since", [SECOND.id]),
        (PersonId(99), MAIN.name, []),  # in place of somebody of the same name
        (None, MAIN.name, [SECOND.id]),  # written when names alone were kept
        (None, "somebody else", []),
    ],
)
def test_the_next_one_is_asked_where_somebody_stood_in_for_this_very_person(
    absent: PersonId | None, name: str, asked: list[PersonId]
) -> None:
    gone = replace(FIRST, absences=(AWAY,))
    story = _story(replace(MAIN, name=name), gone, SECOND)
    dossier = replace(story.dossier, asked=(_to(FIRST, 1, absent=absent),))
    draft = Draft(story.workflow, dossier, story.now)

    tell_of_absences(draft)

    assert [each.person for each in draft.letters] == asked
    assert all(each.facts["absent"] == MAIN.id for each in draft.letters)
