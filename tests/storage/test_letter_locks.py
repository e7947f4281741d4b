"""P10: what a worker has at hand to write keeps nobody waiting, and no two wait for each other."""

from collections.abc import Iterator

import pytest

from engine.model.dossier import CaseId
from storage.database.transactions import transaction
from storage.directory import directory
from storage.mail import intents, outbox
from storage.mail.outbox import TakenError
from storage.mail.queries import LetterQuery, letters
from tests.storage.lives import DAY, Lives, lives
from tests.storage.post import a_message, owes
from tests.support.databases import Postgres


@pytest.fixture
def story(postgres: Postgres) -> Iterator[Lives]:
    url = postgres.migrated()
    with lives(url) as made:
        yield made
    postgres.drop(url)


def _count(story: Lives, case: CaseId) -> int:
    with transaction(story.database) as session:
        return len(letters(session, LetterQuery(case=case)))


def test_a_letter_is_owed_to_somebody_while_a_worker_writes_to_them(story: Lives) -> None:
    case = owes(story)
    story.now += 6 * DAY
    before = _count(story, case)

    with transaction(story.database) as session:
        person = directory.person_id(session, "aspiring-PAIR-1")
        assert intents.takes(session, person)
        story.fires()  # would fail after ten seconds, if it had to wait

    assert _count(story, case) == before + 1


def test_two_workers_never_write_to_one_person_at_once(story: Lives) -> None:
    owes(story)

    with transaction(story.database) as one, transaction(story.database) as another:
        person = directory.person_id(one, "aspiring-PAIR-1")

        assert intents.takes(one, person)
        assert not intents.takes(another, person)


def test_a_letter_that_another_worker_has_at_hand_is_left_to_it(story: Lives) -> None:
    owes(story)
    tomorrow = story.now + DAY
    with transaction(story.database) as session:
        (owed,) = intents.unplanned(session, 10)
        intents.plan(session, owed.letter.number, tomorrow)
        person = owed.letter.owed.person

    with transaction(story.database) as one:
        assert intents.due(one, person, tomorrow, 10) == (owed,)

        with pytest.raises(TakenError):
            _writes_it_too(story, owed.letter.number)

        outbox.compose(one, a_message(story), [owed.letter.number])


def _writes_it_too(story: Lives, number: int) -> None:
    with transaction(story.database) as session:
        intents.sooner(session, number, story.now)
        outbox.compose(session, a_message(story), [number])
