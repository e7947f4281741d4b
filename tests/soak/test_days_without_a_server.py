"""F9: the mail server is down for three days; then a real one takes all that waits, once each."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from socket import socket

import pytest

from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep
from storage.database.statements import Statement
from storage.database.transactions import reading
from tests.soak.killing import opened_mailer, posting
from tests.support.postfix import Postfix
from tests.support.world import World, make

PAIRS = 250  # each with two people who are asked
DAYS, BEATS = 3, 36
MINUTE = 1 / 1_440  # days

_TRIED = Statement[tuple[str, str, int]](
    "SELECT message_id, state, attempts FROM messages ORDER BY composed_at, id"
)

pytestmark = [pytest.mark.services, pytest.mark.alone]


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[World]:
    """Letters that were tried for three days, and nobody took one."""
    world = posting(tmp_path, make(tmp_path), _free_port())
    _ask(world)
    for _ in range(BEATS):
        _delivers(world)
        world.days_pass(DAYS / BEATS)
    yield world
    world.close()


def test_what_waited_for_three_days_goes_out_once_and_the_oldest_first(
    tmp_path: Path, waiting: World, exchanger: Postfix
) -> None:
    exchanger.forgets()
    found = _messages(waiting)
    before = len(exchanger.accepted)

    back = posting(tmp_path, waiting, exchanger.port)
    for _ in range(2):
        _delivers(back)
        back.days_pass(MINUTE)
    states = {state for _, state, _ in _messages(back)}
    back.close()

    came = exchanger.accepted[before:]
    untried = [name for name, _, attempts in found if not attempts]
    assert {state for _, state, _ in found} == {"waiting"}
    assert len(found) == 2 * PAIRS
    assert len(untried) > PAIRS
    assert Counter(came) == Counter(name for name, _, _ in found)
    assert [each for each in came if each in set(untried)] == untried
    assert states == {"accepted"}
    assert Counter(each.message_id for each in exchanger.taken) == Counter(came)


def _ask(world: World) -> None:
    for number in range(PAIRS):
        world.pair(f"P-{number:03}", history=(("memorandum", world.clock()),))
    sweep(world.runtime)
    while compose_owed(world.runtime).composed:
        pass


def _delivers(world: World) -> None:
    mailer = opened_mailer(world)
    try:
        deliver(world.runtime, mailer)
    finally:
        mailer.close()


def _messages(world: World) -> list[tuple[str, str, int]]:
    with reading(world.runtime.database) as session:
        return list(session.all(_TRIED))


def _free_port() -> int:
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
