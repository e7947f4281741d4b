"""Who asked for time, or named somebody else, is left in peace about that matter alone."""

from dataclasses import replace
from datetime import datetime

import pytest

from engine.dates.view import View
from engine.letters.absences import has_been_asked
from engine.letters.wishes import asked_in_place, matter_of, others_of_team, put_off_until
from engine.model.dossier import ReminderSent
from engine.model.outcomes import LetterOwed
from engine.model.people import Person, PersonId
from tests.support.dossiers import a_dossier, a_person, moment
from tests.support.reminders import ASK, a_reminder
from tests.support.stories import a_ladder
from tests.support.workflows import a_state, a_workflow

READER, OTHER = a_person(1, "aspiring"), a_person(2, "aspiring", main=False)
THIRD = a_person(3, "aspiring", main=False)
UNTIL = moment("2026-09-07", "00:00")
SENT = ReminderSent(
    *("N-02.ask", "scores", READER.name, UNTIL.date(), "accepted"),
    not_before=UNTIL,
    reader=READER.id,
)
NUDGE = LetterOwed("N-02.nudge", "aspiring", READER.id, "scores")


def _view(*sent: ReminderSent, people: tuple[Person, ...] = (READER, OTHER)) -> View:
    dossier = a_dossier(people=people, asked=sent)
    return View(a_workflow(a_state(dossier.state)), dossier, moment("2026-09-01"))


@pytest.mark.parametrize(
    ("sent", "owed", "until"),
    [
        (SENT, NUDGE, UNTIL),
        (SENT, replace(NUDGE, ladder="answers"), None),
        (SENT, replace(NUDGE, person=OTHER.id), None),
        (SENT, replace(NUDGE, ladder=""), None),  # it tells of something
        (SENT, replace(NUDGE, person=None), None),
        (replace(SENT, outcome="superseded"), NUDGE, None),  # held by the office, never sent
        (replace(SENT, ladder=""), NUDGE, UNTIL),  # the letter with which the matter began
        (replace(SENT, ladder="", letter="N-03.ask"), NUDGE, None),
        (replace(SENT, not_before=None), NUDGE, None),
    ],
)
def test_a_letter_waits_for_the_day_of_its_own_matter_and_reader(
    sent: ReminderSent, owed: LetterOwed, until: datetime | None
) -> None:
    view = _view(sent)

    assert put_off_until(view, owed) == until


def _asked_in_place(view: View, owed: LetterOwed, reader: Person) -> Person | None:
    return asked_in_place(view, matter_of(view, owed), reader)


OWED = ReminderSent("N-02.ask", "scores", "", UNTIL.date(), "owed")
NAMED = replace(OWED, person=OTHER.name, reader=OTHER.id, named_by=READER.name, namer=READER.id)
BACK = replace(NAMED, person=READER.name, reader=READER.id, named_by=OTHER.name, namer=OTHER.id)


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        ((), None),
        ((replace(NAMED, ladder="", letter="N-14.barrier"),), None),
        ((NAMED,), OTHER),
        ((NAMED, BACK), None),
        ((NAMED, BACK, NAMED), OTHER),
        ((NAMED, replace(BACK, person=THIRD.name, reader=THIRD.id)), THIRD),
        ((NAMED, replace(NAMED, person=THIRD.name, reader=THIRD.id)), THIRD),
        ((replace(NAMED, ladder="answers"),), None),
        ((replace(NAMED, outcome="withdrawn"),), None),
        ((replace(NAMED, person="somebody who left", reader=PersonId(9)),), None),
    ],
)
def test_whoever_was_named_last_is_asked_in_place_of_the_reader(
    sent: tuple[ReminderSent, ...], asked: Person | None
) -> None:
    view = _view(*sent, people=(READER, OTHER, THIRD))

    assert _asked_in_place(view, NUDGE, READER) == asked


def test_what_is_sent_beside_any_ladder_is_of_its_own_kind_alone() -> None:
    barrier = replace(NAMED, ladder="", letter="N-14.barrier")
    beside = replace(NUDGE, ladder="")

    assert _asked_in_place(_view(barrier), beside, READER) is None
    assert _asked_in_place(_view(NAMED), beside, READER) == OTHER


def test_those_of_the_team_who_are_there_may_be_asked_in_place_of_one() -> None:
    gone = a_person(3, "aspiring", main=False, reachable=False)

    view = _view(people=(READER, OTHER, gone))

    assert others_of_team(view, READER.id, "aspiring") == (OTHER,)
    assert others_of_team(view, gone.id, "coordinator") == ()


NAMESAKE = replace(OTHER, name=READER.name)


def test_a_day_that_one_names_holds_nothing_of_a_namesake() -> None:
    view = _view(SENT, people=(READER, NAMESAKE))

    assert put_off_until(view, replace(NUDGE, person=NAMESAKE.id)) is None
    assert put_off_until(view, NUDGE) == UNTIL


def test_a_colleague_of_the_same_name_may_be_asked_in_place_and_name_the_first_again() -> None:
    named = replace(NAMED, person=NAMESAKE.name)
    back = replace(BACK, named_by=NAMESAKE.name)
    people = (READER, NAMESAKE)

    assert _asked_in_place(_view(named, people=people), NUDGE, READER) == NAMESAKE
    assert _asked_in_place(_view(named, back, people=people), NUDGE, READER) is None
    assert _asked_in_place(_view(named, people=people), NUDGE, NAMESAKE) is None


def test_who_is_called_otherwise_since_is_the_one_who_named_somebody() -> None:
    married = replace(READER, name="Dr Novak-Berger")

    assert _asked_in_place(_view(NAMED, people=(married, OTHER)), NUDGE, married) == OTHER


def test_where_only_the_name_was_kept_it_says_who_named_somebody() -> None:
    before = replace(NAMED, namer=None)

    assert _asked_in_place(_view(before), NUDGE, READER) == OTHER
    assert _asked_in_place(_view(before), NUDGE, OTHER) is None


def test_a_namesake_of_whoever_was_asked_counts_as_asked_no_more_than_anybody() -> None:
    ladder = a_ladder(ASK)
    story = a_reminder(ladder)
    story.fires()
    view = View(story.workflow, story.dossier, story.now)
    number = story.dossier.asked[-1].reader
    reader = next(each for each in story.dossier.people if each.id == number)

    assert has_been_asked(ladder, view, reader)
    assert not has_been_asked(ladder, view, replace(reader, id=PersonId(99)))
