"""A case whose timers cannot be fired is held back, counted, and released when a person says so."""

from dataclasses import replace
from datetime import datetime

from engine.model.dossier import CaseId
from storage.cases import timers
from storage.cases.timers import DueCase
from storage.database.session import Session
from storage.database.transactions import reading, transaction
from tests.storage.lives import DAY, Lives, lives


def test_a_poisoned_case_is_held_back_then_tried_again_and_released(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        bad, good = story.opens("BAD"), story.opens("GOOD")
        with transaction(story.database) as session:
            first, second = timers.due_timers(session, story.now, 10)
            assert (first.case_id, first.failures) == (bad, 0)
            count = timers.record_failure(session, first, story.now + DAY)
            held = timers.due_timers(session, story.now, 10)
        with transaction(story.database) as session:
            again = _due(session, bad, story.now + DAY)
            counts = timers.record_failure(session, again, None)
            held_for_ever = _due(session, bad, story.now + 1000 * DAY)
            coming = timers.next_due(session, story.now + 1000 * DAY)

        with transaction(story.database) as session:
            released = timers.release(session, bad)
            free = timers.due_timers(session, story.now, 10)

    assert (count, counts, released) == (1, 2, 1)
    assert [each.case_id for each in held] == [good]
    assert second.case_id == good
    assert again.failures == 1
    assert "asks/0/0" not in held_for_ever.keys
    assert coming is None
    assert {each.case_id for each in free} == {bad, good}


def test_a_timer_armed_anew_has_not_failed_yet(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        _fail_to_fire(story, case)
        story.step(case, "pause")

        story.step(case, "resume")

        with reading(story.database) as session:
            due = _due(session, case, story.now)
    assert (due.keys, due.failures) == (("asks/0/0",), 0)


def test_a_case_has_failed_as_often_as_the_timer_that_failed_most(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case, other = story.opens("BAD"), story.opens("GOOD")
        _fail_to_fire(story, case)
        story.now += 6 * DAY
        _fail_to_fire(story, case, "asks/0/0")

        with reading(story.database) as session:
            due = timers.due_timers(session, story.now, 10)

    counts = {each.case_id: (each.keys, each.failures) for each in due}
    assert counts == {
        case: (("asks/0/0", "asks/1/0"), 2),
        other: (("asks/0/0", "asks/1/0"), 0),
    }


def test_one_case_is_released_and_the_other_stays_held(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        released, held = story.opens("A"), story.opens("B")
        for case in (released, held):
            _fail_to_fire(story, case, until=story.now + DAY)

        with transaction(story.database) as session:
            count = timers.release(session, released)
            due = timers.due_timers(session, story.now, 10)

    assert count == 1
    assert [(each.case_id, each.failures) for each in due] == [(released, 0)]


def _fail_to_fire(story: Lives, case: CaseId, *keys: str, until: datetime | None = None) -> None:
    """The timers of a case due now, or those named, could not be fired; try again later."""
    with transaction(story.database) as session:
        due = _due(session, case, story.now)
        timers.record_failure(session, replace(due, keys=keys or due.keys), until or story.now)


def _due(session: Session, case: CaseId, now: datetime) -> DueCase:
    """What is due of one case."""
    (due,) = (each for each in timers.due_timers(session, now, 10) if each.case_id == case)
    return due
