"""P3, P8, P9: a message is sent from one frozen text, by one holder at a time, and never lost."""

from datetime import timedelta

import pytest

from storage.database.migrate import NEWEST
from storage.database.transactions import reading, transaction
from storage.errors import NotFoundError
from storage.mail import attempts, messages, sending
from storage.mail.attempts import Ended
from tests.storage.lives import lives
from tests.storage.post import a_claim, begun, composed
from tests.support.tables import NEWER, OLDER, turn_tables

MINUTE = timedelta(minutes=1)


def test_what_one_holds_nobody_else_gets_until_the_lease_has_run_out(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        composed(story)
        mine = a_claim(story, "one")
        theirs = begun(story, "two")
        story.now += 2 * MINUTE

        later = a_claim(story, "three")

    assert (mine.token, mine.ambiguous) == ("one", 0)
    assert theirs is None
    assert (later.token, later.ambiguous) == ("three", 1)


@pytest.mark.parametrize("revision", [NEWER, OLDER])
def test_nothing_is_claimed_once_the_tables_are_of_another_version(
    migrated_url: str, revision: str
) -> None:
    with lives(migrated_url) as story:
        composed(story)
        turn_tables(story.database, revision)
        refused = begun(story, "one")
        turn_tables(story.database, NEWEST)

        theirs = begun(story, "two")

    assert refused is None
    assert theirs is not None
    assert (theirs.token, theirs.ambiguous) == ("two", 0)


def test_a_zombie_changes_nothing(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        composed(story)
        zombie = a_claim(story, "zombie")
        story.now += 2 * MINUTE
        holder = a_claim(story, "holder")

        with transaction(story.database) as session:
            settled = attempts.settle(session, zombie, Ended(attempts.REFUSED, "550", story.now))
        with reading(story.database) as session:
            found = messages.message(session, holder.id)
            ours = [attempts.is_ours(session, each, story.now) for each in (zombie, holder)]
    assert not settled
    assert ours == [False, True]
    assert (found.state, found.attempts) == ("waiting", 2)
    assert [each.outcome for each in found.tries] == ["ambiguous", ""]


def test_an_own_lease_that_ran_out_is_ours_no_more(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        composed(story)
        claim = a_claim(story, "one")
        story.now += MINUTE

        with reading(story.database) as session:
            assert not attempts.is_ours(session, claim, story.now)


def test_a_try_that_nobody_ended_is_ambiguous_and_the_fourth_waits_for_a_person(
    migrated_url: str,
) -> None:
    with lives(migrated_url) as story:
        number = composed(story)
        doubts = []
        for round_ in range(4):
            doubts.append(a_claim(story, f"worker {round_}").ambiguous)
            story.now += 2 * MINUTE

        last = begun(story, "worker 4")

        with reading(story.database) as session:
            found = messages.message(session, number)
            idle = sending.next_due(session)
    assert doubts == [0, 1, 2, 3]
    assert last is None
    assert idle is None
    assert (found.state, found.ambiguous, found.attempts) == ("needs_human", 4, 4)
    assert [each.outcome for each in found.tries] == ["ambiguous"] * 4


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (attempts.ACCEPTED, "accepted"),
        (attempts.REFUSED, "refused"),
        (attempts.LATER, "waiting"),
        (attempts.AMBIGUOUS, "waiting"),
        (attempts.NEEDS_HUMAN, "needs_human"),
    ],
)
def test_how_a_try_ended_is_written_down(migrated_url: str, outcome: str, state: str) -> None:
    with lives(migrated_url) as story:
        number = composed(story)
        claim = a_claim(story, "one")
        again = story.now + 5 * MINUTE
        with transaction(story.database) as session:
            settled = attempts.settle(
                session, claim, Ended(outcome, "what was said", story.now, again)
            )

        with reading(story.database) as session:
            found = messages.message(session, number)
            due = sending.next_due(session)
    assert settled
    assert (found.state, found.reply) == (state, "what was said")
    assert found.ambiguous == (outcome == attempts.AMBIGUOUS)
    assert [(each.outcome, each.reply) for each in found.tries] == [(outcome, "what was said")]
    assert due == (again if state == "waiting" else None)


def test_a_person_can_have_a_message_sent_once_more(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        number = composed(story)
        claim = a_claim(story, "one")
        with transaction(story.database) as session:
            attempts.settle(session, claim, Ended(attempts.REFUSED, "550 unknown", story.now))
            sending.retry(session, number, story.now)

        again = a_claim(story, "two")

        with pytest.raises(NotFoundError), transaction(story.database) as session:
            sending.retry(session, number, story.now)
    assert again.frozen == claim.frozen
    assert again.message_id == claim.message_id
