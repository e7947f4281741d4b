"""A letter that was held up goes on in the working hours of its reader, and at no other time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from engine.letters.attention import Attention
from engine.time.slots import Slot
from engine.time.zones import local_time
from notifications.mailer import NO_WAY_OUT, Delivered, Outcome, Outgoing, TryLater, Unknown
from runtime.clock import VirtualClock
from runtime.workers.deliver import deliver
from storage.database.transactions import reading
from storage.mail.sending import next_due
from tests.support.dossiers import moment
from tests.support.grove import Grove, settings
from tests.support.grove import grove as planted
from tests.support.growers import key_of
from workflows.registry import Programme

OPENS, CLOSES = time(8), time(18)
HOURS = Attention(OPENS, CLOSES, (Slot(OPENS),), "N-2.ask")
MAIN = key_of("VIE-BIR", "aspiring")  # in Bucharest
ADDRESS = f"{MAIN}@example.org"
FULL = TryLater("452 4.2.2 mailbox full")
DOWN = TryLater("connection refused", NO_WAY_OUT)


@dataclass
class Server:
    """A mail server that says the same about a mailbox, one time after another, and takes all else.

    It writes down when that mailbox was tried, and whose letters it took.
    """

    clock: VirtualClock
    says: Outcome
    times: int
    tried: list[datetime] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send(self, message: Outgoing, before_data: Callable[[], None]) -> Outcome:
        before_data()
        if message.recipient == ADDRESS:
            self.tried.append(local_time(self.clock(), "Europe/Bucharest"))
            if len(self.tried) <= self.times:
                return self.says
        self.taken.add(message.recipient)
        return Delivered("250 taken")


@pytest.fixture
def at_work(migrated_url: str, tmp_path: Path, orchard: Programme) -> Iterator[Grove]:
    """The orchard with hours for everybody; what is owed is written on Friday morning."""
    attention = dict.fromkeys(("aspiring", "coordinator", "facilitator", "lead"), HOURS)
    programme = replace(orchard, letters=replace(orchard.letters, attention=attention))
    with planted(settings(migrated_url, tmp_path), programme) as grove:
        grove.writes(4)
        yield grove


def _sends(grove: Grove, server: Server, until: datetime) -> None:
    """Whatever waits is tried at its moment, as the metronome does."""
    while (at := _next(grove)) is not None and at <= until:
        grove.clock.move_to(max(at, grove.clock()))
        deliver(grove.runtime, server)
    grove.clock.move_to(until)


def _next(grove: Grove) -> datetime | None:
    with reading(grove.runtime.database) as session:
        return next_due(session)


def _state(grove: Grove) -> str:
    return next(each.state for each in grove.letters("VIE-BIR") if each.person == MAIN)


@pytest.mark.parametrize("answer", [FULL, Unknown("no answer to the dot")])
def test_a_letter_is_tried_again_in_the_hours_of_its_reader(
    at_work: Grove, answer: Outcome
) -> None:
    server = Server(at_work.clock, answer, times=3)
    at_work.clock.move_to(moment("2026-03-06", "15:45"))

    _sends(at_work, server, moment("2026-03-10", "12:00"))

    assert _state(at_work) == "accepted"
    assert len(server.tried) == 4
    assert [str(each) for each in server.tried if not _is_at_work(each)] == []


def test_a_letter_is_tried_for_five_days_and_then_waits_for_a_person(at_work: Grove) -> None:
    server = Server(at_work.clock, FULL, times=1000)

    _sends(at_work, server, moment("2026-03-20", "12:00"))

    assert _state(at_work) == "needs_human"
    assert [str(each) for each in server.tried if not _is_at_work(each)] == []
    assert timedelta(days=5) < server.tried[-1] - server.tried[0] < timedelta(days=6)


def test_what_an_outage_held_up_waits_for_the_morning_after_it(at_work: Grove) -> None:
    server = Server(at_work.clock, DOWN, times=1)
    at_work.clock.move_to(moment("2026-03-06", "15:50"))
    deliver(at_work.runtime, server)

    # It is over at half past seven in Bucharest, and half past five in Reykjavik.
    at_work.clock.move_to(moment("2026-03-06", "17:30"))
    deliver(at_work.runtime, server)

    assert server.taken == {
        f"{key_of('LIS-ELM', role, place)}@example.org"
        for role, place in (("coordinator", "main"), ("aspiring", "main"), ("aspiring", "deputy"))
    }
    _sends(at_work, server, moment("2026-03-09", "12:00"))
    assert _state(at_work) == "accepted"
    assert [f"{each:%a %H:%M}" for each in server.tried] == ["Fri 17:50", "Mon 08:00"]


def _is_at_work(local: datetime) -> bool:
    return local.weekday() < 5 and OPENS <= local.time() < CLOSES
