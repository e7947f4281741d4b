"""What is measured on: the real programme on a real file, with pairs that are ready for a step."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from engine.model.dossier import CaseId
from engine.model.outcomes import By, Event, Filed
from engine.model.plan import Plan
from notifications.render import Templates
from runtime.clock import VirtualClock
from runtime.families import Families
from runtime.settings.settings import DatabaseSettings, Settings
from runtime.texts import texts_of
from runtime.use_cases.create_database import create_database
from runtime.use_cases.start_case import NewPair, open_pair
from runtime.wiring import Runtime
from storage.database.transactions import Database, open_database, transaction
from storage.directory import directory, roles
from storage.directory.directory import Centre, Contact
from storage.directory.roles import Role
from workflows.registry import Programme, built_in, load_programme

NOW = datetime(2026, 5, 11, 9, tzinfo=UTC)
FACILITATOR = By("facilitator", "facilitator")
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it

_ROLES = ("facilitator", "coordinator", "aspiring")
_PASSED = (("formalised", 60), ("onboarding", 30))  # states and the days since they were entered
_RECORDS: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("onboarding_slides", {"summary": "Context, challenges, barriers."}),
    ("gap_analysis", {"readiness": "fair", "domain": "fair", "overall": "fair"}),
    ("indicators", {"indicators": ["Share of staff with a plan"]}),
    (
        "onboarding",
        {
            "held_on": "2026-05-08",
            "hours": 2,
            "gaps": ["No tumour board in the evening."],
            "expected_outcomes": ["A shared record."],
            "focus_areas": ["Care pathway"],
        },
    ),
)


class SceneError(Exception):
    """The scene could not be set: the definitions no longer take what is filed here."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A file with pairs in their onboarding, all evidence filed, nothing decided yet."""

    path: Path
    pairs: tuple[CaseId, ...]

    def copy(self, folder: Path, name: str) -> "Scene":
        """The same in another place; nobody may have it open."""
        path = folder / f"{name}.db"
        shutil.copyfile(self.path, path)
        return replace(self, path=path)

    @contextmanager
    def opened(self, clock: VirtualClock | None = None, **engine: int) -> Iterator[Runtime]:
        """The real parts on this file; `engine` changes settings of that section."""
        database = open_database(_url(self.path))
        try:
            yield _runtime(database, clock or VirtualClock(NOW), engine)
        finally:
            database.close()


@contextmanager
def folder_on(place: Path) -> Iterator[Path]:
    """A folder of our own on a disk, gone in the end."""
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=place) as folder:
        yield Path(folder)


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder in memory, where the machine has such a place; else on the disk of temporaries."""
    place = IN_MEMORY if IN_MEMORY.is_dir() else Path(tempfile.gettempdir())
    with folder_on(place) as folder:
        yield folder


def scene(folder: Path, pairs: int) -> Scene:
    """Set it: everything in one transaction, as only preparations may."""
    path = folder / f"scene-{pairs}.db"
    settings = _settings(_url(path), {})
    create_database(settings, rehearsal=False, at=NOW, programme=programme())
    database = open_database(_url(path))
    try:
        runtime = _runtime(database, VirtualClock(NOW), {})
        with transaction(database) as session:
            _office(Families(session, runtime, NOW))
            acting = Families(session, runtime, NOW)
            return Scene(path, tuple(_ready(acting, number) for number in range(pairs)))
    finally:
        database.close()


@cache
def programme() -> Programme:
    return load_programme(built_in("wp6"))


@cache
def _texts() -> Templates:
    return texts_of(built_in("wp6"), programme().letters)


def happens(acting: Families, case_id: CaseId, event: Event) -> None:
    """Let something happen that must not be refused."""
    outcome = acting.happen(case_id, event)
    if not isinstance(outcome, Plan):
        said = "; ".join(unmet.detail for unmet in outcome.unmet)
        raise SceneError(f"{type(event).__name__} of case {case_id} was refused: {said}")


def _url(path: Path) -> str:
    return f"sqlite:///{path}"


def _settings(url: str, engine: Mapping[str, int]) -> Settings:
    plain = Settings()
    changed = plain.engine.model_copy(update=dict(engine))
    return plain.model_copy(update={"database": DatabaseSettings(url=url), "engine": changed})


def _runtime(
    database: Database, clock: Callable[[], datetime], engine: Mapping[str, int]
) -> Runtime:
    return Runtime(
        settings=_settings(database.where, engine),
        programme=programme(),
        database=database,
        clock=clock,
        texts=_texts,
        pinned={workflow.digest: workflow for workflow in programme().workflows.values()},
        rehearsal=False,
        token="bench",  # noqa: S106 - a name in message ids, no secret
    )


def _office(acting: Families) -> None:
    for role in ("lead", "wp6", "wp3"):
        contact = Contact(key=role, name=role.title(), email=f"{role}@example.org")
        roles.give(acting.session, Role(role, directory.add_person(acting.session, contact)))


def _ready(acting: Families, number: int) -> CaseId:
    reference = f"B-{number:04}"
    for side, country, zone in (
        ("coordinator", "AT", "Europe/Vienna"),
        ("aspiring", "RO", "Europe/Bucharest"),
    ):
        key = f"{reference}-{side}"
        centre = Centre(key, f"The {side} of {reference}", key, side, country, zone)
        directory.add_centre(acting.session, centre)
    for role in _ROLES:
        key = f"{reference}-{role}-person"
        contact = Contact(key=key, name=f"{role.title()} {number}", email=f"{key}@example.org")
        directory.add_person(acting.session, contact)
    new = NewPair(
        reference,
        parties={side: (f"{reference}-{side}",) for side in ("coordinator", "aspiring")},
        people={role: (f"{reference}-{role}-person",) for role in _ROLES},
        facts={"domain": "Care"},
        history=tuple((state, NOW - timedelta(days=days)) for state, days in _PASSED),
    )
    case_id = open_pair(acting, new, FACILITATOR)
    for record, content in _RECORDS:
        happens(acting, case_id, Filed(record, content, FACILITATOR, imported=True))
    return case_id
