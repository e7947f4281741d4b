"""F6: a real Postfix refuses at each command; who is meant decides what becomes of the letter."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

from runtime.queries.incidents import incident_lines
from runtime.workers.deliver import deliver
from storage.database.columns import to_instant
from storage.database.statements import Statement
from storage.database.transactions import reading
from storage.directory import directory
from tests.soak.killing import opened_mailer, posting, with_letters
from tests.support.postfix import Postfix
from tests.support.postfix_policy import PLACES, Place
from tests.support.world import World, fork

COORDINATOR = "coordinator.vie-bir@example.org"
LATER = ("421 4.7.0", "450 4.2.0", "451 4.3.0", "452 4.2.2")
DEAD = ("550 5.1.1", "551 5.1.6", "553 5.1.3")  # about the recipient, if said of one
OTHERS = ("550 5.7.1", "552 5.2.2", "554 5.3.4")
CODES = (*LATER, *DEAD, *OTHERS)
NO_WAY = ("connect", "EHLO", "MAIL")  # what is refused there is refused to every letter
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(minutes=6)
OFTEN = 20  # each, in a long run

pytestmark = pytest.mark.alone

_TRIED = Statement[tuple[str, str, int, str]](
    "SELECT message_id, state, attempts, next_at FROM messages ORDER BY id"
)


class Tried(NamedTuple):
    """A message, how often it was tried, and when it is tried again."""

    message_id: str
    state: str
    attempts: int
    next_at: str


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Two messages that nobody has tried to send, to be copied."""
    made = with_letters(tmp_path_factory.mktemp("asked"))
    yield made
    made.close()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "times",
    [
        pytest.param(1, marks=pytest.mark.services),
        pytest.param(OFTEN, marks=pytest.mark.soak),
    ],
)
def test_what_a_server_refuses_waits_its_time_or_is_not_tried_again(
    place: Place, times: int, tmp_path: Path, asked: World, exchanger: Postfix
) -> None:
    for number, code in product(range(times), CODES):
        folder = tmp_path / f"{number}-{code}"
        folder.mkdir()
        exchanger.forgets()
        exchanger.will(place, f"{code} no", COORDINATOR if place == "RCPT" else "")
        world = posting(folder, fork(asked, folder), exchanger.port)
        try:
            _is_refused(world, exchanger, place, code)
            exchanger.takes_everything()
            world.days_pass(LONGEST / timedelta(days=1))
            _goes_on(world, exchanger, dead=place == "RCPT" and code in DEAD)
        finally:
            world.close()


def _is_refused(world: World, exchanger: Postfix, place: Place, code: str) -> None:
    lines = _delivered(world)
    tried = [each for each in lines if each.attempts]
    refused = [each for each in tried if each.state != "accepted"]
    others = [each for each in tried if each.state == "accepted"]

    assert [each.message_id for each in exchanger.taken] == [each.message_id for each in others]
    assert len(others) == (1 if place == "RCPT" else 0)
    assert len(refused) == (2 if place in {"DATA", "dot"} else 1)
    assert len(_incidents(world)) == _told(place, code)
    if place == "RCPT" and code in DEAD:
        assert {each.state for each in refused} == {"refused"}
        return
    assert {each.state for each in refused} == {"waiting"}
    for each in refused:
        assert SHORTEST <= to_instant(each.next_at) - world.clock() <= LONGEST


def _goes_on(world: World, exchanger: Postfix, *, dead: bool) -> None:
    lines = _delivered(world)
    gone = [each.message_id for each in lines if each.state == "accepted"]
    came = Counter(each.message_id for each in exchanger.taken)

    assert came == Counter(gone)
    assert Counter(each.state for each in lines) == (
        {"accepted": 1, "refused": 1} if dead else {"accepted": 2}
    )
    assert [each.attempts for each in lines if each.state == "refused"] == [1] * dead
    assert _incidents(world) == []
    with reading(world.runtime.database) as session:
        unreachable = [each.email for each in directory.people(session) if not each.reachable]
    assert unreachable == [COORDINATOR] * dead


def _delivered(world: World) -> list[Tried]:
    mailer = opened_mailer(world)
    try:
        deliver(world.runtime, mailer)
    finally:
        mailer.close()
    with reading(world.runtime.database) as session:
        return [Tried(*row) for row in session.all(_TRIED)]


def _told(place: Place, code: str) -> int:
    """How many incidents there are: none of what is of one letter, and goes by itself."""
    if place in NO_WAY:
        return 1
    return int(code not in LATER and not (place == "RCPT" and code in DEAD))


def _incidents(world: World) -> list[str]:
    return [each.cause for each in incident_lines(world.runtime) if each.kind == "mail"]
