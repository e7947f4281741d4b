"""P3, P9, P18: every copy is accounted for, and one bad message harms itself only."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from notifications.mailer import Delivered, Outcome, Outgoing, Rejected, TryLater, Unknown
from runtime.use_cases.dead_address import mark_alive, mark_dead
from runtime.use_cases.incidents import retry_incident
from runtime.use_cases.retry_letter import retry_letter
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep
from storage.database.failpoints import install
from storage.database.statements import Change, Statement
from storage.database.transactions import reading, transaction
from storage.directory import directory
from storage.errors import UnavailableError
from storage.mail import messages, queries
from storage.programme import incidents
from tests.support.life import HISTORY, STEPS
from tests.support.pairs import a_pair
from tests.support.world import LEAD, World, world

COORDINATOR = "coordinator.vie-bir@example.org"
ASPIRING = "aspiring.vie-bir@example.org"
_NUMBER = Statement[tuple[int]]("SELECT id FROM messages WHERE recipient = :recipient")
_BREAK = Change("UPDATE definitions SET text = 'broken' WHERE workflow = 'pairing'")


@dataclass
class Server:
    """A mail server that answers each recipient as it is told, and keeps what it took."""

    answers: dict[str, Outcome | Exception] = field(default_factory=dict)
    copies: Counter[str] = field(default_factory=Counter)

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send(self, message: Outgoing, before_data: Callable[[], None]) -> Outcome:
        before_data()
        answer = self.answers.get(message.recipient, Delivered("250 taken"))
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Delivered | Unknown):
            self.copies[message.recipient] += 1
        return answer


@pytest.fixture
def programme(tmp_path: Path, world_url: str | None) -> Iterator[World]:
    """A pair that is asked to sign: two messages wait to be sent."""
    with world(tmp_path, world_url) as made:
        case = made.pair(history=HISTORY)
        for step in STEPS[:4]:
            step.run(made, case)
        sweep(made.runtime)
        compose_owed(made.runtime)
        yield made


def _message(programme: World, recipient: str) -> messages.MessageView:
    with reading(programme.runtime.database) as session:
        ((number,),) = session.all(_NUMBER, recipient=recipient)
        return messages.message(session, number)


def _letter_in(programme: World, message: int) -> int:
    with reading(programme.runtime.database) as session:
        return next(line.id for line in queries.letters(session) if line.message == message)


def _name_coordinator(programme: World, name: str) -> None:
    """Straight into the directory, which takes what no command would."""
    with transaction(programme.runtime.database) as session:
        known = directory.person(session, "vie-bir-coordinator")
        directory.change_person(session, replace(known, name=name))


def test_a_copy_that_may_have_arrived_counts_also_when_patience_ends(programme: World) -> None:
    server = Server({COORDINATOR: TryLater("451 later")})
    deliver(programme.runtime, server)
    programme.days_pass(6)
    server.answers = {COORDINATOR: Unknown("no answer")}
    deliver(programme.runtime, server)
    waiting = _message(programme, COORDINATOR)

    server.answers = {}
    retry_letter(programme.runtime, _letter_in(programme, waiting.id), LEAD)
    deliver(programme.runtime, server)

    assert waiting.state == "needs_human"
    sent = _message(programme, COORDINATOR)
    assert sent.state == "accepted"
    assert server.copies[COORDINATOR] == 2
    assert sent.ambiguous == 1


def test_a_message_that_breaks_the_mailer_lets_the_others_pass(programme: World) -> None:
    server = Server({COORDINATOR: ValueError("no such codec")})

    deliver(programme.runtime, server)

    assert server.copies[ASPIRING] == 1
    broken = _message(programme, COORDINATOR)
    assert (broken.state, broken.ambiguous) == ("waiting", 1)
    assert "no such codec" in broken.reply


def test_a_letter_costs_one_commit(programme: World) -> None:
    passed: list[str] = []

    remove = install(passed.append)
    deliver(programme.runtime, Server())
    remove()

    assert passed.count("sending.started") == 2
    assert passed.count("transaction.committed") == 3  # the first try begins in one of its own


@dataclass
class HeldUp(Server):
    """A server that takes its time to agree, while the lease runs out and another worker sends."""

    meanwhile: Callable[[], object] = lambda: None

    def send(self, message: Outgoing, before_data: Callable[[], None]) -> Outcome:
        self.meanwhile()
        return super().send(message, before_data)


def test_whoever_was_held_up_sends_nothing_that_another_worker_took_over(
    programme: World,
) -> None:
    other = Server()

    def meanwhile() -> None:
        programme.days_pass(0.25)
        deliver(programme.runtime, other)

    held_up = HeldUp(meanwhile=meanwhile)

    deliver(programme.runtime, held_up)

    assert held_up.copies == {}
    assert other.copies == {COORDINATOR: 1, ASPIRING: 1}
    assert {_message(programme, each).state for each in other.copies} == {"accepted"}


def test_a_refusal_that_cannot_be_acted_on_is_written_down_and_listed(programme: World) -> None:
    server = Server({COORDINATOR: Rejected("550 unknown")})
    with transaction(programme.runtime.database) as session:
        session.change(_BREAK)
    current = programme.runtime.programme.workflows["pairing"].digest
    known = {d: w for d, w in programme.runtime.pinned.items() if d != current}

    deliver(replace(programme.runtime, pinned=known), server)

    assert server.copies[ASPIRING] == 1
    assert _message(programme, COORDINATOR).state == "refused"
    with reading(programme.runtime.database) as session:
        (incident,) = incidents.open_incidents(session)
    assert incident.trouble.kind == "bounce"


def test_an_outcome_that_could_not_be_written_is_written_again_not_sent_again(
    programme: World,
) -> None:
    server, failing = Server(), iter([UnavailableError("locked by somebody else")])

    def fail(point: str) -> None:
        if point == "sending.settle":
            for error in failing:
                raise error

    remove = install(fail)
    try:
        deliver(programme.runtime, server)
    finally:
        remove()

    assert server.copies == {COORDINATOR: 1, ASPIRING: 1}
    found = [_message(programme, each) for each in (COORDINATOR, ASPIRING)]
    assert [(each.state, each.ambiguous) for each in found] == [("accepted", 0)] * 2


def test_an_address_put_right_meanwhile_does_not_die_with_the_old_one(programme: World) -> None:
    server = Server({COORDINATOR: Rejected("550 unknown")})
    with transaction(programme.runtime.database) as session:
        known = directory.person(session, "vie-bir-coordinator")
        directory.change_person(session, replace(known, email="new@example.org"))

    deliver(programme.runtime, server)
    programme.beat()

    with reading(programme.runtime.database) as session:
        assert directory.person(session, "vie-bir-coordinator").reachable
    assert "new@example.org" in {letter.recipient for letter in programme.mailbox.letters}


def test_a_letter_that_needed_a_person_goes_out_once_its_incident_is_retried(
    tmp_path: Path, world_url: str | None
) -> None:
    with world(tmp_path, world_url) as programme:
        a_pair(programme, history=(("memorandum", programme.clock()),))
        _name_coordinator(programme, "Coordinator\u2028of VIE-BIR")
        programme.beat()
        assert COORDINATOR not in {letter.recipient for letter in programme.mailbox.letters}

        _name_coordinator(programme, "Coordinator of VIE-BIR")
        for number in _incidents(programme):
            retry_incident(programme.runtime, number, LEAD)
        programme.beat()

        received = Counter(letter.recipient for letter in programme.mailbox.letters)
        assert received == {COORDINATOR: 1, ASPIRING: 1}
        assert _incidents(programme) == []


def test_letters_to_a_role_that_nobody_plays_are_one_incident(programme: World) -> None:
    for key in ("vie-bir-facilitator", "lead"):
        for who in (key, f"{key}-deputy"):
            mark_dead(programme.runtime, who, "left", LEAD)
    for _ in range(4):
        programme.days_pass(21)
        programme.beat()

    with reading(programme.runtime.database) as session:
        causes = Counter(each.trouble.cause for each in incidents.open_incidents(session))
    pair = "nobody reachable as facilitator in case VIE-BIR"
    assert causes[pair] == 1
    assert set(causes.values()) == {1}

    mark_alive(programme.runtime, "vie-bir-facilitator", LEAD)
    for number in _incidents(programme):
        retry_incident(programme.runtime, number, LEAD)
    programme.mailbox.letters.clear()
    programme.beat()
    facilitator = "facilitator.vie-bir@example.org"
    assert facilitator in {letter.recipient for letter in programme.mailbox.letters}


def _incidents(programme: World) -> list[int]:
    with reading(programme.runtime.database) as session:
        return [each.id for each in incidents.open_incidents(session)]
