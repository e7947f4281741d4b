"""A small world for journeys: the real programme, a real database, a clock moved by hand."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from engine.model.dossier import CaseId
from engine.model.outcomes import By, Filed, Signed, Triggered
from notifications.mailer import Delivered, Outcome, Outgoing
from notifications.render import Templates
from runtime.clock import VirtualClock
from runtime.families import Families
from runtime.settings.settings import Settings
from runtime.texts import texts_of
from runtime.use_cases.advance import Answer
from runtime.use_cases.create_database import create_database
from runtime.use_cases.start_case import NewPair, open_pair
from runtime.wiring import Runtime
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep
from storage.database.failpoints import reach
from storage.database.transactions import Database, Session, open_database, transaction
from storage.directory import directory, roles
from storage.directory.directory import Centre, Contact
from storage.directory.roles import Role
from tests.support.actors import act
from workflows.registry import Programme, built_in, load_programme

START = datetime(2026, 5, 11, 9, tzinfo=UTC)
FACILITATOR = By("facilitator", "facilitator")
LEAD = By("lead", "lead")

ZONE = "Europe/Brussels"  # of the office


@cache
def wp6() -> Programme:
    return load_programme(built_in("wp6"))


@cache
def at_any_hour() -> Programme:
    """The same, of which nothing says when people are written to: letters go as they are owed."""
    return replace(wp6(), letters=replace(wp6().letters, attention={}, overview=None))


@cache
def texts() -> Templates:
    return texts_of(built_in("wp6"), wp6().letters, spoken=wp6().spoken)


@dataclass
class Mailbox:
    """The witness: every copy that arrived, by message id. It may be where the machine dies."""

    copies: Counter[str] = field(default_factory=Counter)
    letters: list[Outgoing] = field(default_factory=list)
    bytes_of: dict[str, bytes] = field(default_factory=dict)

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send(self, message: Outgoing, before_data: Callable[[], None]) -> Outcome:
        reach("witness.mail")
        before_data()
        reach("witness.data")
        self.copies[message.message_id] += 1
        self.letters.append(message)
        known = self.bytes_of.setdefault(message.message_id, message.frozen)
        assert known == message.frozen, "a retry differs from the first copy"
        reach("witness.taken")
        return Delivered("250 taken")


@dataclass
class World:
    """One programme in motion. ``reopen`` is what a restart does: new connections, same file."""

    url: str
    clock: VirtualClock
    mailbox: Mailbox
    settings: Settings
    programme: Programme = field(default_factory=at_any_hour)
    runtime: Runtime = field(init=False)
    _database: Database | None = None

    def __post_init__(self) -> None:
        self.reopen()

    def reopen(self) -> None:
        self.close()
        self._database = open_database(self.url)
        self.runtime = Runtime(
            settings=self.settings,
            programme=self.programme,
            database=self._database,
            clock=self.clock,
            texts=lambda _digest: texts(),
            offers=lambda _workflow: wp6().answers,
            pinned={workflow.digest: workflow for workflow in wp6().workflows.values()},
            rehearsal=False,
            token="world",  # noqa: S106 - a name in message ids, no secret
        )

    def close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def days_pass(self, days: float) -> None:
        self.clock.move_to(self.clock() + timedelta(days=days))

    def beat(self) -> None:
        """One beat of the metronome: timers, letters, delivery."""
        sweep(self.runtime)
        compose_owed(self.runtime)
        deliver(self.runtime, self.mailbox)

    def pull(self, case: CaseId, trigger: str, by: By = FACILITATOR, **facts: object) -> Answer:
        note = str(facts.pop("note", ""))
        return act(self.runtime, case, Triggered(trigger, by, note, facts))

    def file(self, case: CaseId, record: str, by: By = FACILITATOR, **content: object) -> Answer:
        return act(self.runtime, case, Filed(record, content, by))

    def sign(self, case: CaseId, record: str, side: str) -> Answer:
        on = self.clock().date()
        return act(self.runtime, case, Signed(record, side, side.title(), on, FACILITATOR))

    def pair(
        self, reference: str = "VIE-BIR", *, history: tuple[tuple[str, datetime], ...] = ()
    ) -> CaseId:
        """A pair of two centres of its own with two people in each role."""
        with transaction(self.runtime.database) as session:
            acting = Families(session, self.runtime, self.clock())
            people = self.settle_in(reference)(acting)
            parties = {"coordinator": (f"{reference}-c",), "aspiring": (f"{reference}-a",)}
            new = NewPair(reference, parties, people, {"domain": "Care"}, history=history)
            return open_pair(acting, new, By())

    def settle_in(self, reference: str) -> Callable[[Families], Mapping[str, tuple[str, ...]]]:
        def add(acting: Families) -> Mapping[str, tuple[str, ...]]:
            for side, country, zone, city in (
                ("coordinator", "AT", "Europe/Vienna", "Vienna"),
                ("aspiring", "RO", "Europe/Bucharest", "Birchwater"),
            ):
                facts = {"domain": "Care", "teaming": False}
                key = f"{reference}-{side[0]}"
                name = f"{side.title()} centre of {reference}"
                centre = Centre(key, name, key[:14], side, country, zone, city=city, facts=facts)
                directory.add_centre(acting.session, centre)
            return {
                role: _two_people(acting.session, f"{role.title()} {reference}")
                for role in ("facilitator", "coordinator", "aspiring")
            }

        return add


def _two_people(session: Session, name: str) -> tuple[str, str]:
    """The main person of a role and a deputy, who comes first in the rows."""
    role, _, reference = name.lower().partition(" ")
    keys = f"{reference}-{role}", f"{reference}-{role}-deputy"
    for key, whose, word in ((keys[1], f"{name} deputy", "deputy."), (keys[0], name, "")):
        email = f"{word}{role}.{reference}@example.org"
        directory.add_person(session, Contact(key=key, name=whose, email=email))
    return keys


@contextmanager
def world(folder: Path, url: str | None = None) -> Iterator[World]:
    """A world on a fresh SQLite file in a folder, or on a database that `set_up` prepared."""
    made = make(folder, url)
    try:
        yield made
    finally:
        made.close()


def make(folder: Path, url: str | None = None, programme: Programme | None = None) -> World:
    if url is None:
        url = f"sqlite:///{folder}/pairing.db"
        (folder / "pairing.db").write_bytes(_template(folder))
    settings = settings_for(url, folder)
    return World(url, VirtualClock(START), Mailbox(), settings, programme or at_any_hour())


def fork(world: World, folder: Path) -> World:
    """A world that goes on from where another one stands, on a copy of its SQLite file."""
    world.close()
    shutil.copy(world.url.removeprefix("sqlite:///"), folder / "pairing.db")
    world.reopen()
    url = f"sqlite:///{folder}/pairing.db"
    return World(url, VirtualClock(world.clock()), Mailbox(), settings_for(url, folder))


def settings_for(url: str, folder: Path) -> Settings:
    plain = Settings()
    return plain.model_copy(
        update={
            "programme": plain.programme.model_copy(update={"country": "BE", "zone": ZONE}),
            "database": plain.database.model_copy(update={"url": url}),
            "mail": plain.mail.model_copy(update={"folder": str(folder / "letters")}),
        }
    )


_made: list[bytes] = []


def _template(folder: Path) -> bytes:
    """A set-up database file, made once a session and written for every world."""
    if not _made:
        path = folder / "template.db"
        set_up(f"sqlite:///{path}")
        _made.append(path.read_bytes())
        path.unlink()
    return _made[0]


def set_up(url: str) -> None:
    """Make an empty database one of the programme, with the people of its office."""
    settings = settings_for(url, Path())
    create_database(settings, rehearsal=False, at=START)
    database = open_database(url)
    try:
        with transaction(database) as session:
            for role in ("lead", "wp6", "wp3"):
                for key, word, main in ((f"{role}-deputy", "deputy.", False), (role, "", True)):
                    contact = Contact(key, key.title(), f"{word}{role}@example.org")
                    number = directory.add_person(session, contact)
                    roles.give(session, Role(role, number, main=main))
    finally:
        database.close()
