"""All that goes on by itself stands in one list; no beat stops another, and none is dropped."""

import ast
import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from runtime.workers.beats import BEATS, Beat, Metronome, Workplace
from storage.errors import SchemaError
from tests.support.grove import Grove
from tests.support.tables import NEWER, OLDER, turn_tables

WORKERS = Path(__file__).parents[2] / "runtime" / "workers"
LONG = 20.0  # seconds after which a beat that does not come is given up


def _soon(_: object) -> timedelta:
    return timedelta(milliseconds=20)


@contextmanager
def _keeps_time(grove: Grove, *beats: Beat) -> Iterator[None]:
    metronome = Metronome(grove.runtime, beats)
    thread = threading.Thread(target=metronome.beat_until_stopped, daemon=True)
    thread.start()
    yield
    metronome.stop()
    thread.join(LONG)


class Count:
    """Counts its beats; `reaches` waits until there were so many."""

    def __init__(self) -> None:
        self._beats = threading.Semaphore(0)

    def __call__(self, _: Workplace) -> None:
        self._beats.release()

    def reaches(self, number: int) -> bool:
        return all(self._beats.acquire(timeout=LONG) for _ in range(number))

    @property
    def came_again(self) -> bool:
        return self._beats.acquire(blocking=False)


def test_every_worker_is_a_beat() -> None:
    called = _called_by_the_list(WORKERS / "beats.py")

    workers = {name for file in WORKERS.glob("*.py") for name in _workers_in(file)}

    assert workers == {"sweep", "compose_owed", "deliver", "look_into"}
    assert workers - called == set()


def test_no_two_beats_share_a_name_and_each_waits_for_one_before_it() -> None:
    names = [beat.name for beat in BEATS]

    assert len(set(names)) == len(names)
    assert [beat.name for beat in BEATS if beat.after and beat.after not in names] == []


def test_the_period_of_the_beats_is_a_setting(grove: Grove) -> None:
    engine = grove.runtime.settings.engine.model_copy(update={"beat_seconds": 7})
    inbox = grove.runtime.settings.inbox.model_copy(update={"beat_seconds": 90})
    settings = grove.runtime.settings.model_copy(update={"engine": engine, "inbox": inbox})

    periods = {beat.name: beat.period(settings) for beat in BEATS}

    assert periods.pop("take_in") == timedelta(seconds=90)
    assert set(periods.values()) == {timedelta(seconds=7)}


def test_a_beat_that_fails_stops_neither_the_others_nor_itself(
    grove: Grove, caplog: pytest.LogCaptureFixture
) -> None:
    failed, worked = Count(), Count()

    def fails(at: Workplace) -> None:
        failed(at)
        raise RuntimeError("a fault of one beat")

    beats = (Beat("fails", fails, _soon), Beat("works", worked, _soon))
    with caplog.at_level(logging.ERROR), _keeps_time(grove, *beats):
        came = failed.reaches(3) and worked.reaches(3)

    assert came
    assert "beat failed" in caplog.messages


def test_a_beat_that_takes_long_stops_no_other_and_goes_on_after_it(grove: Grove) -> None:
    slow, quick = Count(), Count()
    may_end = threading.Event()

    def takes_long(at: Workplace) -> None:
        may_end.wait(LONG)
        slow(at)

    with _keeps_time(grove, Beat("slow", takes_long, _soon), Beat("quick", quick, _soon)):
        others_went_on = quick.reaches(10)
        may_end.set()
        went_on = slow.reaches(3)

    assert others_went_on
    assert went_on


def test_a_late_beat_is_neither_dropped_nor_made_up_for_many_times(grove: Grove) -> None:
    jobs = Metronome(grove.runtime)._scheduler().get_jobs()

    asked = {(job.misfire_grace_time, job.coalesce, job.max_instances) for job in jobs}

    assert len(jobs) == len(BEATS)
    assert asked == {(None, True, 1)}


def test_letters_wait_until_the_timers_have_spoken_once(grove: Grove) -> None:
    said: list[str] = []
    metronome = Metronome(
        grove.runtime,
        [
            Beat("sweep", lambda _: said.append("sweep"), _soon),
            Beat("compose", lambda _: said.append("compose"), _soon, after="sweep"),
        ],
    )
    sweep, compose = metronome.beats

    for beat in (compose, sweep, compose):
        metronome.beat(beat)

    assert said == ["sweep", "compose"]


def test_timers_that_failed_once_do_not_hold_the_letters_back(grove: Grove) -> None:
    said: list[str] = []

    def fails(_: Workplace) -> None:
        raise RuntimeError("the database is locked")

    metronome = Metronome(
        grove.runtime,
        [
            Beat("sweep", fails, _soon),
            Beat("compose", lambda _: said.append("compose"), _soon, after="sweep"),
        ],
    )

    for beat in metronome.beats:
        metronome.beat(beat)

    assert said == ["compose"]


@pytest.mark.parametrize(
    ("revision", "said"),
    [(NEWER, "are newer .* install the version that made"), (OLDER, "run: pairing db upgrade")],
)
def test_a_worker_ends_with_one_sentence_once_the_tables_are_of_another_version(
    any_grove: Grove, revision: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    worked = Count()
    metronome = Metronome(any_grove.runtime, [Beat("works", worked, _soon)])
    metronome.beat(metronome.beats[0])
    turn_tables(any_grove.runtime.database, revision)

    with pytest.raises(SchemaError, match=said):
        metronome.beat_until_stopped()

    assert worked.reaches(1)
    assert not worked.came_again
    assert [each for each in caplog.records if each.name.startswith("runtime")] == []


def _workers_in(file: Path) -> set[str]:
    """Public functions that may be told to stop: what can go on for long by itself."""
    return {
        node.name
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and "stop" in {each.arg for each in node.args.kwonlyargs}
    }


def _called_by_the_list(file: Path) -> set[str]:
    """Names in the list of beats, and in the functions of the file that it names."""
    body = ast.parse(file.read_text(encoding="utf-8")).body
    functions = {node.name: node for node in body if isinstance(node, ast.FunctionDef)}
    listed = next(
        node
        for node in body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "BEATS"
    )
    names = _names(listed)
    return names.union(*(_names(functions[name]) for name in names & set(functions)))


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


_HANGS = """
import sys, threading
from datetime import timedelta
from pathlib import Path
from runtime.workers.beats import Beat, Metronome
from runtime.wiring import open_runtime
from tests.support.grove import settings

def hangs(_):
    print("under way", flush=True)
    threading.Event().wait()

with open_runtime(settings(sys.argv[1], Path(sys.argv[2]))) as runtime:
    Metronome(runtime, [Beat("hangs", hangs, lambda _: timedelta(seconds=1))]).run()
"""


def test_a_second_signal_ends_at_once_what_the_first_one_waits_for(
    grove: Grove, tmp_path: Path
) -> None:
    words = [sys.executable, "-c", _HANGS, grove.runtime.settings.database.url, str(tmp_path)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        silenced = threading.Timer(3 * LONG, process.kill)  # one that says nothing ends too
        silenced.start()
        try:
            assert process.stdout.readline() == "under way\n"

            process.send_signal(signal.SIGTERM)
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.5)
            process.send_signal(signal.SIGTERM)

            assert process.wait(LONG) == -signal.SIGTERM
        finally:
            silenced.cancel()
            process.kill()
