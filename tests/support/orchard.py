"""A programme of a few lines, for tests that ask about the commands and not about the rules."""

import shutil
import sqlite3
from pathlib import Path

from tests.support.commands import Ended, pairing

ORCHARD = Path(__file__).parents[1] / "programmes" / "orchard"


def in_english(programme: Path, folder: Path) -> Path:
    """A copy of a programme with its English words alone, for a test that changes them."""
    return Path(shutil.copytree(programme, folder, ignore=shutil.ignore_patterns("fr")))


def plant(folder: Path) -> Path:
    """Write the programme into a folder and settings that name it beside it."""
    place = folder / "orchard"
    shutil.copytree(ORCHARD, place)
    (folder / "config.toml").write_text('[programme]\nname = "orchard"\nfolder = "orchard"\n')
    return place


_grown: list[bytes] = []  # the database of the first one, of which each other is a copy


class Orchard:
    """A programme with one pair, and a watch that sees whether anything was written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        plant(folder)
        if not _grown:
            self._grow()
            _grown.append((folder / "pairing.db").read_bytes())
        (folder / "pairing.db").write_bytes(_grown[0])
        self._watch = sqlite3.connect(folder / "pairing.db")

    def _grow(self) -> None:
        self.must("db", "create", "--rehearsal", "--at", "2026-03-01")
        self.must(
            "person", "first", "lead", "--set", "name=Lead", "--set", "email=lead@example.org"
        )
        north = ("--set", "name=North", "--set", "email=north@example.org")
        self.must("person", "add", "north", *north, "--role", "facilitator")
        for key, side in (("VIE", "coordinator"), ("BIR", "aspiring")):
            place = [*("--set", f"side={side}"), "--set", "country=AT", "--set", "zone=UTC"]
            self.must("centre", "add", key, "--set", f"name={key}", *place)
            person = ["--set", f"name={key}", "--set", f"email={key.lower()}@example.org"]
            self.must("person", "add", f"{key.lower()}-1", *person, "--centre", key)
        parts = ("--centre", "coordinator=VIE", "--centre", "aspiring=BIR")
        self.must("pair", "new", "VIE-BIR", *parts)
        self.must("flag", "raise", "VIE-BIR", "F-1", "--reason", "seen")

    def must(self, *words: str) -> None:
        ended = pairing(*words, folder=self.folder)
        assert ended.code == 0, ended

    def try_(self, *words: str) -> tuple[Ended, bool]:
        """Run a command; the second answer is whether it wrote anything."""
        before = self._version()
        ended = pairing(*words, folder=self.folder)
        return ended, self._version() != before

    def close(self) -> None:
        self._watch.close()

    def _version(self) -> object:
        return self._watch.execute("PRAGMA data_version").fetchone()
