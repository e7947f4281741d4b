"""P4, P9: workers share the clock of the server, whatever the clocks of their machines say."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from runtime.clock import ServerClock, VirtualClock
from storage.database.statements import Change, Statement
from storage.database.transactions import reading, transaction
from storage.mail.attempts import start
from storage.mail.sending import take
from tests.support.databases import Postgres
from tests.support.grove import grove, settings
from tests.support.orchard import ORCHARD
from workflows.registry import Programme

# A machine whose clock is 25 minutes ahead, longer than a lease.
_AHEAD = """
import datetime as module

class Kind(type):
    def __instancecheck__(cls, value):
        return isinstance(value, right)

class Ahead(module.datetime, metaclass=Kind):
    @classmethod
    def now(cls, tz=None):
        return right.now(tz) + module.timedelta(minutes=25)

right, module.datetime = module.datetime, Ahead
"""
_WORKS = """
import sys
from runtime.clock import system_clock
from runtime.settings.load import load_settings
from runtime.wiring import open_runtime
from runtime.workers.send_once import send_once

with open_runtime(load_settings()) as runtime:
    ahead = (system_clock() - runtime.clock()).total_seconds()
    report = send_once(runtime)
    print(round(ahead / 60), report.composed, report.accepted)
"""
_SERVER = Statement[tuple[datetime]]("SELECT clock_timestamp()")
_SOON = Change("UPDATE timers SET due_at = :soon, wake_at = :soon WHERE settled_at IS NULL")


def test_a_machine_that_is_ahead_fires_no_timer_early_and_takes_nobodys_letter(
    postgres: Postgres, tmp_path: Path, orchard: Programme
) -> None:
    where = settings(postgres.empty(), tmp_path)
    with grove(where, orchard) as made:
        with reading(made.runtime.database) as session:
            ((moment,),) = session.all(_SERVER)
        made.clock.move_to(moment.astimezone(UTC))
        made.writes()
        with transaction(made.runtime.database) as session:
            held = take(session, made.clock(), 1200, "another worker")  # at its final dot
            assert held is not None
            start(session, held, made.clock())
        made.sends()
        soon = (made.clock() + timedelta(minutes=10)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        with transaction(made.runtime.database) as session:
            assert session.change(_SOON, soon=soon)

        said = _on_a_machine_that_is_ahead(where.database.url, tmp_path, _WORKS)

        assert said == "25 0 0"
        assert made.message(held.id).state == "waiting"


def _on_a_machine_that_is_ahead(url: str, folder: Path, code: str) -> str:
    """What a process says that runs there, on the same database."""
    (folder / "sitecustomize.py").write_text(_AHEAD, encoding="utf-8")
    root = Path(__file__).parents[2]
    variables = {
        "PYTHONPATH": os.pathsep.join([str(folder), str(root)]),
        "PAIRING_DATABASE__URL": url,
        "PAIRING_PROGRAMME__NAME": "orchard",
        "PAIRING_PROGRAMME__FOLDER": str(ORCHARD),
        "PAIRING_MAIL__FOLDER": str(folder / "letters"),
    }
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **variables},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def test_between_two_readings_time_goes_on_by_what_nobody_sets() -> None:
    server, elapsed = VirtualClock(datetime(2026, 3, 2, 9, tzinfo=UTC)), [100.0]
    clock = ServerClock(server, lambda: elapsed[0])

    elapsed[0] += 30
    counted = clock()
    server.move_to(server() + timedelta(minutes=5))
    unread = clock()
    clock.renew()

    assert counted == unread == datetime(2026, 3, 2, 9, 0, 30, tzinfo=UTC)
    assert clock() == server()
