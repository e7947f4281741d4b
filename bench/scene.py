"""What is measured on: the real programme, its pairs ready for a step, set by its use cases."""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.places import Folder, Server
from engine.model.definition import SYSTEM
from engine.model.dossier import CaseId
from engine.model.outcomes import By, Event, Filed, Triggered
from runtime.clock import VirtualClock
from runtime.definitions import programme_of
from runtime.settings.settings import DatabaseSettings, Settings
from runtime.use_cases.advance import act
from runtime.use_cases.create_database import create_database
from runtime.use_cases.first_person import first_person
from runtime.use_cases.import_directory import import_centres, import_people
from runtime.use_cases.start_case import NewPair, start_pair
from runtime.wiring import Runtime, open_runtime
from storage.directory.rows import Contact
from workflows.programme import Programme, built_in

NOW = datetime(2026, 5, 11, 9, tzinfo=UTC)
FACILITATOR = By("facilitator", "facilitator")
_IMPORT = By("facilitator", SYSTEM)
STEP = "finish_onboarding"  # five requirements, letters to both sides, a dozen timers

_LEAD = "lead"  # stands above the others, and so gives them their roles
_ROWS = 5_000  # of a table; more are refused
_SIDES = (("coordinator", "AT", "Europe/Vienna"), ("aspiring", "RO", "Europe/Bucharest"))
_OFFICE = ("facilitator", "wp6", "wp3")
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
    """A database with pairs in their onboarding, all evidence filed, nothing decided yet."""

    url: str
    pairs: tuple[CaseId, ...]

    def copy(self, place: Folder | Server) -> "Scene":
        """The same in another place; nobody may have it open."""
        return replace(self, url=place.copy(self.url))

    @contextmanager
    def opened(self, clock: VirtualClock | None = None, **engine: int) -> Iterator[Runtime]:
        """The real parts on it; `engine` changes settings of that section."""
        settings = _settings(self.url, engine)
        with open_runtime(settings, clock or VirtualClock(NOW), programme()) as runtime:
            yield runtime


def scene(place: Folder | Server, pairs: int) -> Scene:
    """Set it: the people, then pair by pair."""
    made = Scene(place.empty(), ())
    create_database(_settings(made.url, {}), rehearsal=False, at=NOW, programme=programme())
    with made.opened() as runtime:
        with TemporaryDirectory() as folder:
            _people(runtime, Path(folder), pairs)
        return replace(made, pairs=tuple(_ready(runtime, number) for number in range(pairs)))


@cache
def programme() -> Programme:
    return programme_of(built_in("wp6"))


def step(runtime: Runtime, pair: CaseId) -> None:
    """Take the step that is measured."""
    happens(runtime, pair, Triggered(STEP, FACILITATOR))


def happens(runtime: Runtime, case_id: CaseId, event: Event) -> None:
    """Let something happen that must not be refused."""
    answer = act(runtime, case_id, event)
    if not answer.accepted:
        raise SceneError(f"{type(event).__name__} of case {case_id} was refused: {answer.unmet}")


def _settings(url: str, engine: Mapping[str, int]) -> Settings:
    plain = Settings()
    changed = plain.engine.model_copy(update=dict(engine))
    return plain.model_copy(update={"database": DatabaseSettings(url=url), "engine": changed})


def _people(runtime: Runtime, folder: Path, pairs: int) -> None:
    """Everybody by the tables that an office imports."""
    centres = [("key", "name", "short_name", "side", "country", "zone", "city")]
    people = [("key", "name", "email", "centre", "roles")]
    people += [(key, key.title(), f"{key}@example.org", "", key) for key in _OFFICE]
    for number in range(pairs):
        for side, country, zone in _SIDES:
            key = _key(number, side)
            centres.append((key, f"The {key}", key, side, country, zone, zone[7:]))
            people.append((f"{key}-1", f"Team {key}", f"{key}@example.org", key, ""))
    first_person(runtime, Contact(key=_LEAD, name=_LEAD.title(), email=f"{_LEAD}@example.org"))
    for rows, enter in ((centres, import_centres), (people, import_people)):
        for begin in range(1, len(rows), _ROWS):
            with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([rows[0], *rows[begin : begin + _ROWS]])
            enter(runtime, folder / "rows.csv", By(_LEAD, _LEAD))


def _ready(runtime: Runtime, number: int) -> CaseId:
    sides = [side for side, _, _ in _SIDES]
    new = NewPair(
        f"B-{number:05}",
        parties={side: (_key(number, side),) for side in sides},
        people={
            "facilitator": ("facilitator",),
            **{side: (f"{_key(number, side)}-1",) for side in sides},
        },
        facts={"domain": "Care"},
        history=tuple((state, NOW - timedelta(days=days)) for state, days in _PASSED),
    )
    case_id = start_pair(runtime, new, FACILITATOR)
    for record, content in _RECORDS:
        happens(runtime, case_id, Filed(record, content, _IMPORT, imported=True))
    return case_id


def _key(number: int, side: str) -> str:
    return f"b{number:05}-{side}"
