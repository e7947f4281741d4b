"""Real processes that may be killed, and a world whose letters go out by SMTP."""

import multiprocessing
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from notifications.mailer import Mailer
from runtime.settings.settings import MailMode, MailSettings, Settings
from runtime.workers.compose import compose_owed
from runtime.workers.mailers import mailer_of
from runtime.workers.sweep import sweep
from tests.support.life import HISTORY, STEPS
from tests.support.world import Mailbox, World, make, settings_for

EVIDENCE = 4  # steps of a life before its first beat
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


def with_letters(folder: Path) -> World:
    """A world in which both sides are asked to sign: two messages wait, and none was tried."""
    world = make(folder)
    case = world.pair(history=HISTORY)
    for step in STEPS[:EVIDENCE]:
        step.run(world, case)
    sweep(world.runtime)
    assert compose_owed(world.runtime).composed > 1
    return world


def posting(folder: Path, template: World, port: int, seconds: float = PATIENCE) -> World:
    """The world of a template, with its mail going to a server on loopback by SMTP.

    The server has so many seconds for each step.
    """
    mail = MailSettings(
        mode=MailMode.SMTP,
        host="127.0.0.1",
        port=port,
        tls="none",
        connect_seconds=seconds,
        command_seconds=seconds,
        dot_seconds=seconds,
    )
    settings: Settings = settings_for(template.url, folder).model_copy(update={"mail": mail})
    template.close()
    return World(template.url, template.clock, Mailbox(), settings)


def opened_mailer(world: World) -> Mailer:
    mailer = mailer_of(world.runtime)
    mailer.open()
    return mailer
