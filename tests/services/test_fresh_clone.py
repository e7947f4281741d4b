"""A fresh clone works: whatever was released since, in whatever folder and locale it lies.

One clone for all, in a folder that is not ASCII and a locale that is. Packages come from the
index that pip is set to; beside it lie made-up higher releases of every package of the lock.
"""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.services.releases import release_all

pytestmark = pytest.mark.services
ROOT = Path(__file__).parents[2]
# Read now: later the tests set a cache of their own, and pip would fetch everything again.
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pip"
ASCII = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


@dataclass(frozen=True)
class Clone:
    folder: Path
    releases: dict[str, str]
    environment: dict[str, str]

    def run(self, *command: str) -> str:
        ended = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        assert ended.returncode == 0, ended.stdout
        return ended.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    place = tmp_path_factory.mktemp("dß")
    later = tmp_path_factory.mktemp("later")
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(place / "clone")], check=True)
    folder = place / "clone"
    releases = release_all(folder / "requirements" / "dev.lock", later)
    ours = ("PAIRING_", "ARGS", "MAKE", "PYTEST", "COV_", "PYTHON", "MFLAGS", "WORKERS")
    kept = {"PIP_CACHE_DIR": str(CACHE)}
    kept |= {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    links = f"{later} {kept.get('PIP_FIND_LINKS', '')}".strip()
    made = Clone(folder, releases, {**kept, **ASCII, "PIP_FIND_LINKS": links})
    made.run("make", "setup")
    return made


def test_setup_takes_the_lock_while_higher_releases_lie_at_hand(clone: Clone) -> None:
    pip = [".venv/bin/python", "-X", "utf8", "-m", "pip", "--disable-pip-version-check"]

    installed = clone.run(*pip, "freeze").replace("-", "_").lower()
    at_hand = clone.run(*pip, "install", "--dry-run", "--no-deps", "--upgrade", *clone.releases)

    assert f"coverage-{clone.releases['coverage']}" in at_hand
    assert [
        name
        for name, version in clone.releases.items()
        if f"{name.replace('-', '_')}=={version}" in installed
    ] == []
    assert "pytest_cov==" in installed


def test_the_demo_runs_in_a_fresh_clone(clone: Clone) -> None:
    shown = clone.run("make", "demo")

    assert ".venv/bin/pairing" in shown


def test_the_command_itself_runs_there_too(clone: Clone) -> None:
    shown = clone.run(".venv/bin/pairing", "check")

    assert "Nobody acts" in shown


def test_the_tests_of_a_room_run_in_a_fresh_clone(clone: Clone) -> None:
    shown = clone.run("make", "test", "ARGS=tests/workflows")

    assert " passed" in shown
