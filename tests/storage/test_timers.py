"""P4: a timer takes effect once, never early, never after it was cancelled."""

from datetime import timedelta

import pytest

from engine.model.outcomes import TimersDue
from storage.cases import timers
from storage.cases.load import load_family
from storage.cases.write import write
from storage.database.columns import from_instant
from storage.database.transactions import open_database, reading, savepoint, transaction
from storage.errors import StaleDossierError
from tests.storage.lives import DAY, lives
from tests.storage.rows import ask, meddle


def test_a_timer_is_due_at_its_instant_and_not_before(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        with reading(story.database) as session:
            first = timers.next_due(session)
            assert first is not None
            second = timers.next_due(session, first)
            assert second is not None
            early = timers.due_timers(session, second - timedelta(microseconds=1), 10)
            then = timers.due_timers(session, second, 10)

    assert [each.keys for each in early] == [("asks/0/0",)]
    assert [(each.case_id, each.root_id, each.stay) for each in then] == [(case, case, 1)]
    assert then[0].keys == ("asks/0/0", "asks/1/0")
    assert then[0].due_at == first


def test_cases_come_oldest_first_each_with_all_that_is_due(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        young = [story.opens("A")]
        story.now -= 3 * DAY
        old = [story.opens("B"), story.opens("C")]
        story.now += 30 * DAY

        with reading(story.database) as session:
            everyone = timers.due_timers(session, story.now, 100)
            bounded = timers.due_timers(session, story.now, 2)

    assert [each.case_id for each in everyone] == [*old, *young]
    assert [each.case_id for each in bounded] == old
    assert bounded == everyone[:2]
    assert all(len(each.keys) == 3 for each in everyone)


def test_two_who_fire_the_same_timer_fire_it_once(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        late = story.late(case, TimersDue(("asks/0/0",)))
        story.fires()

        with pytest.raises(StaleDossierError), transaction(story.database) as session:
            write(session, late)
        again = story.fires()

        letters = ask(story.database, "SELECT key FROM intents")
    assert again == 0
    assert len(letters) == 1


def test_settling_a_settled_timer_is_stale_even_at_the_same_version(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        late = story.late(case, TimersDue(("asks/0/0",)))
        meddle(
            story.database,
            "UPDATE timers SET settled_at = due_at, outcome = 'fired' WHERE rung = '0'",
        )

        with pytest.raises(StaleDossierError), transaction(story.database) as session:
            write(session, late)


def test_nothing_stays_armed_once_a_case_is_closed(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()

        story.step(case, "end")

        story.now += 400 * DAY
        assert story.fires() == 0
        outcomes = ask(story.database, "SELECT DISTINCT outcome FROM timers")
    assert outcomes == [("cancelled",)]


def test_a_family_is_looked_at_together(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        story.opens("PAIR-2")
        until = story.now + 6 * DAY

        with reading(story.database) as session:
            family = timers.due_timers(session, until, 1)

    assert [each.case_id for each in family] == [case]
    assert family[0].keys == ("asks/0/0", "asks/1/0")


def test_what_fails_in_a_savepoint_leaves_its_neighbours_alone(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        bad, good = story.opens("BAD"), story.opens("GOOD")

        with transaction(story.database) as session:
            for case in (bad, good):
                try:
                    with savepoint(session):
                        story.happen_in(session, case, TimersDue(("asks/0/0",)))
                        if case == bad:
                            _fail()
                except ArithmeticError:
                    pass

        assert story.dossier(bad).version == 1
        assert story.dossier(good).version == 2


def _fail() -> None:
    raise ArithmeticError


def test_while_somebody_works_on_a_family_a_sweep_passes_it_by(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        busy, free = story.opens("BUSY"), story.opens("FREE")
        if story.database.dialect.name == "sqlite":
            return  # one writer at a time: there is nobody to pass by
        other = open_database(migrated_url)

        with transaction(story.database) as mine:
            load_family(mine, busy, story.definitions)
            with transaction(other) as theirs:
                due = timers.due_timers(theirs, story.now, 10)

        other.close()
    assert [each.case_id for each in due] == [free]


def test_an_idle_look_at_many_armed_timers_is_short(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        story.fires()
        meddle(
            story.database,
            """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
            INSERT INTO timers (case_id, stay, ladder, rung, occurrence, root_id, due_at, wake_at,
                settled_at, outcome, graced, failures)
            SELECT :case, 9, 'far', 'ask', i, :case, :due, :due, NULL, '', FALSE, 0 FROM n""",
            case=case,
            due=from_instant(story.now + 300 * DAY),
        )

        steps = ask(
            story.database, _EXPLAIN[story.database.dialect.name], now=from_instant(story.now)
        )
        with reading(story.database) as session:
            due = timers.due_timers(session, story.now, 100)

    assert due == ()
    assert "ix_timers_waking" in str(steps)


_LOOK = "SELECT 1 FROM timers WHERE settled_at IS NULL AND wake_at <= :now LIMIT 1"
_EXPLAIN = {"sqlite": f"EXPLAIN QUERY PLAN {_LOOK}", "postgres": f"EXPLAIN {_LOOK}"}


def test_a_case_takes_its_turn_by_the_timer_that_waits_longest(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        first = story.opens("A")
        story.now += 3 * DAY
        second = story.opens("B")
        story.now += 4 * DAY

        with reading(story.database) as session:
            due = timers.due_timers(session, story.now, 10)

    assert [(each.case_id, len(each.keys)) for each in due] == [(first, 2), (second, 1)]
