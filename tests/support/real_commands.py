"""The command as a process of its own."""

import contextlib
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.orchard import Orchard

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from cli.main import run; run()"]


def wait_for_a_beat(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        for _ in range(600):
            if connection.execute("SELECT 1 FROM meta WHERE key = 'beat_at'").fetchone():
                return
            time.sleep(0.05)  # another process is waited for, not a clock
    pytest.fail("the metronome did not beat within 30 seconds")


def run(
    words: list[str], place: Orchard | Path, **variables: str
) -> subprocess.CompletedProcess[bytes]:
    folder = place if isinstance(place, Path) else place.folder
    return subprocess.run(
        [*COMMAND, *words],
        cwd=folder,
        env=environment(**variables),
        capture_output=True,
        check=False,
    )


def start(words: list[str], orchard: Orchard) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, *words],
        cwd=orchard.folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def environment(**variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PAIRING_")}
    with contextlib.suppress(KeyError):
        del kept["COLUMNS"]
    return {**kept, "PYTHONPATH": str(ROOT), **variables}
