"""Whatever the clock of the machine does, nothing fires early or twice, and no zone shows (P13)."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from runtime.workers.beats import BEATS, Workplace
from runtime.workers.leap import Leap
from runtime.workers.sweep import ClockBehindError, sweep
from tests.support.downtime import letters_since, rows
from tests.support.pairs import Pair, a_pair
from tests.support.world import START, World

ROOT = Path(__file__).parents[2]
FORMALISED = (("formalised", START),)
ASK = ["N-06.ask"]
SWEEP = next(beat for beat in BEATS if beat.name == "sweep")


def _asked(town: World) -> list[str]:
    return [line.letter for line in letters_since(town, START)]


def _workplace(town: World, elapsed: Callable[[], float]) -> Workplace:
    leap = Leap(town.runtime.clock, elapsed)
    return Workplace(town.runtime, town.mailbox, leap, stop=lambda: False)


def _later(town: World, pair: Pair, days: float) -> None:
    """Something is committed at a later moment, and the clock is set back to where it was."""
    ahead = replace(town.runtime, clock=lambda: START + timedelta(days=days))
    pair.world.runtime, before = ahead, pair.world.runtime
    pair.files("support", activity="A course", since="2026-05-01")
    pair.world.runtime = before


def test_timers_are_held_while_the_clock_is_behind_the_last_entry(any_town: World) -> None:
    pair = a_pair(any_town, history=FORMALISED)
    _later(any_town, pair, days=30)
    any_town.days_pass(2)
    written = rows(any_town)

    with pytest.raises(ClockBehindError) as told:
        sweep(any_town.runtime)

    assert str(told.value) == (
        "the clock says 2026-05-13 09:00:00, the last entry is of 2026-06-10 09:00:00; "
        "timers are held until the clock is right again"
    )
    assert rows(any_town) == written
    assert _asked(any_town) == []


def test_once_the_clock_is_right_again_what_was_held_fires_once(town: World) -> None:
    pair = a_pair(town, history=FORMALISED)
    _later(town, pair, days=3)
    town.days_pass(2)
    with pytest.raises(ClockBehindError):
        sweep(town.runtime)

    town.days_pass(1)
    town.beat()
    town.beat()

    assert _asked(town) == ASK
    assert max(town.mailbox.copies.values()) == 1


def test_a_clock_set_back_fires_nothing_twice(town: World) -> None:
    a_pair(town, history=FORMALISED)
    town.days_pass(8)
    town.beat()
    sent = _asked(town)

    set_back = replace(town.runtime, clock=lambda: START + timedelta(days=2))
    with pytest.raises(ClockBehindError):
        sweep(set_back)
    town.beat()

    assert _asked(town) == sent
    assert max(town.mailbox.copies.values()) == 1


def test_a_leap_of_the_clock_in_a_running_engine_holds_timers_for_ten_minutes(
    town: World, caplog: pytest.LogCaptureFixture
) -> None:
    a_pair(town, history=FORMALISED)
    seconds = [0.0]
    at = _workplace(town, lambda: seconds[0])

    def beats_after(wall: timedelta, elapsed: float) -> list[str]:
        town.days_pass(wall / timedelta(days=1))
        seconds[0] += elapsed
        SWEEP.work(at)
        return _asked(town)

    with caplog.at_level(logging.ERROR):
        leapt = beats_after(timedelta(days=40), 20)
        still_held = beats_after(timedelta(minutes=9), 540)
        released = beats_after(timedelta(minutes=2), 120)

    assert "the clock leapt ahead, timers are held for ten minutes" in caplog.messages
    assert leapt == []
    assert still_held == []
    assert released != []


def test_an_hour_ahead_is_no_leap(town: World) -> None:
    a_pair(town, history=FORMALISED)
    seconds = [0.0]
    at = _workplace(town, lambda: seconds[0])

    for _ in range(24):
        town.days_pass(1 / 24)
        seconds[0] += 20
        SWEEP.work(at)

    assert _asked(town) == ASK


def test_the_same_story_gives_the_same_journals_in_any_zone(tmp_path: Path) -> None:
    zones = ("Pacific/Apia", "Pacific/Pago_Pago")  # a day apart

    running = [_played(tmp_path / zone / "own", zone) for zone in zones]
    told = [story.communicate(timeout=120)[0] for story in running]

    assert told[0].count("\n") > 5
    assert told[0] == told[1]


def _played(folder: Path, zone: str) -> subprocess.Popen[str]:
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "tests.support.hashes", str(folder)]
    surroundings = {**os.environ, "TZ": zone}
    return subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True)
