"""A command in a terminal of its own, answered line by line as a person does."""

import contextlib
import os
import pty
import select
import signal
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.support.real_commands import COMMAND, environment

_PATIENCE = 60  # seconds without a word from a process, on a busy machine
_PIECE = 4096


class Terminal:
    """What a command showed so far, and a keyboard for it."""

    def __init__(self, words: list[str], folder: Path) -> None:
        self._ours, theirs = pty.openpty()
        self._running = subprocess.Popen(
            [*COMMAND, *words],
            cwd=folder,
            env=environment(COLUMNS="100"),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            # Whoever runs the tests in the background ignores Ctrl-C, and children inherit that.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread here
        )
        os.close(theirs)
        self.shown = ""

    def answers(self, prompt: str, line: str) -> None:
        """Wait for a prompt that was not answered yet, and type a line."""
        seen = self._read_until(prompt)
        self.shown = self.shown[seen:]
        os.write(self._ours, f"{line}\n".encode())

    def interrupts(self, prompt: str) -> None:
        """Wait for a prompt and press Ctrl-C until the command ends.

        One that comes before the command reads is lost, and what it shows meanwhile may be no more
        than the marks with which a terminal begins to read.
        """
        self._read_until(prompt)
        for _ in range(_PATIENCE):
            self._running.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._running.wait(10)
                return

    def ends(self) -> tuple[int, str]:
        """The exit code, and what was shown after the last answer."""
        with contextlib.suppress(EOFError):
            self._read_until("\0")  # which nobody shows
        return self._running.wait(_PATIENCE), self.shown

    def close(self) -> None:
        self._running.kill()
        self._running.wait()
        os.close(self._ours)

    def _read_until(self, prompt: str) -> int:
        while prompt not in self.shown:
            ready, _, _ = select.select([self._ours], [], [], _PATIENCE)
            assert ready, f"{prompt!r} was never asked after: {self.shown}"
            try:
                piece = os.read(self._ours, _PIECE)
            except OSError:  # the other end is closed
                piece = b""
            if not piece:
                raise EOFError(f"it ended before {prompt!r}: {self.shown}")
            self.shown += piece.decode(errors="replace").replace("\r\n", "\n")
        return self.shown.index(prompt) + len(prompt)


@contextlib.contextmanager
def terminal(words: list[str], folder: Path) -> Iterator[Terminal]:
    made = Terminal(words, folder)
    try:
        yield made
    finally:
        made.close()
