"""Versions of the orchard: a folder of its own that a test changes, and the grove run on it."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from engine.model.dossier import CaseId
from engine.model.outcomes import By
from runtime.queries.other_versions import wanted
from runtime.settings.settings import Settings
from runtime.use_cases.migrate import Brought, bring_over
from storage.database.transactions import reading
from storage.journal.verify import verify
from tests.support.grove import Grove, opened
from tests.support.grove import grove as planted
from tests.support.grove import settings as plain_settings
from tests.support.growers import LEAD, OPENED
from tests.support.orchard import ORCHARD
from workflows.registry import load_programme
from workflows.yaml.reading import read

Document = dict[str, Any]  # a definition in full, to be changed at any depth


@dataclass(frozen=True)
class Orchards:
    """The definitions in a folder of their own, and the settings that name it."""

    folder: Path
    settings: Settings

    def change(self, file: str, change: Callable[[Document], object]) -> None:
        """Write another version of one definition."""
        path = self.folder / f"{file}.yaml"
        document: Document = json.loads(json.dumps(read(path.read_bytes(), str(path)).content))
        change(document)
        path.write_text(json.dumps(document, indent=1), encoding="utf-8")

    @contextmanager
    def planted(self) -> Iterator[Grove]:
        """A new database with both pairs."""
        with planted(self.settings, load_programme(self.folder)) as grove:
            yield grove

    @contextmanager
    def opened(self, before: Grove | dict[str, CaseId], days: float = 0) -> Iterator[Grove]:
        """The same database, run on the definitions as they stand by now."""
        pairs = before if isinstance(before, dict) else before.pairs
        now = OPENED if isinstance(before, dict) else before.clock()
        with opened(self.settings, load_programme(self.folder), now) as grove:
            grove.pairs.update(pairs)
            if days:
                grove.days_pass(days)
            yield grove


def orchards(folder: Path, url: str | None = None) -> Orchards:
    """A copy of the orchard, on a database that is not made yet."""
    place = shutil.copytree(ORCHARD, folder / "orchard")
    where = plain_settings(url or f"sqlite:///{folder}/pairing.db", folder)
    own = where.programme.model_copy(update={"folder": str(place)})
    return Orchards(place, where.model_copy(update={"programme": own}))


def rungs(document: Document) -> list[Document]:
    """The reminders of the growers."""
    found: list[Document] = document["states"]["planted"]["ladders"]["growing"]["rungs"]
    return found


def brought(grove: Grove, by: By = LEAD, *, only: CaseId | None = None) -> list[Brought]:
    """Every family, or one, brought to the definitions in force."""
    return list(bring_over(grove.runtime, wanted(grove.runtime, ""), by, only))


def becomes(families: list[Brought]) -> dict[str, str]:
    """What became of each case, by its reference."""
    return {fate.reference: fate.becomes for each in families for fate in each.migration.fates}


def due(grove: Grove, pair: str) -> dict[str, date]:
    """The days of the armed timers of a pair, by their keys."""
    timers = grove.dossier(pair).timers
    return {each.key: each.due_at.date() for each in timers if each.settled_at is None}


def holds(grove: Grove) -> bool:
    """Whether every journal holds and gives the rows."""
    with reading(grove.runtime.database) as session:
        return not list(verify(session))


def renamed(document: Document) -> None:
    """The first state is called otherwise, and the definition says what it was."""
    states = document["states"]
    document["states"] = {"sown": states.pop("planted"), **states}
    document["initial"], document["anchors"]["T0"] = "sown", {"entered": "sown"}
    for step in document["transitions"]:
        step["from"] = "sown" if step["from"] == "planted" else step["from"]
    document["renamed"] = {"states": {"planted": "sown"}}
