"""P11: a request that is repeated gets the answer it got, and does nothing twice."""

import threading

import pytest

from storage.database.transactions import reading, transaction
from storage.errors import ConflictError
from storage.programme import requests
from tests.storage.lives import lives


def test_a_request_is_answered_as_it_was(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        with transaction(story.database) as session:
            assert requests.recall(session, "key", "body") is None
            requests.remember(session, "key", "body", "the answer", story.now)

        with reading(story.database) as session:
            found = requests.recall(session, "key", "body")
    assert found == "the answer"


def test_a_key_used_for_something_else_is_refused(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        with transaction(story.database) as session:
            requests.remember(session, "key", "body", "the answer", story.now)

        with (
            pytest.raises(ConflictError, match="'key' was used for another request"),
            reading(story.database) as session,
        ):
            requests.recall(session, "key", "another body")


def test_of_many_with_one_key_at_once_one_does_it(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        together = threading.Barrier(8)
        one_writer = story.database.dialect.name == "sqlite"
        did: list[int] = []
        answers: list[str | None] = []

        def asks(number: int) -> None:
            if one_writer:
                together.wait()
            with transaction(story.database) as session:
                if not one_writer:
                    together.wait()
                answer = requests.recall(session, "key", "body")
                if answer is None:
                    did.append(number)
                    answer = f"done by {number}"
                    requests.remember(session, "key", "body", answer, story.now)
            answers.append(answer)

        threads = [threading.Thread(target=asks, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(did) == 1
    assert answers == [f"done by {did[0]}"] * 8
