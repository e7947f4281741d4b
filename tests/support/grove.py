"""The orchard at work: two pairs in four countries, two people in every role, two leads."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from engine.model.dossier import CaseId, Dossier
from engine.model.outcomes import By, Event, Filed, FlagRaised, Triggered
from notifications.mailer import Outcome, Outgoing
from runtime.clock import VirtualClock
from runtime.queries.show_case import show_case
from runtime.settings.settings import Settings
from runtime.use_cases.advance import Answer, act
from runtime.use_cases.create_database import create_database
from runtime.use_cases.start_case import NewPair, start_pair
from runtime.wiring import Runtime, open_runtime
from runtime.workers.compose import compose_owed
from runtime.workers.sweep import sweep
from storage.database.transactions import reading, transaction
from storage.directory import directory, roles
from storage.directory.roles import Role
from storage.directory.rows import Centre, Contact
from storage.mail.queries import Asked, LetterLine, letters
from tests.support.orchard import ORCHARD
from tests.support.world import Mailbox
from workflows.registry import Programme, load_programme

OPENED = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
CENTRES = (
    Centre("vienna", "Vienna Centre", "Vienna", "coordinator", "AT", "Europe/Vienna"),
    Centre("lisbon", "Lisbon Centre", "Lisbon", "coordinator", "PT", "Europe/Lisbon"),
    Centre("porto", "Porto Centre", "Porto", "coordinator", "PT", "Europe/Lisbon"),
    Centre("birchwater", "Birchwater Centre", "Birchwater", "aspiring", "RO", "Europe/Bucharest"),
    Centre("elmford", "Elmford Centre", "Elmford", "aspiring", "FI", "Europe/Helsinki"),
)
PAIRS = {"VIE-BIR": ("vienna", "birchwater"), "LIS-ELM": ("lisbon", "elmford")}
ROLES = ("facilitator", "coordinator", "aspiring")


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

    def days_pass(self, days: float) -> None:
        self.clock.move_to(self.clock() + timedelta(days=days))

    def owes(self, days: float = 0) -> None:
        """Days later, what has come due is owed, and nothing is written yet."""
        self.days_pass(days)
        sweep(self.runtime)

    def writes(self, days: float = 0) -> None:
        """Days later, what has come due is written down as messages, and nothing is sent yet."""
        self.owes(days)
        compose_owed(self.runtime)

    def dossier(self, pair: str) -> Dossier:
        return show_case(self.runtime, self.pairs[pair]).dossier

    def child(self, pair: str, workflow: str) -> CaseId:
        """The last child of a kind."""
        return [each.id for each in self.dossier(pair).children if each.workflow == workflow][-1]

    def letters(self, pair: str = "", **asked: object) -> tuple[LetterLine, ...]:
        """Every letter of a pair and its children, or of all."""
        root = self.pairs[pair] if pair else None
        with reading(self.runtime.database) as session:
            return letters(session, Asked(root, **asked))  # type: ignore[arg-type]  # fields by name


def by(pair: str, role: str = "facilitator") -> By:
    """The main person of a role in a pair."""
    return By("lead" if role == "lead" else key_of(pair, role), role)


def key_of(pair: str, role: str, place: str = "main") -> str:
    return f"{role}-{pair}-{place}".lower()


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
def grove(where: Settings, programme: Programme | None = None) -> Iterator[Grove]:
    """A new database with both pairs, open."""
    programme = programme or load_programme(ORCHARD)
    create_database(where, rehearsal=False, at=OPENED, programme=programme)
    with opened(where, programme, OPENED) as made:
        _settle_in(made.runtime)
        made.pairs.update({pair: _start(made.runtime, pair) for pair in PAIRS})
        yield made


@contextmanager
def opened(where: Settings, programme: Programme, now: datetime) -> Iterator[Grove]:
    """A database that is there, opened once more."""
    clock = VirtualClock(now)
    with open_runtime(where, clock, programme) as runtime:
        yield Grove(runtime, clock, Post(), {})


def _settle_in(runtime: Runtime) -> None:
    with transaction(runtime.database) as session:
        for centre in CENTRES:
            directory.add_centre(session, centre)
        for key, main in (("lead", True), ("lead-deputy", False)):
            number = directory.add_person(session, _contact(key, "en"))
            roles.give(session, Role("lead", number, OPENED.date(), main=main))
        for pair, (coordinator, aspiring) in PAIRS.items():
            at = {"coordinator": coordinator, "aspiring": aspiring}
            for role in ROLES:
                number_of = directory.centre_id(session, at[role]) if role in at else None
                for place, language in (("main", "en"), ("deputy", "de")):
                    contact = _contact(key_of(pair, role, place), language, number_of)
                    directory.add_person(session, contact)


def _contact(key: str, language: str, centre: int | None = None) -> Contact:
    name = key.replace("-", " ").title()
    return Contact(key, name, f"{key}@example.org", language, centre_id=centre)


def _start(runtime: Runtime, pair: str) -> CaseId:
    return start_pair(runtime, new_pair(pair), by(pair))


def new_pair(pair: str, **changed: object) -> NewPair:
    """A pair of the grove as it is started, with these fields changed."""
    coordinator, aspiring = PAIRS[pair]
    people = {role: (key_of(pair, role), key_of(pair, role, "deputy")) for role in ROLES}
    known = {"parties": {"coordinator": (coordinator,), "aspiring": (aspiring,)}, "people": people}
    return NewPair(**{"reference": pair, **known, **changed})  # type: ignore[arg-type]  # fields by name


def read(frozen: Sequence[bytes]) -> list[EmailMessage]:
    return [message_from_bytes(each, policy=policy.default) for each in frozen]
