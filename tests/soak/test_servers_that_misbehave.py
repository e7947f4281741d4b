"""F7: a server hangs, drips, cuts or talks nonsense; nothing is lost, nobody waits for long."""

import time
from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import pytest

from runtime.workers.deliver import deliver
from tests.soak.killing import opened_mailer, posting, with_letters
from tests.support.life import messages
from tests.support.mail_acts import Act, Besides, Drip, Drop, Hang, Noise, Reset, Say, Step
from tests.support.witness import Witness
from tests.support.world import World, fork

SECONDS = 0.5  # that the server is given for each step
SLACK = 5.0  # seconds for a busy machine
BEAT, LATER = 20 / 86_400, 7 / 1_440  # days
OFTEN = 20  # each behaviour, in a long run

BEHAVIOURS: dict[str, Act] = {
    "hangs": Hang(),
    "drips": Drip(),
    "hangs up": Drop(),
    "resets": Reset(),
    "says half an answer": Say("25", then_drop=True),
    "says goodbye": Say("421 4.3.2 going down", then_drop=True),
    "talks nonsense": Noise(bytes(range(256)) * 8 + b"\r\n"),
    "answers in eight bits": Noise(b"250 zugestellt f\xfcr \xff\xfe\r\n"),
    "begins a line of 1 MB": Noise(b"2" * 1_000_000),
    "says a line of 1 MB": Noise(b"250 " + b"x" * 1_000_000 + b"\r\n"),
    "never ends its answer": Noise(b"250-more\r\n" * 100_000),
    "says 421 in one breath": Besides("421 4.3.2 going down"),
}
STEPS: tuple[Step, ...] = ("connect", "EHLO", "MAIL", "RCPT", "DATA", "text", "dot")
# A server that accepts what it has not got yet lies: nobody could know.
LIES = {("answers in eight bits", "text")}
ONCE = list(zip(BEHAVIOURS, cycle(STEPS), strict=False))  # each of both

pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Two messages that nobody has tried to send, to be copied."""
    made = with_letters(tmp_path_factory.mktemp("asked"))
    yield made
    made.close()


@pytest.mark.services
@pytest.mark.parametrize(("name", "step"), ONCE)
def test_a_server_that_misbehaves_loses_nothing_and_holds_up_nobody(
    name: str, step: Step, tmp_path: Path, asked: World
) -> None:
    _misbehaves(tmp_path, asked, name, step)


@pytest.mark.soak
@pytest.mark.parametrize("name", BEHAVIOURS)
def test_servers_that_misbehave_at_every_step_lose_nothing(
    name: str, tmp_path: Path, asked: World
) -> None:
    steps = (step for step in cycle(STEPS) if (name, step) not in LIES)
    for number, step in enumerate(islice(steps, OFTEN)):
        folder = tmp_path / str(number)
        folder.mkdir()
        _misbehaves(folder, asked, name, step)


def _misbehaves(folder: Path, asked: World, name: str, step: Step) -> None:
    with Witness().will(step, BEHAVIOURS[name]) as witness:
        world = posting(folder, fork(asked, folder), witness.port, SECONDS)
        mailer = opened_mailer(world)
        try:
            begun = time.monotonic()
            deliver(world.runtime, mailer)
            took = time.monotonic() - begun
            for _ in range(2):  # the beats of the next minute
                world.days_pass(BEAT)
                deliver(world.runtime, mailer)
            soon = Counter(state for state, _ in messages(world).values())
            world.days_pass(LATER)
            deliver(world.runtime, mailer)
            _check(world, witness)
        finally:
            mailer.close()
            world.close()

    assert took <= world.settings.mail.longest_send + SLACK
    assert soon["accepted"] >= 1  # the other letter


def _check(world: World, witness: Witness) -> None:
    came, written = Counter(each.message_id for each in witness.taken), messages(world)
    assert set(came) == set(written)
    for message_id, (state, ambiguous) in written.items():
        assert state == "accepted"
        assert 1 <= came[message_id] <= 1 + ambiguous, message_id
    assert len({each.data for each in witness.taken}) == len(came), "a retry differs"
