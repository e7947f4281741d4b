"""The second programme at work: opened through the composition root, as its users would."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from engine.model.dossier import CaseId, PersonId
from engine.model.outcomes import By, Event
from runtime.clock import VirtualClock
from runtime.settings.settings import Settings
from runtime.use_cases.advance import Answer, act
from runtime.use_cases.create_database import create_database
from runtime.use_cases.start_case import NewPair, start_pair
from runtime.wiring import Runtime, open_runtime
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep
from storage.cases import timers
from storage.database.transactions import Session, reading, transaction
from storage.directory import directory, roles
from storage.directory.roles import Role
from storage.directory.rows import Centre, Contact
from tests.support.databases import lay_tables
from tests.support.world import START, Mailbox, settings_for

FOLDER = Path(__file__).parents[1] / "journeys" / "programmes" / "exchange"
PLACES = (("host", "PT", "Europe/Lisbon"), ("guest", "BG", "Europe/Sofia"))
STEWARD, GUEST, BOARD = By("steward", "steward"), By("guest", "guest"), By("board", "board")


@dataclass
class Town:
    """A running programme, its clock and its mailbox."""

    runtime: Runtime
    clock: VirtualClock
    mailbox: Mailbox

    def does(self, case: CaseId, event: Event) -> Answer:
        return act(self.runtime, case, event)

    def days_go_by(self, days: int) -> None:
        until = self.clock() + timedelta(days=days)
        while (moment := self._next()) is not None and moment <= until:
            self.clock.move_to(moment)
            self.beat()
        self.clock.move_to(until)
        self.beat()

    def beat(self) -> None:
        sweep(self.runtime)
        compose_owed(self.runtime)
        deliver(self.runtime, self.mailbox)

    def _next(self) -> datetime | None:
        with reading(self.runtime.database) as session:
            return timers.next_due(session)


def settings(folder: Path, programme: Path, name: str) -> Settings:
    """Settings that name a folder of definitions."""
    plain = settings_for(f"sqlite:///{folder}/pairing.db", folder)
    own = plain.programme.model_copy(update={"folder": str(programme), "name": name})
    return plain.model_copy(update={"programme": own})


@contextmanager
def running(where: Settings, clock: VirtualClock) -> Iterator[Town]:
    """A programme whose database is there."""
    with open_runtime(where, clock) as runtime:
        yield Town(runtime, clock, Mailbox())


@contextmanager
def founded(folder: Path) -> Iterator[Town]:
    """The second programme with its two hospitals, before the first exchange."""
    where = settings(folder, FOLDER, "exchange")
    lay_tables(where.database.url)
    create_database(where, rehearsal=False, at=START)
    with running(where, VirtualClock(START)) as town:
        with transaction(town.runtime.database) as session:
            for side, country, zone in PLACES:
                name = f"Hospital of the {side}"
                directory.add_centre(session, Centre(side, name, side, side, country, zone))
                _two_people(session, side)
            for role in ("steward", "board"):
                for number, main in zip(_two_people(session, role), (True, False), strict=True):
                    roles.give(session, Role(role, number, main=main))
        yield town


def _two_people(session: Session, role: str) -> tuple[PersonId, PersonId]:
    """The main person and a deputy, who stands first in the rows."""
    deputy, main = (
        directory.add_person(session, Contact(key, key.title(), f"{key}@example.org"))
        for key in (f"{role}-deputy", role)
    )
    return main, deputy


def an_exchange(town: Town) -> CaseId:
    sides = {"host": ("host",), "guest": ("guest",)}
    people = {side: (side, f"{side}-deputy") for side in sides}
    new = NewPair("WEST-EAST", sides, people, workflow="exchange")
    return start_pair(town.runtime, new, STEWARD)
