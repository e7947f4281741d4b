"""The wheel holds everything, and works where nothing else of the project is."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.architecture.tree import ROOMS, ROOT
from tests.support.orchard import plant

LEFT_OUT = {"__pycache__", ".DS_Store"}
# The libraries come from here, the project itself only from the wheel.
LIBRARIES = {"PYTHONPATH": sysconfig.get_path("purelib"), "NO_COLOR": "1"}


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
    [
        ("workflows", ".yaml"),
        ("workflows", ".txt"),
        ("notifications", ".po"),
        ("storage", "/env.py"),
    ],
)
def test_the_wheel_holds_what_is_not_code(wheel: Path, room: str, ending: str) -> None:
    held = zipfile.ZipFile(wheel).namelist()

    assert [name for name in held if name.startswith(f"{room}/") and name.endswith(ending)]


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment that holds nothing but the wheel."""
    place = tmp_path_factory.mktemp("bare")
    venv.create(place, with_pip=False)
    pip = [sys.executable, "-m", "pip", "--python", str(place / "bin" / "python"), "--quiet"]
    _run(*pip, "install", "--no-index", "--no-deps", str(wheel), folder=place)
    return place / "bin"


def test_the_command_works_from_an_empty_environment_in_another_folder(
    bare: Path, tmp_path: Path
) -> None:
    places = _run(
        str(bare / "python"),
        "-c",
        f"import {', '.join(ROOMS)}; print(*({', '.join(f'{room}.__file__' for room in ROOMS)},))",
        folder=tmp_path,
        environment=LIBRARIES,
    )
    shown = _run(str(bare / "pairing"), "--help", folder=tmp_path, environment=LIBRARIES)

    assert [place for place in places.split() if not place.startswith(str(bare.parent))] == []
    assert "Usage: pairing" in shown


def test_a_programme_in_a_folder_of_its_own_is_checked_and_sends_its_own_texts(
    bare: Path, tmp_path: Path
) -> None:
    text = plant(tmp_path) / "words" / "en" / "letters" / "N-1" / "ask.txt"
    text.write_text("Subject: Apples\nPreheader: Soon.\n\nPick the russets.\n", encoding="utf-8")

    for line in (
        "check",
        "db create --rehearsal --at 2026-03-01T09:00Z",
        "person first f --set name=F --set email=f@example.org",
        "person add g --set name=G --set email=g@example.org --role facilitator",
        "centre add VIE --set name=V --set side=coordinator --set country=AT --set zone=UTC",
        "centre add BIR --set name=B --set side=aspiring --set country=AT --set zone=UTC",
        "pair new VIE-BIR --centre coordinator=VIE --centre aspiring=BIR",
        "clock advance P14D",
    ):
        pairing = [str(bare / "pairing"), *line.split()]
        _run(*pairing, folder=tmp_path, environment=LIBRARIES)

    [letter, *_] = sorted((tmp_path / "letters").rglob("*_g@example.org_*.eml"))
    assert "Pick the russets." in letter.read_text(encoding="utf-8")


def _facts(wheel: Path) -> str:
    return "-".join(wheel.name.split("-")[:2]) + ".dist-info"


def _run(*command: str, folder: Path = ROOT, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
