"""P4, P13: clocks that differ a little hold no timer back, one that is wrong holds them all."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engine.model.outcomes import Filed
from runtime.families import Families
from runtime.wiring import Runtime
from runtime.workers.sweep import ClockBehindError, Swept, sweep
from storage.database.transactions import transaction
from tests.support.actors import act, spoken
from tests.support.pairs import Pair, a_pair
from tests.support.world import FACILITATOR, START, World, world

SUPPORT = {"activity": "A course", "since": "2026-05-01"}
SIGNING = (("formalised", START - timedelta(days=100)), ("memorandum", START))


@pytest.fixture
def programme(tmp_path: Path, world_url: str | None) -> Iterator[World]:
    with world(tmp_path, world_url) as made:
        yield made


def _with_due_timers(programme: World) -> Pair:
    pair = a_pair(programme, history=SIGNING)
    programme.days_pass(6)
    event = Filed("support", SUPPORT, FACILITATOR)
    assert act(programme.runtime, pair.case, event).accepted
    return pair


def _behind(programme: World, by: timedelta) -> Runtime:
    return replace(programme.runtime, clock=lambda: programme.clock() - by)


def test_a_machine_whose_clock_is_a_second_behind_fires_timers(programme: World) -> None:
    _with_due_timers(programme)

    swept = sweep(_behind(programme, timedelta(seconds=1)))

    assert swept.families == 1


def test_a_machine_whose_clock_is_an_hour_behind_holds_them(programme: World) -> None:
    _with_due_timers(programme)

    with pytest.raises(ClockBehindError):
        sweep(_behind(programme, timedelta(hours=1)))


def test_a_sweep_that_waited_for_another_writer_takes_its_time_after_it(tmp_path: Path) -> None:
    with world(tmp_path) as programme:
        pair = _with_due_timers(programme)
        asked = threading.Event()

        def clock() -> datetime:
            asked.set()
            return programme.clock()

        filed = spoken(programme.runtime, pair.case, Filed("support", SUPPORT, FACILITATOR))
        waiting = _Sweeping(replace(programme.runtime, clock=clock))
        with transaction(programme.runtime.database) as session:
            waiting.start()
            asked.wait(0.5)
            programme.days_pass(1)
            later = Families(session, programme.runtime, programme.clock())
            later.happen(pair.case, filed)
        waiting.join()

        assert waiting.outcome == Swept(families=1)


class _Sweeping(threading.Thread):
    def __init__(self, runtime: Runtime) -> None:
        super().__init__()
        self._runtime = runtime
        self.outcome: Swept | ClockBehindError | None = None

    def run(self) -> None:
        try:
            self.outcome = sweep(self._runtime)
        except ClockBehindError as error:
            self.outcome = error
