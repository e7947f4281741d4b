"""Families that wait for what another one frees are owed a look with the decision that frees it."""

from engine.model.outcomes import Triggered
from storage.cases import lookups
from storage.database.transactions import transaction
from tests.storage.lives import FACILITATOR, lives
from tests.storage.rows import ask


def test_a_place_that_became_free_is_told_to_those_without_one_in_the_order_they_came(
    migrated_url: str,
) -> None:
    with lives(migrated_url) as story:
        first, second, holder = story.opens("A"), story.opens("B"), story.opens("C")
        story.files(holder)
        story.step(holder, "work")
        other = story.opens("D")
        story.files(other)
        story.step(other, "work")

        decision = story.late(holder, Triggered("end", FACILITATOR))
        with transaction(story.database) as session:
            for workflow in decision.frees:
                lookups.owe(session, workflow, holder, story.now)
        owed = ask(story.database, "SELECT root_id FROM lookups ORDER BY root_id")
        taken = []
        for _ in range(3):
            with transaction(story.database) as session:
                taken.append(lookups.take(session))

    assert decision.frees == {"small"}
    assert [row[0] for row in owed] == [first, second]
    assert taken == [first, second, None]


def test_a_step_that_frees_nothing_names_nobody(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens("A")

        decision = story.late(case, Triggered("end", FACILITATOR))

    assert decision.frees == frozenset()


def test_a_family_that_is_owed_a_look_twice_looks_once(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case, holder = story.opens("A"), story.opens("B")

        with transaction(story.database) as session:
            lookups.owe(session, "small", holder, story.now)
            lookups.owe(session, "small", holder, story.now)

        rows = ask(story.database, "SELECT root_id FROM lookups")
    assert [row[0] for row in rows] == [case]
