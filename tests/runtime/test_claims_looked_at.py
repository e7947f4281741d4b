"""What is looked at before a message goes: one in doubt, and so many that none may go."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from notifications.mailer import TryLater, Unknown
from runtime.workers.claiming import MOST_LOOKS, MoreWait, next_claim
from runtime.workers.deliver import deliver
from storage.database.transactions import transaction
from tests.storage.rows import ask, meddle
from tests.support.at_slots import both_pairs, orchard_at_slots
from tests.support.grove import Grove
from tests.support.growers import key_of

COORDINATOR = key_of("VIE-BIR", "coordinator")
ADDRESS = f"{COORDINATOR}@example.org"
_MESSAGE = """person_id, recipient, subject, text, frozen, composed_at, state, next_at, attempts,
    ambiguous, settled_at, reply, claim_at, trouble"""
_LETTER = """case_id, root_id, stay, letter, audience, person_id, ladder, meeting, facts, owed_at,
    state, reason, goes_at, held_until, held_why"""


@pytest.fixture
def grove(migrated_url: str, tmp_path: Path) -> Iterator[Grove]:
    """Two pairs, and one coordinator who gets the letters of both in one message."""
    programme = orchard_at_slots(tmp_path)
    with both_pairs(programme, migrated_url, tmp_path, COORDINATOR) as made:
        yield made


def _tried(grove: Grove, outcome: TryLater | Unknown) -> int:
    """The message of both pairs to the coordinator, tried once."""
    grove.writes(7)
    grove.post.will_answer(ADDRESS, outcome)
    deliver(grove.runtime, grove.post)
    grove.post.answers.clear()
    (number,) = {each.message for each in grove.letters() if each.recipient == ADDRESS}
    assert number is not None
    return number


def _copied(grove: Grove, number: int, by: int) -> None:
    """One more message like it, with letters of its own."""
    for table, key, own, which in (
        ("messages", "message_id", _MESSAGE, "id"),
        ("intents", "key", f"{_LETTER}, message_id", "message_id"),
    ):
        columns = own.replace("message_id", f"message_id + {by}")
        meddle(
            grove.runtime.database,
            f"INSERT INTO {table} (id, {key}, {own}) "  # noqa: S608 - ours
            f"SELECT id + {by}, {key} || '-{by}', {columns} FROM {table} WHERE {which} = :id",
            id=number,
        )


def test_a_message_in_doubt_of_which_half_is_done_goes_as_it_was(grove: Grove) -> None:
    number = _tried(grove, Unknown("no answer"))
    grove.files_note("VIE-BIR")

    grove.days_pass(3)
    deliver(grove.runtime, grove.post)

    sent = [each.frozen for each in grove.post.letters if each.recipient == ADDRESS]
    assert sent == [grove.message(number).frozen]
    assert grove.message(number).state == "accepted"


def test_of_many_that_are_not_to_go_only_so_many_are_looked_at_at_once(grove: Grove) -> None:
    number = _tried(grove, TryLater("451 later"))
    for each in range(1, MOST_LOOKS + 3):
        _copied(grove, number, each * 10_000)
    grove.files_note("VIE-BIR")
    grove.files_note("LIS-ELM")
    grove.days_pass(3)

    with transaction(grove.runtime.database) as session:
        found = next_claim(grove.runtime, session)
    waiting = "SELECT COUNT(*) FROM messages WHERE state = 'waiting' AND recipient = :to"
    left = ask(grove.runtime.database, waiting, to=ADDRESS)
    deliver(grove.runtime, grove.post)

    assert isinstance(found, MoreWait)
    assert left == [(3,)]
    assert ask(grove.runtime.database, waiting, to=ADDRESS) == [(0,)]
    assert [each for each in grove.post.letters if each.recipient == ADDRESS] == []
