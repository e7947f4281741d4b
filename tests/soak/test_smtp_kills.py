"""F5: the process dies between two steps of SMTP; no letter is lost, none doubled without doubt."""

import signal
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep
from storage.database.transactions import reading
from storage.journal.verify import verify
from tests.soak.conftest import Soak
from tests.soak.killing import Reaper, opened_mailer, posting, start, watched
from tests.support.life import HISTORY, STEPS, messages
from tests.support.mail_acts import Drop
from tests.support.witness import Witness
from tests.support.world import World, make

TIMES = 3  # each phase, in every run
EVIDENCE = 4  # steps of a life before its first beat

# Where it dies: the step of the server, seconds after its answer (None: before it), the copies
# that may have come by the end, the tries in doubt.
PHASES = {
    "before MAIL": ("EHLO", None, {1}, {1}),
    "before RCPT": ("MAIL", None, {1}, {1}),
    "before DATA": ("RCPT", None, {1}, {1}),
    "before the text": ("DATA", None, {1}, {1}),
    "within the text": ("text", None, {1}, {1}),
    "after the dot": ("dot", None, {2}, {1}),
    "after the answer": ("dot", 0.0, {1, 2}, {0, 1}),
    "1 ms later": ("dot", 0.001, {1, 2}, {0, 1}),
    "10 ms later": ("dot", 0.01, {1, 2}, {0, 1}),
    "100 ms later": ("dot", 0.1, {1}, {0, 1}),  # the doubt may be of the next letter
}


@pytest.mark.services
@pytest.mark.alone
@pytest.mark.parametrize("phase", PHASES)
def test_a_kill_between_the_steps_of_smtp_loses_and_doubles_nothing(
    phase: str, tmp_path: Path
) -> None:
    for number in range(TIMES):
        folder = tmp_path / str(number)
        folder.mkdir()

        _dies_at(phase, folder)


@pytest.mark.soak
def test_kills_between_the_steps_of_smtp_for_some_minutes(tmp_path: Path, soak: Soak) -> None:
    done: Counter[str] = Counter()
    doubled: Counter[str] = Counter()
    ends_at = time.monotonic() + soak.seconds
    while time.monotonic() < ends_at:
        phase = soak.rng.choice(list(PHASES))
        folder = tmp_path / str(done.total())
        folder.mkdir()
        doubled[phase] += _dies_at(phase, folder)
        done[phase] += 1
    for phase in PHASES:
        soak.say(f"  {phase:<18} {done[phase]:>4} kills, {doubled[phase]:>3} second copies")


def _dies_at(phase: str, folder: Path) -> int:
    """Kill the delivery once, deliver again, and count the second copies."""
    step, after, copies, doubts = PHASES[phase]
    witness, reaper = watched()
    with witness:
        world = _with_letters(folder, witness)
        try:
            if step == "text":
                witness.will("text", Drop())
            _deliver_and_die(world, reaper, (step, after))
            witness.script.clear()
            _deliver_again(world)
            return _checked(world, witness, copies, doubts)
        finally:
            world.close()


def _with_letters(folder: Path, witness: Witness) -> World:
    world = posting(folder, make(folder), witness)
    case = world.pair(history=HISTORY)
    for step in STEPS[:EVIDENCE]:
        step.run(world, case)
    sweep(world.runtime)
    assert compose_owed(world.runtime).composed > 1
    return world


def _deliver_and_die(world: World, reaper: Reaper, when: tuple[str, float | None]) -> None:
    def work(_: Connection) -> None:
        world.reopen()
        deliver(world.runtime, opened_mailer(world))
        signal.pause()  # it has nothing left to do but to be killed

    def aim(victim: int) -> None:
        reaper.will_kill(*when)
        reaper.victim = victim

    doomed = start(work, aim)
    doomed.end()
    assert doomed.process.exitcode == -signal.SIGKILL


def _deliver_again(world: World) -> None:
    """Started again when the lease of the dead one has run out."""
    world.days_pass(0.25)
    mailer = opened_mailer(world)
    try:
        deliver(world.runtime, mailer)
    finally:
        mailer.close()


def _checked(world: World, witness: Witness, copies: set[int], doubts: set[int]) -> int:
    came = witness.copies()
    written = messages(world)
    assert set(came) == set(written)
    assert {state for state, _ in written.values()} == {"accepted"}
    for message_id, (_, ambiguous) in written.items():
        assert 1 <= came[message_id] <= 1 + ambiguous, message_id
    assert max(came.values()) in copies
    assert sum(ambiguous for _, ambiguous in written.values()) in doubts
    assert len({each.data for each in witness.taken}) == len(came), "a retry differs"
    with reading(world.runtime.database) as session:
        assert list(verify(session)) == []
    return sum(came.values()) - len(came)
