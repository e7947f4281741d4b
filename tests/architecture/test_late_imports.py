"""What a command does not need, it does not load: a screen is asked many times a day."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.orchard import Orchard

_LISTED = """
import json, sys
from cli.main import main
code = main(sys.argv[1:])
print()
print(json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules}), [*sys.modules]]))
"""
# Each takes a tenth of a second or so of processor time at every call.
_LARGE = {
    *("alembic", "aiosmtplib", "apscheduler", "babel", "email_validator", "jinja2", "openpyxl"),
    *("icalendar", "yaml"),
}
_SELDOM = {"engine.lint.lint", "imports.table", "notifications.render", "workflows.schema.parse"}


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Orchard:
    made = Orchard(tmp_path_factory.mktemp("orchard"))
    _loaded(made.folder, "pair", "list")  # from now on the definitions are kept
    return made


def _loaded(folder: Path, *words: str) -> tuple[set[str], set[str]]:
    ended = subprocess.run(
        [sys.executable, "-c", _LISTED, *words],
        cwd=folder,
        capture_output=True,
        check=True,
        text=True,
    )
    code, tops, every = json.loads(ended.stdout.splitlines()[-1])
    assert code == 0, ended.stderr
    return set(tops), set(every)


@pytest.mark.parametrize(
    "words",
    [("pair", "list"), ("pair", "why", "VIE-BIR"), ("pair", "show", "VIE-BIR")],
    ids=" ".join,
)
def test_looking_at_pairs_loads_nothing_large_that_it_does_not_use(
    orchard: Orchard, words: tuple[str, ...]
) -> None:
    tops, every = _loaded(orchard.folder, *words)

    assert tops & _LARGE == set()
    assert every & _SELDOM == set()


def test_checking_definitions_opens_no_database(tmp_path: Path) -> None:
    tops, _ = _loaded(tmp_path, "check")

    assert tops & {"alembic", "openpyxl", "sqlalchemy", "sqlmodel", "storage"} == set()


def test_help_loads_neither_the_database_nor_the_settings(tmp_path: Path) -> None:
    tops, _ = _loaded(tmp_path, "--help")

    assert tops & {*_LARGE, "sqlalchemy", "pydantic", "holidays"} == set()
