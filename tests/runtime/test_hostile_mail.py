"""B15: 200 hostile messages mark no address, make nobody absent, and are answered by nothing."""

import random
from collections import Counter
from pathlib import Path

import pytest

from runtime.queries.incidents import incident_lines
from runtime.workers.arrived import KNOWN, take
from storage.database.statements import Statement
from storage.database.transactions import reading
from storage.mail import inbound
from storage.schema.tables import INTENTS, PEOPLE
from tests.support.bombs import beside, nested
from tests.support.came_back import failure, reply
from tests.support.grove import Grove
from tests.support.growers import PAIRS, key_of
from tests.support.inboxes import FERN, PAIR, listed, sent, with_inbox

CORPUS = sorted((Path(__file__).parents[1] / "notifications/came_back").glob("*.eml"))
OTHER = next(each for each in PAIRS if each != PAIR)
ROUNDS = 20
MARKS = (  # by which machines say that they are machines
    b"Auto-Submitted: auto-replied\n",
    b"Precedence: auto_reply\n",
    b"X-Auto-Response-Suppress: All\n",
    b"X-Autoreply: yes\n",
    b"Return-Path: <>\n",
)


def _forged(letter: bytes, other: bytes, seed: int) -> list[bytes]:
    """Reports, an absence and a reply that somebody made up, who holds at most a letter of ours."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    token = f"{chance.getrandbits(128):032x}"
    victim = f"{key_of(OTHER, 'aspiring')}@example.org"
    away = f"Number {seed}. I am away until 20 June 2026.\n"
    return [
        failure(other, token=token),  # a letter to another pair, of which they guessed the id
        failure(letter, address=victim),  # their own letter, somebody else's address
        failure(letter, message_id=f"<wp6.guess.{seed}@example.org>", token=token),
        MARKS[seed % len(MARKS)] + reply(other, away, token=""),
        reply(other, f"Number {seed}.\n", token=token, sender=f"stranger.{seed}@example.org"),
    ]


def _broken(letter: bytes, seed: int) -> list[bytes]:
    """What loops, is torn, or goes off when it is opened."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    torn = chance.choice(CORPUS).read_bytes()
    head = f"From: stranger.{seed}@example.org\nMessage-ID: <{seed}@example.org>\n".encode("ascii")
    bombs = (
        nested(60, head),
        beside(1_000, head),
        head + b"Content-Type: message/rfc822\n\n" * 2_000,
        head + b"Content-Type: text/plain" + b"; a*0*=x" * 5_000 + b"\n\nx",
        head + b"\n" + b"x" * 1_500_000,
    )
    return [
        MARKS[seed % len(MARKS)] + reply(letter, f"Number {seed}.\n"),
        MARKS[(seed + 1) % len(MARKS)] + reply(letter, f"Again {seed}.\n", sender="a@example.org"),
        b"From: pairing@example.org\nTo: pairing@example.org\n\n" + torn,
        torn[: chance.randrange(len(torn))] + b"\n--part=of_7\n" * 300 + chance.randbytes(200),
        bombs[seed % len(bombs)],
    ]


def _rows(grove: Grove) -> list[tuple[object, ...]]:
    """Every person, and every letter owed, as they lie in the database."""
    with reading(grove.runtime.database) as session:
        tables = (
            Statement[tuple[object]](each.select().order_by(each.c.id))
            for each in (PEOPLE, INTENTS)
        )
        return [tuple(row) for table in tables for row in session.all(table)]


def test_hostile_mail_changes_nothing_and_is_answered_by_nothing(any_grove: Grove) -> None:
    with_inbox(any_grove)
    letter = sent(any_grove)
    line = next(each for each in any_grove.letters(OTHER) if each.state == "accepted")
    other = any_grove.message(line.message).frozen
    before = _rows(any_grove)

    rounds = ((*_forged(letter, other, at), *_broken(letter, at)) for at in range(ROUNDS))
    raws = [raw for several in rounds for raw in several]
    states = Counter(take(any_grove.runtime, raw) for raw in raws)

    assert len(raws) == 200
    # That a reader's mail ends at another address is told to whoever runs the pair, not believed.
    told = [row for row in _rows(any_grove) if row not in before]
    assert [row for row in _rows(any_grove) if row in before] == before
    assert [line.letter for line in any_grove.letters()][len(told) * -1 :] == ["N-2.wrote"]
    # Some of them are the same message; of the forged absences a person is told, once, and of
    # automatic replies without a day, once of each of two senders.
    assert set(states) == {inbound.NOTHING, KNOWN, inbound.FOR_A_PERSON, inbound.PASSED_ON}
    assert states[inbound.PASSED_ON] == 1
    assert states[inbound.FOR_A_PERSON] == ROUNDS + 2
    assert len(incident_lines(any_grove.runtime)) == 1


@pytest.mark.parametrize("name", [path.stem for path in CORPUS])
def test_what_is_about_no_letter_of_ours_leads_to_nothing(name: str, grove: Grove) -> None:
    with_inbox(grove)
    before = _rows(grove)

    raw = next(path for path in CORPUS if path.stem == name).read_bytes()
    state = take(grove.runtime, raw)

    assert state == inbound.NOTHING
    assert _rows(grove) == before
    assert listed(grove)[0].state == inbound.NOTHING


@pytest.mark.parametrize("mark", MARKS)
def test_a_loop_of_two_hundred_automatic_mails_sends_nothing(mark: bytes, grove: Grove) -> None:
    with_inbox(grove)
    letter = sent(grove)
    before = _rows(grove)

    for number in range(200):
        take(grove.runtime, mark + reply(letter, f"{number}\n"))

    assert _rows(grove) == before


def test_a_loop_that_bears_no_mark_ends_with_whoever_runs_the_pair(grove: Grove) -> None:
    with_inbox(grove)
    letter = sent(grove)
    arrived = len(grove.post.letters)

    states = Counter(take(grove.runtime, reply(letter, f"Number {at}.\n")) for at in range(200))

    grove.sends()
    answers = grove.post.letters[arrived:]
    assert states == {inbound.PASSED_ON: 20, inbound.FOR_A_PERSON: 180}
    assert len(answers) <= states[inbound.PASSED_ON]  # one for each message at most
    assert {each.recipient for each in answers} == {f"{FERN}@example.org"}
    assert len(incident_lines(grove.runtime)) == 1
