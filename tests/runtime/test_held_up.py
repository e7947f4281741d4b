"""A server that dislikes us holds letters up, says so once, and they go on by themselves (P18)."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from notifications.mailer import (
    NO_WAY_OUT,
    Delivered,
    Outcome,
    Outgoing,
    TryLater,
    Unknown,
)
from runtime.queries.incidents import IncidentLine, incident_lines
from runtime.use_cases.incidents import retry_incident
from runtime.use_cases.retry_letter import retry_letter
from runtime.workers.deliver import deliver
from storage.database.transactions import reading
from storage.directory import directory
from storage.mail import sending
from storage.mail.attempts import TOO_OFTEN
from tests.support.grove import Grove
from tests.support.growers import LEAD, key_of

ADDRESS = f"{key_of('VIE-BIR', 'aspiring')}@example.org"
CERTIFICATE = TryLater("certificate verify failed: expired", NO_WAY_OUT)
DENIED = TryLater("554 5.7.1 relay access denied", "letters are refused with 554 5.7.1 at RCPT")
FULL = TryLater("552 5.2.2 mailbox full", "letters are refused with 552 5.2.2 at RCPT")


@dataclass
class Server:
    """A mail server that says the same to everybody, until it is told to say something else."""

    says: Outcome
    to: dict[str, Outcome] = field(default_factory=dict)
    tried: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send(self, message: Outgoing, before_data: Callable[[], None]) -> Outcome:
        before_data()
        self.tried.append(message.recipient)
        outcome = self.to.get(message.recipient, self.says)
        if isinstance(outcome, Delivered):
            self.taken.append(message.recipient)
        return outcome


def _mail(grove: Grove, kind: str = "mail") -> list[IncidentLine]:
    return [each for each in incident_lines(grove.runtime) if each.kind == kind]


def _in_line(grove: Grove) -> list[str]:
    """Recipients in the order in which their messages were composed."""
    found = [grove.message(each.message) for each in grove.letters()]
    return [each.recipient for each in sorted(found, key=lambda each: each.id)]


def _days_later(grove: Grove, server: Server, days: float) -> None:
    """As the beats would: whatever is due on the way is tried at its moment."""
    until = grove.clock() + timedelta(days=days)
    deliver(grove.runtime, server)
    while (moment := _next_due(grove)) is not None and moment <= until:
        grove.clock.move_to(moment)
        deliver(grove.runtime, server)
    grove.clock.move_to(until)


def _next_due(grove: Grove) -> datetime | None:
    with reading(grove.runtime.database) as session:
        return sending.next_due(session)


def test_relay_denied_kills_no_address_and_all_goes_on_once_it_is_mended(any_grove: Grove) -> None:
    any_grove.writes(4)
    server = Server(DENIED)

    deliver(any_grove.runtime, server)
    (incident,) = _mail(any_grove)
    server.says = Delivered("250 taken")
    any_grove.clock.move_to(any_grove.clock() + timedelta(minutes=7))
    deliver(any_grove.runtime, server)

    assert (incident.cause, incident.what) == (DENIED.trouble, DENIED.reply)
    assert incident.failures == 6
    assert Counter(server.taken) == Counter(_in_line(any_grove))
    assert _mail(any_grove) == []
    with reading(any_grove.runtime.database) as session:
        assert all(each.reachable for each in directory.people(session))


def test_one_letter_that_goes_lets_the_others_of_its_trouble_go_at_once(grove: Grove) -> None:
    grove.writes(4)
    server = Server(DENIED)
    _days_later(grove, server, 6)
    stuck = Counter(each.state for each in grove.letters())
    first = grove.letters()[0]

    server.says = Delivered("250 taken")
    retry_letter(grove.runtime, first.id, LEAD)
    deliver(grove.runtime, server)

    assert stuck == {"needs_human": 6}
    assert Counter(server.taken) == Counter(_in_line(grove))
    assert {each.state for each in grove.letters()} == {"accepted"}
    assert incident_lines(grove.runtime) == ()


def test_a_full_mailbox_stays_on_the_list_while_other_letters_go(grove: Grove) -> None:
    grove.writes(4)
    server = Server(Delivered("250 taken"), {ADDRESS: FULL})

    deliver(grove.runtime, server)
    (incident,) = _mail(grove)
    server.to.clear()
    grove.clock.move_to(grove.clock() + timedelta(minutes=7))
    deliver(grove.runtime, server)

    assert incident.cause == FULL.trouble
    assert server.taken.count(ADDRESS) == 1
    assert _mail(grove) == []


def test_where_no_letter_can_leave_one_is_tried_and_the_others_keep_their_place(
    any_grove: Grove,
) -> None:
    any_grove.writes(4)
    server = Server(CERTIFICATE)

    sent = deliver(any_grove.runtime, server)
    (incident,) = _mail(any_grove)
    line = _in_line(any_grove)
    before = Counter(each.attempts for each in any_grove.letters())
    _days_later(any_grove, server, 6)
    states = {each.state for each in any_grove.letters()}
    server.says = Delivered("250 taken")
    _days_later(any_grove, server, 0.2)

    assert (sent.later, sent.accepted, sent.trouble) == (1, 0, CERTIFICATE.reply)
    assert before == {1: 1, 0: 5}
    assert (incident.cause, incident.what) == (NO_WAY_OUT, CERTIFICATE.reply)
    assert states == {"waiting"}
    assert sorted(server.taken) == sorted(line)
    assert server.taken[1:] == [each for each in line if each != server.taken[0]]
    assert _mail(any_grove) == []


def test_a_fresh_letter_that_goes_shows_that_letters_can_leave(grove: Grove) -> None:
    grove.writes(4)
    server = Server(CERTIFICATE)
    for _ in range(6):
        deliver(grove.runtime, server)
    grove.files_note("VIE-BIR")
    grove.writes(0)
    fresh = len(grove.letters()) > 6

    server.says = Delivered("250 taken")
    grove.clock.move_to(grove.clock() + timedelta(seconds=20))
    deliver(grove.runtime, server)

    waiting = {each.state for each in grove.letters()}
    assert waiting == ({"accepted"} if fresh else {"waiting"})


@pytest.mark.parametrize("outcome", [TryLater("451 later"), Unknown("no answer")])
def test_a_letter_that_waits_for_a_person_is_an_incident_until_it_is_tried_again(
    outcome: Outcome, grove: Grove
) -> None:
    grove.writes(4)
    server = Server(Delivered("250 taken"), {ADDRESS: outcome})
    _days_later(grove, server, 6)
    letter = next(each for each in grove.letters() if each.recipient == ADDRESS)
    (incident,) = _mail(grove, "message")

    server.to.clear()
    retry_letter(grove.runtime, letter.id, LEAD)
    deliver(grove.runtime, server)

    assert letter.state == "needs_human"
    assert incident.cause == f"letter {letter.id} waits for a person"
    assert incident.what == letter.reason
    assert _mail(grove, "message") == []
    assert server.taken.count(ADDRESS) == 1


def test_tries_that_nobody_ended_are_an_incident_too(grove: Grove) -> None:
    grove.writes(4)

    def dies(message: Outgoing, before_data: Callable[[], None]) -> Outcome:
        del message
        before_data()
        raise KeyboardInterrupt

    server = Server(Delivered("250 taken"))
    server.send = dies  # type: ignore[method-assign]  # a worker that is killed at the dot
    for _ in range(5 * 6):
        with suppress(KeyboardInterrupt):
            deliver(grove.runtime, server)
        grove.clock.move_to(grove.clock() + timedelta(minutes=21))

    assert {each.state for each in grove.letters()} == {"needs_human"}
    assert {each.what for each in _mail(grove, "message")} == {TOO_OFTEN}
    assert len(_mail(grove, "message")) == 6


def test_an_incident_that_is_retried_sends_the_letters_it_is_about(grove: Grove) -> None:
    grove.writes(4)
    server = Server(DENIED, {ADDRESS: TryLater("451 later")})
    _days_later(grove, server, 6)
    server.says = Delivered("250 taken")
    server.to.clear()

    for incident in incident_lines(grove.runtime):
        retry_incident(grove.runtime, incident.number, LEAD)
    deliver(grove.runtime, server)

    assert Counter(server.taken) == Counter(_in_line(grove))
    assert incident_lines(grove.runtime) == ()


def test_tries_are_never_further_apart_than_four_hours(grove: Grove) -> None:
    grove.writes(4)
    tries: list[datetime] = []
    server = Server(Delivered("250 taken"), {ADDRESS: TryLater("451 later")})
    while (moment := _next_due(grove)) is not None and len(tries) < 25:
        grove.clock.move_to(moment)
        tries.append(grove.clock())
        deliver(grove.runtime, server)

    gaps = [later - sooner for sooner, later in pairwise(tries)]
    assert max(gaps) <= timedelta(hours=4)
    assert timedelta(minutes=5) <= gaps[0] <= timedelta(minutes=6)
    assert min(gaps[8:]) >= timedelta(hours=3)
