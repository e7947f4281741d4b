"""P3, P6: a letter owed is composed once or has a reason why not; its bytes never change."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from storage.database.transactions import reading, transaction
from storage.directory import directory
from storage.errors import ConflictError
from storage.mail import intents, messages, outbox, queries, sending, withholding
from storage.mail.enclosed import enclosed
from storage.mail.intents import OwedLetter
from storage.mail.queries import LetterQuery
from storage.mail.withholding import Withheld
from tests.storage.lives import lives
from tests.storage.post import a_message, all_need_a_person, composed, owes
from tests.storage.rows import meddle


def test_a_letter_owed_is_composed_once_and_its_bytes_are_kept(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = owes(story)
        with transaction(story.database) as session:
            (owed,) = intents.unplanned(session, limit=10)
            number = outbox.compose(session, a_message(story), [owed.letter.number])

        with reading(story.database) as session:
            left = intents.unplanned(session, limit=10)
            found = messages.message(session, number)
            (line,) = queries.letters(session, LetterQuery(case=case))

    assert (owed.letter.owed.letter, owed.key, owed.reference, owed.state) == (
        "N-01.ask",
        f"{case}/2/0",
        "PAIR-1",
        "asking",
    )
    assert left == ()
    assert found.frozen == b"To: someone\r\n\r\n\xc3\xbc"
    assert (line.state, line.message, line.person) == (
        "waiting",
        number,
        "aspiring-PAIR-1",
    )


def test_a_letter_that_is_owed_no_more_is_notcomposed(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        owes(story)
        with transaction(story.database) as session:
            (owed,) = intents.unplanned(session, limit=10)
            outbox.end(session, [owed.letter.number], "superseded", "superseded: done meanwhile")

        with pytest.raises(ConflictError), transaction(story.database) as session:
            outbox.compose(session, a_message(story), [owed.letter.number])

        with reading(story.database) as session:
            (line,) = queries.letters(session)
            waiting = sending.next_due(session)
    assert (line.state, line.reason) == ("superseded", "superseded: done meanwhile")
    assert waiting is None


def test_a_message_knows_the_letters_it_carries(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        number = composed(story)

        with reading(story.database) as session:
            (carried,) = enclosed(session, number)
            person = directory.person(session, carried.reader)

    assert (carried.letter.owed.letter, carried.letter.owed.audience) == ("N-01.ask", "aspiring")
    assert person.key == "aspiring-PAIR-1"


def test_a_letter_that_needed_a_person_is_owed_again_once_it_is_retried(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case, other = owes(story), story.opens("PAIR-2")
        story.fires()
        failed = all_need_a_person(story)

        with transaction(story.database) as session:
            again = outbox.owe_again(session, case)
            owed = intents.unplanned(session, limit=10)
        with reading(story.database) as session:
            (line,) = queries.letters(session, LetterQuery(case=other))

    assert (len(failed), again) == (2, 1)
    assert [(each.letter.case_id, each.key) for each in owed] == [(case, f"{case}/2/0")]
    assert (line.state, line.reason) == ("needs_human", "a fact is missing")


def test_of_the_reminders_of_one_ladder_only_the_last_is_owed_again(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = owes(story)
        story.now += timedelta(days=5)
        story.fires()
        all_need_a_person(story)

        with transaction(story.database) as session:
            outbox.owe_again(session, case)
            owed = intents.unplanned(session, limit=10)
        with reading(story.database) as session:
            lines = queries.letters(session, LetterQuery(case=case))

    assert [each.letter.owed.letter for each in owed] == ["N-01.nudge"]
    assert {(line.letter, line.state) for line in lines} == {
        ("N-01.ask", "superseded"),
        ("N-01.nudge", "owed"),
    }


def test_everybody_a_ladder_wrote_to_is_written_to_again_each_for_the_last_time_only(
    migrated_url: str,
) -> None:
    with lives(migrated_url) as story:
        case = owes(story)
        for _ in range(2):
            story.now += timedelta(days=5)
            story.fires()
        failed = all_need_a_person(story)

        with transaction(story.database) as session:
            again = outbox.owe_again(session, case)
            owed = intents.unplanned(session, limit=10)

    team = ["aspiring.team", "aspiring.team"]
    assert _audiences(failed) == ["aspiring", "aspiring", *team, "lead"]
    assert again == 3
    assert _audiences(owed) == [*team, "lead"]
    assert len({each.letter.owed.person for each in owed}) == 3


def test_a_letter_that_reminds_of_nothing_is_overtaken_by_none(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        story.files(case)
        story.step(case, "work")
        failed = all_need_a_person(story)

        with transaction(story.database) as session:
            again = outbox.owe_again(session, case)

    assert _audiences(failed) == ["aspiring.team", "aspiring.team", "lead"]
    assert again == 3


def test_a_reminder_of_one_ladder_is_not_overtaken_by_that_of_another(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = owes(story)
        story.files(case)
        for trigger in ("work", "meet"):
            story.step(case, trigger)
        story.now += timedelta(days=3)
        story.fires()
        all_need_a_person(story)

        with transaction(story.database) as session:
            outbox.owe_again(session, case)
            owed = intents.unplanned(session, limit=10)

    reminding = [each.letter.owed for each in owed if each.letter.owed.ladder]
    assert [each.letter for each in reminding] == ["N-01.ask", "N-02.ask"]


def test_a_reminder_is_not_overtaken_by_a_later_one_to_somebody_else(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = owes(story)
        meddle(story.database, _TO_THE_COORDINATOR)
        story.now += timedelta(days=5)
        story.fires()
        all_need_a_person(story)

        with transaction(story.database) as session:
            outbox.owe_again(session, case)
            owed = intents.unplanned(session, limit=10)

    assert [(each.letter.owed.letter, each.letter.owed.audience) for each in owed] == [
        ("N-01.ask", "coordinator"),
        ("N-01.nudge", "aspiring"),
    ]


_TO_THE_COORDINATOR = """UPDATE intents SET audience = 'coordinator',
    person_id = (SELECT id FROM people WHERE key = 'coordinator-PAIR-1')"""


def test_a_letter_that_is_owed_once_more_waits_for_a_moment_anew(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        owes(story)
        with transaction(story.database) as session:
            (owed,) = intents.unplanned(session, limit=10)
            intents.plan(session, owed.letter.number, story.now)
            number = outbox.compose(session, a_message(story), [owed.letter.number])
            claim = sending.take(session, story.now, 60, "token")
            assert claim is not None
            to = (owed.letter.number, owed.letter.owed.person)

            withholding.withhold(session, claim, Withheld("moved", anew=(to,)), story.now)

            assert claim.id == number
            assert intents.unplanned(session, limit=10) == (owed,)


def _audiences(letters: Iterable[OwedLetter]) -> list[str]:
    return [each.letter.owed.audience for each in letters]
