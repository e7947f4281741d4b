"""What commands cost on the demo: processor time of whole processes, statements of two acts."""

import contextlib
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.asked import Asked
from bench.figures import Figure, at_most, figure, middle, span
from bench.places import in_memory
from bench.tracer import tell
from cli.main import main as command

_ROOT = Path(__file__).parents[1]
_ROUNDS = 5
_COMMANDS = {"pair list": 0.7, "pair why P-12": 0.7, "pair show P-12": 0.7, "check": 1.0}
_CONTACT = "checkin contact P-05 --on 2026-12-10 --kind call --summary x"
_ACTS = (
    ("move a date", 25, "pair move P-10 mid_term 2027-08-02 --reason x"),
    ("file a contact", 20, _CONTACT),
)


def commands(asked: Asked) -> Iterator[Figure]:
    """Each command several times, by turns; the first round warms what is kept between them."""
    checkouts = [place for place in (asked.beside, _ROOT) if place is not None]
    with ExitStack() as stack:
        demos = {place: stack.enter_context(_demo(place)) for place in checkouts}
        for words, most in _COMMANDS.items():
            taken: dict[Path, list[float]] = {place: [] for place in checkouts}
            for _ in range(1 + min(asked.rounds, _ROUNDS)):
                for place, folder in demos.items():
                    taken[place].append(_processor(place, words, folder))
            yield _line(words, most, *[taken[place][1:] for place in reversed(checkouts)])


def _line(words: str, most: float, ours: list[float], other: list[float] | None = None) -> Figure:
    seconds = middle(ours)
    beside = {"beside": span(middle(other))} if other is not None else {}
    return figure(
        f"pairing {words}, processor of the process",
        at_most(most, seconds, span),
        middle=span(seconds),
        least=span(min(ours)),
        **beside,
    )


def statements(_: Asked) -> Iterator[Figure]:
    """What is sent between the beginning and the commit of an act; rows sent together are one."""
    counted = _Writing()
    tell([counted])
    with _demo(_ROOT) as folder:
        for what, most, words in _ACTS:
            counted.number = 0
            with contextlib.redirect_stdout(io.StringIO()):
                code = command([*words.split(), "--config", str(folder / "config.toml")])
            assert code == 0, f"pairing {words} ended with {code}"
            yield figure(
                f"statements of {what}",
                at_most(most, counted.number),
                statements=str(counted.number),
            )


class _Writing:
    """Counts the statements of writing transactions."""

    def __init__(self) -> None:
        self.number = 0
        self._inside = False

    def sent(self, text: str, *, many: bool) -> None:  # noqa: ARG002 - rows together are one
        first = text.lstrip().upper()
        if first.startswith(("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")):
            self._inside = first.startswith("BEGIN")
        elif self._inside and not first.startswith(("SAVEPOINT", "RELEASE")):
            self.number += 1


@contextmanager
def _demo(checkout: Path) -> Iterator[Path]:
    """The demo of a checkout, made anew by its own command."""
    with in_memory() as memory:
        folder = memory.path / "demo"
        subprocess.run([_pairing(checkout), "demo", folder], check=True, capture_output=True)
        yield folder
        shutil.rmtree(folder)


def _pairing(checkout: Path) -> Path:
    return checkout / ".venv" / "bin" / "pairing"


def _processor(checkout: Path, words: str, folder: Path) -> float:
    """Seconds of processor time of one command, from the start of its process to its end."""
    before = os.times()
    done = subprocess.run(
        [_pairing(checkout), *words.split(), "--config", folder / "config.toml"],
        capture_output=True,
        check=False,
    )
    after = os.times()
    assert done.returncode == 0, done.stderr.decode()
    return (after.children_user + after.children_system) - (
        before.children_user + before.children_system
    )
