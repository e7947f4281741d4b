"""P3, P8, P9: a message is sent from one frozen text, by one holder at a time, and never lost."""

from datetime import timedelta

import pytest

from storage.database.transactions import reading, transaction
from storage.errors import NotFoundError
from storage.mail import queries, sending
from storage.mail.sending import Ended
from tests.storage.lives import lives
from tests.storage.post import claims, composed

MINUTE = timedelta(minutes=1)


def test_what_one_holds_nobody_else_gets_until_the_lease_has_run_out(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        composed(story)
        mine = claims(story, "one")
        theirs = claims(story, "two")
        story.now += 2 * MINUTE

        later = claims(story, "three")

    assert [each.token for each in mine] == ["one"]
    assert theirs == ()
    assert [each.token for each in later] == ["three"]
    assert later[0].ambiguous == 0


def test_a_zombie_changes_nothing(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        composed(story)
        (zombie,) = claims(story, "zombie")
        story.now += 2 * MINUTE
        (holder,) = claims(story, "holder")

        with transaction(story.database) as session:
            started = sending.start_attempt(session, zombie, story.now)
            settled = sending.settle(session, zombie, Ended(sending.REFUSED, "550", story.now))
            gave_back = sending.release(session, zombie)
            ours = sending.start_attempt(session, holder, story.now)

        with reading(story.database) as session:
            found = queries.message(session, holder.id)
    assert (started, settled, gave_back, ours) == (False, False, False, True)
    assert (found.state, found.attempts) == ("waiting", 1)


def test_an_own_lease_that_ran_out_starts_nothing(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        composed(story)
        (claim,) = claims(story, "one")
        story.now += MINUTE

        with transaction(story.database) as session:
            started = sending.start_attempt(session, claim, story.now)

    assert not started


def test_a_try_that_nobody_ended_is_ambiguous_and_the_fourth_waits_for_a_person(
    migrated_url: str,
) -> None:
    with lives(migrated_url) as story:
        number = composed(story)
        doubts = []
        for round_ in range(4):
            (claim,) = claims(story, f"worker {round_}")
            doubts.append(claim.ambiguous)
            with transaction(story.database) as session:
                assert sending.start_attempt(session, claim, story.now)
            story.now += 2 * MINUTE

        last = claims(story, "worker 4")

        with reading(story.database) as session:
            found = queries.message(session, number)
            idle = sending.next_due(session)
    assert doubts == [0, 1, 2, 3]
    assert last == ()
    assert idle is None
    assert (found.state, found.ambiguous, found.attempts) == ("needs_human", 4, 4)
    assert [each.outcome for each in found.tries] == ["ambiguous"] * 4


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (sending.ACCEPTED, "accepted"),
        (sending.REFUSED, "refused"),
        (sending.LATER, "waiting"),
        (sending.AMBIGUOUS, "waiting"),
        (sending.NEEDS_HUMAN, "needs_human"),
    ],
)
def test_how_a_try_ended_is_written_down(migrated_url: str, outcome: str, state: str) -> None:
    with lives(migrated_url) as story:
        number = composed(story)
        (claim,) = claims(story, "one")
        again = story.now + 5 * MINUTE
        with transaction(story.database) as session:
            sending.start_attempt(session, claim, story.now)
            settled = sending.settle(
                session, claim, Ended(outcome, "what was said", story.now, again)
            )

        with reading(story.database) as session:
            found = queries.message(session, number)
            due = sending.next_due(session)
    assert settled
    assert (found.state, found.reply) == (state, "what was said")
    assert found.ambiguous == (outcome == sending.AMBIGUOUS)
    assert [(each.outcome, each.reply) for each in found.tries] == [(outcome, "what was said")]
    assert due == (again if state == "waiting" else None)


def test_a_try_that_failed_before_the_text_went_out_is_listed_too(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        number = composed(story)
        (claim,) = claims(story, "one")

        with transaction(story.database) as session:
            sending.settle(
                session, claim, Ended(sending.LATER, "no connection", story.now, story.now)
            )

        with reading(story.database) as session:
            found = queries.message(session, number)
    assert [(each.number, each.outcome) for each in found.tries] == [(1, "later")]
    assert found.ambiguous == 0


def test_a_person_can_have_a_message_sent_once_more(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        number = composed(story)
        (claim,) = claims(story, "one")
        with transaction(story.database) as session:
            sending.settle(session, claim, Ended(sending.REFUSED, "550 unknown", story.now))
            sending.retry(session, number, story.now)

        (again,) = claims(story, "two")

        with pytest.raises(NotFoundError), transaction(story.database) as session:
            sending.retry(session, number, story.now)
    assert again.frozen == claim.frozen
    assert again.message_id == claim.message_id
