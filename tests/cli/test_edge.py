"""The edge: what nobody foresaw becomes a number to ask with; stored marks steer no screen."""

import sys
from pathlib import Path

import pytest

from cli.shared.edge import report_fault
from cli.shared.output import one_line
from cli.shared.table import clean
from tests.support.commands import pairing


def test_a_fault_of_ours_is_one_line_with_a_number_and_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    code = report_fault(_raised(KeyError("unforeseen")))

    told = capsys.readouterr().err
    number = told.split("number ")[1].split(":")[0]
    kept = (tmp_path / "pairing" / "faults.log").read_text()
    assert code == 70
    assert told.count("\n") == 1
    assert "Traceback" not in told
    assert f"fault {number}" in kept
    assert "KeyError: 'unforeseen'" in kept


def test_a_fault_that_cannot_be_kept_says_how_to_see_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/proc/nowhere")

    report_fault(_raised(KeyError("unforeseen")))

    assert "set PAIRING_DEBUG=1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("\x1b[31mred", "?[31mred"),
        ("a\rb", "a?b"),
        ("a\nb", "a\nb"),
        ("\u202egnp.exe", "?gnp.exe"),
        ("Objet\u00a0: \u00ab\u202foui\u202f\u00bb", "Objet : \u00ab oui \u00bb"),
        (True, "yes"),
        (None, ""),
        (["a", "b"], "a, b"),
    ],
)
def test_what_people_stored_does_not_steer_the_screen(stored: object, shown: str) -> None:
    assert clean(stored) == shown


def test_an_error_stays_on_one_line_and_is_cut() -> None:
    line = one_line("a\nb\x1b[2J" + "x" * 5000)

    assert "\n" not in line
    assert "\x1b" not in line
    assert len(line) < 700


def test_help_of_every_word_costs_no_room(tmp_path: Path) -> None:
    before = {name for name in sys.modules if name.startswith(("storage", "sqlalchemy"))}

    ended = pairing("--help", folder=tmp_path)

    after = {name for name in sys.modules if name.startswith(("storage", "sqlalchemy"))}
    assert ended.code == 0
    assert "simulate" in ended.out
    assert after == before


def _raised(error: Exception) -> Exception:
    try:
        raise error
    except KeyError as caught:
        return caught
