"""A folder of letters and the journals behind it, read with nothing of the product."""

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import cached_property
from pathlib import Path

# What goes in a letter that asks, and the words by which it is known there.
SAID_IN = {
    "N-05.aspiring": "are a pair from",
    "N-07.invitation": "Online onboarding of ",
    "N-08.minutes": "the onboarding",
    "N-09.invitation": "First on-site visit of ",
    "N-10.circulated": "the visit",
    "N-15.invitation": "Mid-term review of ",
    "N-17.invitation": "Consolidation workshop of ",
    "N-19.invitation": "Closing session of ",
}
_SOON = timedelta(hours=1)


@dataclass(frozen=True)
class Letter:
    """One letter as it lies in the folder, with the entry of the journal that owed it."""

    case: int
    version: int
    stage: str
    audience: str
    person: int
    text: str
    on: date  # that it was sent, by its own header
    moment: datetime
    ladders: frozenset[str]  # whose timers fired in that entry
    stay: int
    root: int
    goes_in: str = ""  # the stage of the letter that says this one too

    @cached_property
    def words(self) -> str:
        """The text without the ends of its lines."""
        return " ".join(self.text.split())

    def __str__(self) -> str:
        return f"{self.stage} to {self.person} of case {self.case} on {self.on}"


@dataclass(frozen=True)
class Entry:
    """One entry of a journal."""

    case: int
    number: int
    moment: datetime
    kind: str
    content: dict[str, object]


@dataclass(frozen=True)
class Filed:
    """A version of a record as it was filed."""

    case: int
    record: str
    moment: datetime
    content: dict[str, object]


@dataclass(frozen=True)
class Read:
    """What a folder and a database hold."""

    letters: tuple[Letter, ...]
    entries: tuple[Entry, ...]
    filed: tuple[Filed, ...]


def read(folder: Path, database: Path) -> Read:
    with sqlite3.connect(database) as rows:
        entries = tuple(_entries(rows))
        letters = tuple(_letters(folder, rows, entries))
        letters = (*letters, *_said_in_others(letters, entries))
        return Read(letters, entries, tuple(_filed(rows)))


def _entries(rows: sqlite3.Connection) -> Iterator[Entry]:
    said = "SELECT case_id, seq, at, kind, entry FROM journal ORDER BY at, case_id, seq"
    for case, number, at, kind, entry in rows.execute(said):
        yield Entry(case, number, datetime.fromisoformat(at), kind, json.loads(entry))


def _filed(rows: sqlite3.Connection) -> Iterator[Filed]:
    said = "SELECT case_id, name, filed_at, content FROM records ORDER BY case_id, name, number"
    for case, name, at, content in rows.execute(said):
        yield Filed(case, name, datetime.fromisoformat(at), json.loads(content))


def _letters(
    folder: Path, rows: sqlite3.Connection, entries: tuple[Entry, ...]
) -> Iterator[Letter]:
    owed = {
        key: (stage, audience, person, entry)
        for entry in entries
        for key, stage, audience, person in entry.content.get("letters", ())  # type: ignore[attr-defined]  # a list
    }
    roots = dict(rows.execute("SELECT id, coalesce(root_id, id) FROM cases"))
    for path in sorted(folder.glob("*.eml")):
        message = message_from_bytes(path.read_bytes())
        case, version, number = re.findall(r"\.(\d+)\.(\d+)\.(\d+)@", message["Message-ID"])[0]
        stage, audience, person, entry = owed[f"{case}/{version}/{number}"]
        sent = parsedate_to_datetime(message["Date"])
        settled = entry.content.get("settled", ())
        yield Letter(
            case=int(case),
            version=int(version),
            stage=stage,
            audience=audience,
            person=person,
            text=_text(message),
            on=sent.date(),
            moment=entry.moment,
            ladders=frozenset(key.split("/")[0] for key, how in settled if how == "fired"),  # type: ignore[attr-defined]  # a list
            stay=int(str(entry.content["visit"])),
            root=roots[int(case)],
        )


def _text(message: Message) -> str:
    plain = next(each for each in message.walk() if each.get_content_type() == "text/plain")
    said = plain.get_payload(decode=True)
    assert isinstance(said, bytes)
    return said.decode("utf-8")


def _said_in_others(letters: tuple[Letter, ...], entries: tuple[Entry, ...]) -> Iterator[Letter]:
    """Letters owed without a file of their own, where one to the same reader says them."""
    sent = {(each.case, each.version, each.stage, each.person) for each in letters}
    to: dict[tuple[int, int], list[Letter]] = defaultdict(list)
    for letter in letters:
        to[letter.case, letter.person].append(letter)
    for entry in entries:
        for key, stage, audience, person in entry.content.get("letters", ()):  # type: ignore[attr-defined]  # a list
            version = int(key.split("/")[1])
            if stage not in SAID_IN or (entry.case, version, stage, person) in sent:
                continue
            for host in to[entry.case, person]:
                is_soon = timedelta() <= host.moment - entry.moment <= _SOON
                if is_soon and host.stage != stage and SAID_IN[stage] in host.words:
                    yield replace(
                        host,
                        version=version,
                        stage=stage,
                        audience=audience,
                        moment=entry.moment,
                        ladders=frozenset(),
                        goes_in=host.stage,
                    )
                    break
