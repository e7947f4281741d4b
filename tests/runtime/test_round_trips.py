"""On PostgreSQL a step, a family in the sweep and a letter wait for few answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.model.outcomes import Triggered
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep
from tests.support.actors import spoken
from tests.support.databases import Postgres
from tests.support.life import HISTORY, STEPS
from tests.support.round_trips import round_trips
from tests.support.world import FACILITATOR, World, set_up, world

STEP, FAMILY, LETTER = 6, 8, 4
EVIDENCE = 4  # steps of a life before its first beat
IDLE_BEAT = 8
FIRST_TRY = 3  # begins in a transaction of its own


@pytest.fixture
def programme(tmp_path: Path, postgres: Postgres) -> Iterator[World]:
    url = postgres.prepared(set_up)
    with world(tmp_path, url) as made:
        yield made
    postgres.drop(url)


def test_a_step_waits_for_six_answers_at_most(programme: World) -> None:
    case = programme.pair(history=HISTORY)

    for step in STEPS[:EVIDENCE]:
        with round_trips(programme.runtime.database) as looked:
            # Who speaks is found by the test itself, once before and once in each step.
            spoken(programme.runtime, case, Triggered("none", FACILITATOR))
        with round_trips(programme.runtime.database) as trips:
            step.run(programme, case)

        assert 0 < trips.count - looked.count <= STEP


def test_a_family_in_the_sweep_adds_eight_answers_at_most(programme: World) -> None:
    for reference in ("P-1", "P-2", "P-3"):
        programme.pair(reference, history=HISTORY)
    programme.days_pass(40)

    with round_trips(programme.runtime.database) as trips:
        done = sweep(programme.runtime)
    with round_trips(programme.runtime.database) as idle:
        sweep(programme.runtime)

    assert done.families > 1
    assert idle.count <= IDLE_BEAT
    assert (trips.count - 2 * idle.count) / done.families <= FAMILY


def test_a_letter_sent_waits_for_four_answers(programme: World) -> None:
    for reference in ("P-1", "P-2", "P-3"):
        programme.pair(reference, history=HISTORY)
    programme.days_pass(40)
    sweep(programme.runtime)
    compose_owed(programme.runtime)

    with round_trips(programme.runtime.database) as trips:
        sent = deliver(programme.runtime, programme.mailbox)

    assert sent.accepted > 1
    assert trips.count <= LETTER * sent.accepted + FIRST_TRY
