"""B2: closed streams, no home, a full pipe, Ctrl-C, other languages: real runs of the command."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.commands import pairing
from tests.support.orchard import Orchard
from tests.support.real_commands import COMMAND, ROOT, environment, run, start, wait_for_a_beat

LIST = ["pair", "list", "--json"]


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orchard]:
    with closing(Orchard(tmp_path_factory.mktemp("orchard"))) as made:
        yield made


@pytest.fixture(scope="module")
def plain(orchard: Orchard) -> bytes:
    """What the command answers in the surroundings that it has."""
    return run(LIST, orchard).stdout


@pytest.mark.parametrize(
    "variables",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"LANG": "tr_TR.UTF-8"},
        {"TZ": "Pacific/Apia"},
        {"TZ": "nonsense"},
        {"HOME": "/nonexistent"},
        {"TERM": "dumb", "COLUMNS": "1"},
        {"COLUMNS": "nonsense", "NO_COLOR": "1"},
        {"FORCE_COLOR": "1"},
        {"PYTHONWARNINGS": "error"},
    ],
    ids=str,
)
def test_other_surroundings_change_nothing(
    variables: dict[str, str], orchard: Orchard, plain: bytes
) -> None:
    ended = run(LIST, orchard, **variables)

    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout == plain


@pytest.mark.parametrize("variables", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
def test_tables_are_drawn_in_any_language(variables: dict[str, str], orchard: Orchard) -> None:
    ended = run(["pair", "list"], orchard, **variables)

    assert ended.returncode == 0, ended.stderr
    assert b"VIE-BIR" in ended.stdout


def test_without_a_home_a_command_works_and_an_empty_environment_is_enough(
    orchard: Orchard,
) -> None:
    ended = subprocess.run(
        [*COMMAND, *LIST],
        cwd=orchard.folder,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("closed", ["0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-", "1>&- 2>&-"])
@pytest.mark.parametrize(
    "words", ["pair list", "pair show NOBODY", "pair record VIE-BIR note --from -"]
)
def test_closed_streams_do_not_break_a_command(closed: str, words: str, orchard: Orchard) -> None:
    line = f'"$0" -c "from cli.main import run; run()" {words} {closed}'

    ended = subprocess.run(
        ["sh", "-c", line, sys.executable],
        cwd=orchard.folder,
        env=environment(),
        capture_output=True,
        input=b'{"summary": "fine"}',
        check=False,
    )

    expected = {"pair list": {0}, "pair show NOBODY": {3}}.get(words, {0, 2})
    assert ended.returncode in expected, ended
    assert b"Traceback" not in ended.stderr + ended.stdout
    assert b"Exception ignored" not in ended.stderr


@pytest.mark.parametrize("words", [["pair", "journal", "VIE-BIR"], ["mail", "preview", "--all"]])
def test_a_reader_who_goes_away_is_no_error(words: list[str], orchard: Orchard) -> None:
    line = f'"$0" -c "from cli.main import run; run()" {" ".join(words)}; echo $? >&2'
    programme = {"PAIRING_PROGRAMME__FOLDER": "", "PAIRING_PROGRAMME__NAME": "wp6"}
    variables = programme if words[0] == "mail" else {}

    ended = subprocess.run(
        ["sh", "-c", f"({line}) | head -1", sys.executable],
        cwd=orchard.folder,
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.stderr == "0\n"
    assert ended.stdout.count("\n") == 1


def test_a_full_disk_under_the_answer_is_told(orchard: Orchard) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [*COMMAND, *LIST],
            cwd=orchard.folder,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert ended.returncode == 5
    assert b"Traceback" not in ended.stderr
    assert b"no space left" in ended.stderr


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[database]\nurl = "sqlite:////proc/pairing.db"\n')

    ended = run(["db", "create"], tmp_path)

    assert ended.returncode == 5, ended
    assert ended.stderr.startswith(b"pairing: ")
    assert b"Traceback" not in ended.stderr


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()

    ended = subprocess.run(
        ["sh", "-c", f'rmdir "{gone}"; "$0" -c "from cli.main import run; run()" pair list'],
        cwd=gone,
        env=environment(),
        executable="/bin/sh",
        capture_output=True,
        check=False,
    )

    assert b"Traceback" not in ended.stderr, ended
    assert ended.returncode != 0


def test_foreign_words_that_are_not_text_are_refused(orchard: Orchard) -> None:
    ended = subprocess.run(
        [os.fsencode(word) for word in COMMAND] + [b"pair", b"show", b"caf\xe9\xff"],
        cwd=orchard.folder,
        env=environment(),
        capture_output=True,
        check=False,
    )

    assert ended.returncode == 2
    assert ended.stderr.startswith(b"pairing: ")


@pytest.mark.services
@pytest.mark.parametrize("delay", [0.05, 0.15, 0.3, 0.6])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_at_any_moment_leaves_no_traceback(
    number: signal.Signals, delay: float, orchard: Orchard
) -> None:
    started = start(["simulate", "--pairs", "14", "--months", "18"], orchard)
    time.sleep(delay)  # the moment is what is tested

    started.send_signal(number)
    _, err = started.communicate(timeout=30)

    # Before the first line of ours runs, Python itself answers to the signal.
    assert started.returncode in {130, -number} or b"cli/main.py" not in err, err


def test_the_metronome_stops_when_told_and_says_so(orchard: Orchard) -> None:
    started = start(["run"], orchard)
    assert started.stderr is not None
    said = started.stderr.readline()
    wait_for_a_beat(orchard.folder / "pairing.db")

    started.send_signal(signal.SIGTERM)
    out, err = started.communicate(timeout=30)

    assert b"keeping time" in said
    assert started.returncode == 0, err
    assert out == b"stopped\n"


def test_two_at_once_are_both_answered(orchard: Orchard) -> None:
    both = [
        start(["pair", "record", "VIE-BIR", "note", "--set", f"summary={n}", "--json"], orchard)
        for n in range(2)
    ]

    ended = [(each.communicate(timeout=60), each.returncode) for each in both]

    assert [code for _, code in ended] == [0, 0], ended


def test_a_foreign_umask_leaves_the_letters_private(orchard: Orchard) -> None:
    line = 'umask 000; "$0" -c "from cli.main import run; run()" mail send'

    ended = subprocess.run(
        ["sh", "-c", line, sys.executable],
        cwd=orchard.folder,
        env=environment(),
        capture_output=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr
    assert (orchard.folder / "letters").stat().st_mode & 0o077 == 0


def test_what_fails_for_one_pair_is_a_line_on_the_terminal_and_no_traceback(
    orchard: Orchard,
) -> None:
    with closing(sqlite3.connect(orchard.folder / "pairing.db")) as database, database:
        database.execute("UPDATE cases SET entered_at = 'never' WHERE reference = 'VIE-BIR'")

    ended = pairing(
        "person", "dead", "bir-1", "--reason", "left", "--by", "lead", folder=orchard.folder
    )

    assert ended.code == 0, ended
    assert ended.err == "WARNING a case failed alone, see the incidents\n"
