"""Real processes that are killed, and a mail server that tells when to do it."""

import multiprocessing
import os
import signal
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from notifications.mailer import Mailer
from runtime.clock import VirtualClock
from runtime.settings.settings import MailMode, MailSettings, Settings
from runtime.workers.mailers import mailer_of
from tests.support.witness import Witness
from tests.support.world import START, Mailbox, World, settings_for

PATIENCE = 60  # seconds after which a process that should have ended is stuck
_fork = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class Doomed:
    """A process that works until it is done or killed; it may say what it has done."""

    process: BaseProcess
    said: Connection

    def kill(self) -> list[str]:
        """Kill it now, if it still lives; the answer is everything it had said by then."""
        self.process.kill()
        return self.end()

    def end(self) -> list[str]:
        """Wait for its end, however it comes."""
        self.process.join(PATIENCE)
        assert self.process.exitcode is not None, "the process is stuck"
        words = []
        while self.said.poll():
            try:
                words.append(str(self.said.recv()))
            except EOFError:
                break
        self.said.close()
        return words


def start(
    work: Callable[[Connection], None], before: Callable[[int], None] = lambda _: None
) -> Doomed:
    """Begin some work in a process of its own. ``before`` learns its number before it begins."""
    ours, theirs = _fork.Pipe(duplex=False)
    waits, goes = _fork.Pipe(duplex=False)

    def run() -> None:
        waits.recv()
        work(theirs)

    process = _fork.Process(target=run, daemon=True)
    with warnings.catch_warnings():
        # Newer versions warn of threads in the parent; the children use none of them.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    theirs.close()
    waits.close()
    before(process.pid or 0)
    goes.send("go")
    goes.close()
    return Doomed(process, ours)


class Reaper(list[str]):
    """The steps of a witness; at the one that is named it kills, or a little after its answer."""

    def __init__(self) -> None:
        super().__init__()
        self.step = ""
        self.after: float | None = None  # seconds after the answer; None: before it
        self.victim = 0
        self.witness: Witness | None = None

    def will_kill(self, step: str, after: float | None) -> None:
        self.step, self.after = step, after

    def append(self, step: str) -> None:
        super().append(step)
        if step != self.step or not self.victim:
            return
        victim, self.victim = self.victim, 0
        if self.after is None or self.witness is None:
            _kill(victim)
        else:
            # The answer is written before the loop comes to what was called later.
            self.witness._loop.call_later(self.after, _kill, victim)


def watched() -> tuple[Witness, Reaper]:
    """A mail server whose steps a reaper follows."""
    reaper = Reaper()
    witness = Witness(steps=reaper)
    reaper.witness = witness
    return witness, reaper


def posting(folder: Path, template: World, witness: Witness) -> World:
    """The world of a template, with its mail going to a witness by SMTP."""
    mail = MailSettings(mode=MailMode.SMTP, host="127.0.0.1", port=witness.port, tls="none")
    settings: Settings = settings_for(template.url, folder).model_copy(update={"mail": mail})
    template.close()
    return World(template.url, VirtualClock(START), Mailbox(), settings)


def opened_mailer(world: World) -> Mailer:
    mailer = mailer_of(world.runtime)
    mailer.open()
    return mailer


def _kill(victim: int) -> None:
    os.kill(victim, signal.SIGKILL)
