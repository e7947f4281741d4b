"""F5: a delivery is killed at a step of SMTP, and goes on; what arrived then, and how often."""

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from runtime.workers.deliver import deliver
from storage.database.transactions import reading
from storage.journal.verify import verify
from tests.soak.killing import opened_mailer, posting, start, with_letters
from tests.support.gate import Gate
from tests.support.life import messages
from tests.support.mail_acts import Drop
from tests.support.postfix import Postfix
from tests.support.witness import Witness
from tests.support.witnessed import Witnessed
from tests.support.world import World

# Where it dies: the step of the server, seconds after its answer (None: before it), the copies
# that may have come by the end, the tries in doubt.
PHASES = {
    "before MAIL": ("EHLO", None, {1}, {1}),
    "before RCPT": ("MAIL", None, {1}, {1}),
    "before DATA": ("RCPT", None, {1}, {1}),
    "before the text": ("DATA", None, {1}, {1}),
    "within the text": ("text", None, {1}, {1}),
    "after the dot": ("dot", None, {2}, {1}),
    "after the answer": ("dot", 0.0, {1, 2}, {0, 1}),
    "1 ms later": ("dot", 0.001, {1, 2}, {0, 1}),
    "10 ms later": ("dot", 0.01, {1, 2}, {0, 1}),
    "100 ms later": ("dot", 0.1, {1}, {0, 1}),  # the doubt may be of the next letter
}


class Reaper(list[str]):
    """The steps of a server; at the one that is named it kills, or a little after its answer."""

    def __init__(self) -> None:
        super().__init__()
        self.step = ""
        self.after: float | None = None  # seconds after the answer; None: before it
        self.victim = 0
        self.later: Callable[[float, Callable[[], None]], object] = _timed

    def will_kill(self, victim: int, step: str, after: float | None) -> None:
        self.victim, self.step, self.after = victim, step, after

    def append(self, step: str) -> None:
        super().append(step)
        if step != self.step or not self.victim:
            return
        victim, self.victim = self.victim, 0
        if self.after is None:
            os.kill(victim, signal.SIGKILL)
        else:
            self.later(self.after, lambda: os.kill(victim, signal.SIGKILL))


@dataclass(frozen=True, slots=True)
class Watched:
    """A mail server whose steps a reaper follows."""

    port: int
    reaper: Reaper
    taken: Callable[[], Sequence[Witnessed]]
    awaits: Callable[[str], object]  # what it has to do for a step to be met; "" for none


@contextmanager
def scripted() -> Iterator[Watched]:
    """The witness, which is told what to do."""
    reaper = Reaper()
    witness = Witness(steps=reaper)
    # The answer is written before the loop comes to what was called later.
    reaper.later = witness._loop.call_later

    def awaits(step: str) -> None:
        witness.script.clear()
        if step == "text":
            witness.will("text", Drop())

    with witness:
        yield Watched(witness.port, reaper, lambda: witness.taken, awaits)


@contextmanager
def real(server: Postfix) -> Iterator[Watched]:
    """Postfix behind a gate."""
    server.forgets()
    reaper = Reaper()
    gate = Gate(server.port, steps=reaper)

    def awaits(step: str) -> None:
        gate.cuts_texts = step == "text"

    with gate:
        yield Watched(gate.port, reaper, lambda: server.taken, awaits)


def dies_at(phase: str, folder: Path, server: Watched) -> int:
    """Kill the delivery once, deliver again, and count the second copies."""
    step, after, copies, doubts = PHASES[phase]
    world = posting(folder, with_letters(folder), server.port)
    try:
        server.awaits(step)
        _deliver_and_die(world, server.reaper, (step, after))
        server.awaits("")
        _deliver_again(world)
        return _checked(world, server.taken(), copies, doubts)
    finally:
        world.close()


def _deliver_and_die(world: World, reaper: Reaper, when: tuple[str, float | None]) -> None:
    def work(_: Connection) -> None:
        world.reopen()
        deliver(world.runtime, opened_mailer(world))
        signal.pause()  # it has nothing left to do but to be killed

    doomed = start(work, lambda victim: reaper.will_kill(victim, *when))
    doomed.end()
    assert doomed.process.exitcode == -signal.SIGKILL


def _deliver_again(world: World) -> None:
    """Started again when the lease of the dead one has run out."""
    world.days_pass(0.25)
    mailer = opened_mailer(world)
    try:
        deliver(world.runtime, mailer)
    finally:
        mailer.close()


def _checked(world: World, taken: Sequence[Witnessed], copies: set[int], doubts: set[int]) -> int:
    came = Counter(each.message_id for each in taken)
    written = messages(world)
    assert set(came) == set(written)
    assert {state for state, _ in written.values()} == {"accepted"}
    for message_id, (_, ambiguous) in written.items():
        assert 1 <= came[message_id] <= 1 + ambiguous, message_id
    assert max(came.values()) in copies
    assert sum(ambiguous for _, ambiguous in written.values()) in doubts
    assert len({each.data for each in taken}) == len(came), "a retry differs"
    with reading(world.runtime.database) as session:
        assert list(verify(session)) == []
    return sum(came.values()) - len(came)


def _timed(seconds: float, act: Callable[[], None]) -> None:
    threading.Timer(seconds, act).start()
