"""The wheel holds everything, and works where nothing else of the project is."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.architecture.tree import ROOMS, ROOT

pytestmark = pytest.mark.alone
LEFT_OUT = {"__pycache__", ".DS_Store"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel once, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    return next(folder.glob("pairing_engine-*.whl"))


def test_the_wheel_holds_every_file_of_every_room(wheel: Path) -> None:
    expected = {
        str(file.relative_to(ROOT))
        for room in ROOMS
        for file in (ROOT / room).rglob("*")
        if file.is_file() and not LEFT_OUT & set(file.parts)
    }

    held = set(zipfile.ZipFile(wheel).namelist())

    assert expected - held == set()
    assert {Path(name).parts[0] for name in held - expected} == {_facts(wheel)}
    assert f"{_facts(wheel)}/licenses/LICENSE" in held


@pytest.mark.parametrize(
    ("room", "ending"),
    [("workflows", ".yaml"), ("notifications", ".txt"), ("storage", "/env.py")],
)
def test_the_wheel_holds_what_is_not_code(wheel: Path, room: str, ending: str) -> None:
    held = zipfile.ZipFile(wheel).namelist()

    assert [name for name in held if name.startswith(f"{room}/") and name.endswith(ending)]


def test_the_command_works_from_an_empty_environment_in_another_folder(
    wheel: Path, tmp_path: Path
) -> None:
    bare = tmp_path / "bare"
    venv.create(bare, with_pip=False)
    pip = [sys.executable, "-m", "pip", "--python", str(bare / "bin" / "python"), "--quiet"]
    # The libraries come from here, the project itself only from the wheel.
    libraries = {"PYTHONPATH": sysconfig.get_path("purelib"), "NO_COLOR": "1"}

    _run(*pip, "install", "--no-index", "--no-deps", str(wheel), folder=tmp_path)
    places = _run(
        str(bare / "bin" / "python"),
        "-c",
        f"import {', '.join(ROOMS)}; print(*({', '.join(f'{room}.__file__' for room in ROOMS)},))",
        folder=tmp_path,
        environment=libraries,
    )
    shown = _run(str(bare / "bin" / "pairing"), "--help", folder=tmp_path, environment=libraries)

    assert [place for place in places.split() if not place.startswith(str(bare))] == []
    assert "Usage: pairing" in shown


def _facts(wheel: Path) -> str:
    return "-".join(wheel.name.split("-")[:2]) + ".dist-info"


def _run(*command: str, folder: Path = ROOT, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
