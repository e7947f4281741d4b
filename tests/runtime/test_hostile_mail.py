"""B15: 200 hostile messages mark no address, make nobody absent, and are answered by nothing."""

import random
from collections import Counter
from pathlib import Path

import pytest

from runtime.workers.arrived import KNOWN, take
from storage.database.statements import Statement
from storage.database.transactions import reading
from storage.mail import inbound
from storage.schema.tables import INTENTS, PEOPLE
from tests.support.came_back import failure, reply
from tests.support.grove import Grove
from tests.support.growers import PAIRS, key_of
from tests.support.inboxes import PAIR, listed, sent, with_inbox

CORPUS = sorted((Path(__file__).parents[1] / "notifications/came_back").glob("*.eml"))
OTHER = next(each for each in PAIRS if each != PAIR)
ROUNDS = 25


def _hostile(letter: bytes, other: bytes, seed: int) -> list[bytes]:
    """Eight messages: forged, looping, broken, or huge."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    token = f"{chance.getrandbits(128):032x}"
    victim = f"{key_of(OTHER, 'aspiring')}@example.org"
    torn = chance.choice(CORPUS).read_bytes()
    words = f"Number {seed}.\n"
    return [
        failure(other, token=token),  # a letter to another pair, of which they guessed the id
        failure(letter, address=victim),  # their own letter, somebody else's address
        failure(letter, message_id=f"<wp6.guess.{seed}@example.org>", token=token),
        b"Auto-Submitted: auto-replied\n" + reply(letter, words),
        b"Precedence: bulk\n" + reply(letter, words, token=token),
        reply(other, words, token=token, sender=f"stranger.{seed}@example.org"),
        b"From: pairing@example.org\nTo: pairing@example.org\n\n" + torn,
        torn[: chance.randrange(len(torn))] + b"\n--part=of_7\n" * 300 + chance.randbytes(200),
    ]


def _rows(grove: Grove) -> list[object]:
    """Every person, and every letter owed, as they lie in the database."""
    with reading(grove.runtime.database) as session:
        tables = (
            Statement[tuple[object]](each.select().order_by(each.c.id))
            for each in (PEOPLE, INTENTS)
        )
        return [row for table in tables for row in session.all(table)]


def test_hostile_mail_changes_nothing_and_is_answered_by_nothing(any_grove: Grove) -> None:
    with_inbox(any_grove)
    letter = sent(any_grove)
    line = next(each for each in any_grove.letters(OTHER) if each.state == "accepted")
    other = any_grove.message(line.message).frozen
    before = _rows(any_grove)

    raws = [raw for seed in range(ROUNDS) for raw in _hostile(letter, other, seed)]
    states = Counter(take(any_grove.runtime, raw) for raw in raws)

    assert len(raws) == 200
    assert _rows(any_grove) == before
    assert set(states) == {inbound.NOTHING, KNOWN}  # some of them are the same message


@pytest.mark.parametrize("name", [path.stem for path in CORPUS])
def test_what_is_about_no_letter_of_ours_leads_to_nothing(name: str, grove: Grove) -> None:
    with_inbox(grove)
    before = _rows(grove)

    raw = next(path for path in CORPUS if path.stem == name).read_bytes()
    state = take(grove.runtime, raw)

    assert state == inbound.NOTHING
    assert _rows(grove) == before
    assert listed(grove)[0].state == inbound.NOTHING


def test_a_loop_of_two_hundred_automatic_mails_sends_nothing(grove: Grove) -> None:
    with_inbox(grove)
    letter = sent(grove)
    before = _rows(grove)

    for number in range(200):
        take(grove.runtime, b"Auto-Submitted: auto-replied\n" + reply(letter, f"{number}\n"))

    assert _rows(grove) == before
