"""The orchard at work: two pairs in four countries, two people in every role, two leads."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from engine.model.dossier import CaseId, Dossier
from engine.model.outcomes import Event, Filed, FlagRaised, Triggered
from notifications.mailer import Outcome, Outgoing
from runtime.clock import VirtualClock
from runtime.queries.find_case import find_case
from runtime.queries.show_case import show_case
from runtime.settings.settings import Settings
from runtime.use_cases.advance import Answer
from runtime.use_cases.create_database import create_database
from runtime.use_cases.directory import change_person
from runtime.use_cases.start_case import start_pair
from runtime.wiring import Runtime, open_runtime
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep
from storage.cases import timers
from storage.database.transactions import reading, transaction
from storage.directory import directory, roles
from storage.directory.roles import Role
from storage.mail.messages import MessageView, message
from storage.mail.queries import LetterLine, LetterQuery, letters
from tests.support.actors import act
from tests.support.databases import lay_tables
from tests.support.growers import LEAD, OPENED, PAIRS, by, new_pair, settle_in
from tests.support.orchard import ORCHARD
from tests.support.world import Mailbox
from workflows.registry import Programme

_PAST_SLOTS = 14  # o'clock UTC: in all countries of the grove the slots of the day are over


@dataclass
class Post(Mailbox):
    """A mailbox that may answer otherwise than by taking a letter: by recipient, one after one."""

    answers: dict[str, deque[Outcome]] = field(default_factory=dict)

    def send(self, message: Outgoing, before_data: Callable[[], None]) -> Outcome:
        if waiting := self.answers.get(message.recipient):
            before_data()
            return waiting.popleft()
        return super().send(message, before_data)

    def will_answer(self, recipient: str, *outcomes: Outcome) -> None:
        self.answers[recipient] = deque(outcomes)


@dataclass
class Grove:
    """A running programme with its pairs, and what its people do and get."""

    runtime: Runtime
    clock: VirtualClock
    post: Post
    pairs: dict[str, CaseId]

    def does(self, pair: str, event: Event, request: str | None = None) -> Answer:
        return act(self.runtime, self.pairs[pair], event, request)

    def steps(self, pair: str, trigger: str, role: str = "facilitator", **facts: object) -> Answer:
        return self.does(pair, Triggered(trigger, by(pair, role), facts=facts))

    def files_note(self, pair: str, **content: object) -> Answer:
        note = {"summary": "All is well.", **content}
        return self.does(pair, Filed("note", note, by(pair, "aspiring")))

    def flag(self, pair: str, name: str = "F-1") -> CaseId:
        """A flag raised by hand; the case it opened."""
        assert self.does(pair, FlagRaised(name, "Seen in the leaves.", by(pair))).accepted
        return self.child(pair, "red_flag")

    def looks_again(self, pair: str, flag: CaseId) -> None:
        """The state of the flag is left and entered again."""
        assert act(self.runtime, flag, Triggered("snooze", by(pair))).accepted

    def closes(self, pair: str, flag: CaseId) -> None:
        assert act(self.runtime, flag, Triggered("close", by(pair))).accepted

    def days_pass(self, days: float) -> None:
        self.clock.move_to(self.clock() + timedelta(days=days))

    def owes(self, days: float = 0) -> None:
        """Days later, all that came due on the way is owed, and nothing is written yet.

        On a later day it is then past the hour of all slots: what waited for one goes now.
        """
        until = self.clock() + timedelta(days=days)
        until = until.replace(hour=max(until.hour, _PAST_SLOTS)) if days >= 1 else until
        while (moment := self._next()) is not None and moment <= until:
            self.clock.move_to(moment)
            sweep(self.runtime)
        self.clock.move_to(until)

    def _next(self) -> datetime | None:
        with reading(self.runtime.database) as session:
            return timers.next_due(session)

    def writes(self, days: float = 0) -> None:
        """Days later, what is owed is written down as messages, and nothing is sent yet."""
        self.owes(days)
        compose_owed(self.runtime)

    def with_settings(self, **sections: object) -> Runtime:
        """The same programme run with other settings."""
        changed = self.runtime.settings.model_copy(update=sections)
        return replace(self.runtime, settings=changed)

    def at(self, moment: datetime) -> Runtime:
        """The same programme on a machine whose clock stands elsewhere."""
        return replace(self.runtime, clock=VirtualClock(moment))

    def find(self, reference: str) -> CaseId:
        return find_case(self.runtime, reference)

    def sends(self, days: float = 0) -> None:
        """Days later, what is owed is written down and sent."""
        self.writes(days)
        deliver(self.runtime, self.post)

    def dossier(self, pair: str) -> Dossier:
        return show_case(self.runtime, self.pairs[pair]).dossier

    def child(self, pair: str, workflow: str) -> CaseId:
        """The last child of a kind."""
        return [each.id for each in self.dossier(pair).children if each.workflow == workflow][-1]

    def letters(self, pair: str = "", **asked: object) -> tuple[LetterLine, ...]:
        """Every letter of a pair and its children, or of all."""
        root = self.pairs[pair] if pair else None
        with reading(self.runtime.database) as session:
            return letters(session, LetterQuery(root, **asked))  # type: ignore[arg-type]  # fields by name

    def message(self, number: int | None) -> MessageView:
        assert number is not None
        with reading(self.runtime.database) as session:
            return message(session, number)

    def frozen(self, pair: str) -> list[bytes]:
        """What was written of a pair, byte for byte."""
        lines = self.letters(pair)
        return [self.message(each.message).frozen for each in lines if each.message is not None]

    def name_of(self, key: str) -> str:
        with reading(self.runtime.database) as session:
            return directory.person(session, key).name

    def moves_to(self, key: str, email: str) -> None:
        """Somebody has another address."""
        change_person(self.runtime, key, lambda known: replace(known, email=email), LEAD)

    def empties(self, pair: str, role: str) -> None:
        """Nobody plays the role in the pair any more."""
        with transaction(self.runtime.database) as session:
            assert roles.relieve(session, self.pairs[pair], role, self.clock().date())

    def gives(self, pair: str, role: str, key: str) -> None:
        """Somebody plays the role in the pair from now on."""
        with transaction(self.runtime.database) as session:
            number = directory.person_id(session, key)
            roles.give(session, Role(role, number, self.clock().date(), self.pairs[pair]))


def settings(url: str, folder: Path) -> Settings:
    """Settings that name the orchard; its office is in Brussels."""
    plain = Settings()
    own = {"name": "orchard", "folder": str(ORCHARD), "country": "BE", "zone": "Europe/Brussels"}
    return plain.model_copy(
        update={
            "programme": plain.programme.model_copy(update=own),
            "database": plain.database.model_copy(update={"url": url}),
            "mail": plain.mail.model_copy(update={"folder": str(folder / "letters")}),
        }
    )


@contextmanager
def grove(where: Settings, programme: Programme, *, rehearsal: bool = False) -> Iterator[Grove]:
    """A new database with both pairs, open."""
    lay_tables(where.database.url)
    create_database(where, rehearsal=rehearsal, at=OPENED, programme=programme)
    with opened(where, programme, OPENED) as made:
        settle_in(made.runtime)
        made.pairs.update({pair: _start(made.runtime, pair) for pair in PAIRS})
        yield made


@contextmanager
def opened(where: Settings, programme: Programme, now: datetime) -> Iterator[Grove]:
    """A database that is there, opened once more."""
    clock = VirtualClock(now)
    with open_runtime(where, clock, programme) as runtime:
        yield Grove(runtime, clock, Post(), {})


def _start(runtime: Runtime, pair: str) -> CaseId:
    return start_pair(runtime, new_pair(pair), LEAD)


def read(frozen: Sequence[bytes]) -> list[EmailMessage]:
    return [message_from_bytes(each, policy=policy.default) for each in frozen]
