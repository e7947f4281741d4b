"""Somebody advances a pair while the beats run, and both are killed at random moments."""

import itertools
import shutil
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from engine.model.dossier import CaseId
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep
from storage.cases import timers
from storage.database.statements import Statement
from storage.database.transactions import reading
from storage.journal.verify import verify
from storage.mail.attempts import MOST_REPEATED
from tests.soak.conftest import Soak
from tests.soak.killing import opened_mailer, posting, start
from tests.support.life import HISTORY, STEPS, messages
from tests.support.witness import Witness
from tests.support.world import World, make

EVIDENCE, LIFE = STEPS[:4], STEPS[4:]  # the letters of the state need what is filed first
ACTS = [step for step in LIFE if not step.name.startswith("beat")]
# An act may overtake a message that is written and not sent: its second look takes it back.
NOT_SENT = frozenset({"superseded", "withheld"})
LONGEST = 0.12  # seconds that a process may live

_DONE = Statement[tuple[str]]("SELECT key FROM requests")
_OPEN = Statement[tuple[str, str]](
    "SELECT key, state FROM intents WHERE state NOT IN ('composed', 'superseded')"
)


@pytest.mark.services
def test_kills_at_random_moments_lose_nothing_of_one_life(tmp_path: Path, seeds: Soak) -> None:
    for number in range(3):
        _episode(tmp_path / str(number), seeds)


@pytest.mark.soak
def test_kills_at_random_moments_for_some_minutes(tmp_path: Path, soak: Soak) -> None:
    total: Counter[str] = Counter()
    ends_at = time.monotonic() + soak.seconds
    for number in itertools.count():
        if time.monotonic() > ends_at:
            break
        total.update(_episode(tmp_path / str(number), soak))
        shutil.rmtree(tmp_path / str(number))
    soak.say("  " + ", ".join(f"{count} {what}" for what, count in total.items()))


def _episode(folder: Path, soak: Soak) -> Counter[str]:
    """One life of a pair: every act is repeated until it is acknowledged, whoever dies."""
    folder.mkdir()
    witness = Witness()
    counted: Counter[str] = Counter(lives=1)
    with witness:
        world = posting(folder, make(folder), witness.port)
        try:
            case = world.pair(history=HISTORY)
            for step in EVIDENCE:
                step.run(world, case)
            known: list[str] = []
            while len(known) < len(ACTS):
                world.days_pass(soak.rng.uniform(0, 3))
                known += _live_and_die(world, case, len(known), soak)
                counted["kills"] += 2
                _check_acknowledged(world, known)
            _settle_down(world)
            counted.update(_checked(world, witness))
        finally:
            world.close()
    return counted


def _live_and_die(world: World, case: CaseId, done: int, soak: Soak) -> list[str]:
    """Beats in one process, acts in another; the acts that were acknowledged before the end."""

    def keep_time(_: Connection) -> None:
        world.reopen()
        mailer = opened_mailer(world)
        while True:
            sweep(world.runtime)
            compose_owed(world.runtime)
            deliver(world.runtime, mailer)

    def act_on(said: Connection) -> None:
        world.reopen()
        for step in ACTS[done:]:
            step.run(world, case)
            said.send(step.name)

    beats, acts = start(keep_time), start(act_on)
    first, second = sorted(soak.rng.uniform(0, LONGEST) for _ in range(2))
    beats.process.join(first)
    if soak.rng.random() < 1 / 2:
        beats.kill()
        acts.process.join(second - first)
        return acts.kill()
    acknowledged = acts.kill()
    beats.process.join(second - first)
    beats.kill()
    return acknowledged


def _check_acknowledged(world: World, known: list[str]) -> None:
    """P2: what somebody was told is there."""
    with reading(world.runtime.database) as session:
        there = {key for (key,) in session.all(_DONE)}
    assert {f"life.{name}" for name in known} <= there


def _settle_down(world: World) -> None:
    """After the last kill: leases run out, and everything due is done (F31)."""
    mailer = opened_mailer(world)
    try:
        for _ in range(3):
            world.days_pass(5 / 24)
            sweep(world.runtime)
            compose_owed(world.runtime)
            deliver(world.runtime, mailer)
    finally:
        mailer.close()


def _checked(world: World, witness: Witness) -> Counter[str]:
    came, written = witness.copies(), messages(world)
    for message_id, (state, ambiguous) in written.items():
        if state in NOT_SENT:
            assert came[message_id] <= ambiguous, message_id
            continue
        assert state == ("accepted" if ambiguous <= MOST_REPEATED else "needs_human")
        assert came[message_id] <= 1 + ambiguous, message_id
        assert came[message_id] >= 1 or state == "needs_human", message_id
    assert set(came) <= set(written)
    assert len({each.data for each in witness.taken}) == len(came), "a retry differs"
    with reading(world.runtime.database) as session:
        assert session.all(_OPEN) == []
        assert timers.due_timers(session, world.clock(), 100) == ()
        assert list(verify(session)) == []
    return Counter(
        letters=len(written),
        copies=sum(came.values()),
        doubts=sum(ambiguous for _, ambiguous in written.values()),
    )
