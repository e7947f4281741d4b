"""What letters say, held against the journal: read with nothing of the product, only the files.

A walk takes a folder of letters and a database, and tells each sentence that is not so. It knows
the programme from the protocol: which record a letter asks for, and what its stages are called.
"""

import json
import re
import sqlite3
from calendar import month_name
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes, policy
from functools import cached_property
from pathlib import Path

# What a letter asks for: the records that settle it (any of them), where a part is no answer.
ASKED_FOR = {
    "N-03": {"match_answer"},
    "N-04": {"match_answer"},
    "N-07.poll": {"onboarding_date", "onboarding"},
    "N-07.slides": {"onboarding_slides"},
    "N-09.agenda": {"visit_1_agenda"},
    "N-09.synthesis": {"synthesis"},
    "N-12": {"note"},
    "N-15.poll": {"mid_term_date", "mid_term"},
    "N-16": {"response"},
    "N-17.poll": {"workshop_date", "workshop"},
    "N-17.agenda": {"workshop_agenda"},
}
ASKING = ("ask", "nudge", "offer", "poll", "slides")  # how the stages end that ask a side
# Letters that speak of a document: it is in them, one line an item.
CARRYING = (
    "N-08.minutes",
    "N-09.agenda_sent",
    "N-10.circulated",
    "N-16.ask",
    "N-16.report",
    "N-17.agenda_sent",
    "N-18.commitments",
)
_MONTHS = {name: number for number, name in enumerate(month_name) if name}
_DAY = r"(?:[A-Z][a-z]+day )?(\d{1,2}) ([A-Z][a-z]+)(?: (\d{4}))?"
_BY = re.compile(rf"(?:asks you|offers|Please|One call).{{0,240}}? by {_DAY}")
_PROMISE = re.compile(r"reply[^.]*and [^.]* sends (?:it|them)")
_WRITTEN = re.compile(r"asked in writing: ([^\n]*?)(?: - |\n\n|$)")
_STANDS = re.compile(rf"Where the pair stands: (.*?) since {_DAY}")
_SIGNED = re.compile(rf"signed on {_DAY}")


@dataclass(frozen=True)
class Letter:
    """One letter as it lies in the folder, with the entry of the journal that owed it."""

    case: int
    version: int
    stage: str
    person: int
    text: str
    on: date  # that it was sent, by its own header
    moment: datetime
    ladders: frozenset[str]  # whose timers fired in that entry
    stay: int
    root: int

    @cached_property
    def words(self) -> str:
        """The text without the ends of its lines."""
        return " ".join(self.text.split())

    @cached_property
    def asks_until(self) -> date | None:
        found = _BY.search(self.words[:700])
        return _day(found.groups(), self.on) if found else None

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


def walk(folder: Path, database: Path) -> Iterator[str]:
    """Every sentence of a letter that is not so."""
    with sqlite3.connect(database) as rows:
        entries = list(_entries(rows))
        letters = list(_letters(folder, rows, entries))
    if not letters:
        yield "there is no letter"
    journal = _Journal(entries)
    yield from _before_the_named_day(letters)
    for letter in letters:
        yield from _settled(letter, journal)
        yield from _not_carried(letter)
        yield from _claims(letter, letters, journal)


class _Journal:
    """What the journals say, looked up by case."""

    def __init__(self, entries: list[Entry]) -> None:
        self.of: dict[int, list[Entry]] = defaultdict(list)
        for entry in entries:
            self.of[entry.case].append(entry)

    def filed(self, case: int, records: set[str], before: Letter) -> datetime | None:
        """When one of these was filed in the same partnership, before a letter; else None."""
        since = self._matched(before)
        found = [
            entry.moment
            for entry in self.of[case]
            if entry.kind == "filed"
            and entry.content.get("what") in records
            and since <= entry.moment < before.moment
        ]
        return found[-1] if found else None

    def _matched(self, letter: Letter) -> datetime:
        """The moment at which the pair was last matched anew, else its beginning."""
        began = [
            entry.moment
            for entry in self.of[letter.root]
            if entry.content.get("what") in {"send_proposal", "rematch", "recall_proposal"}
            and entry.moment <= letter.moment
        ]
        return began[-1] if began else self.of[letter.root][0].moment

    def signed(self, letter: Letter, on: date) -> bool:
        return any(
            entry.kind == "signed" and entry.moment.date() >= on for entry in self.of[letter.root]
        )

    def stood(self, letter: Letter, since: date) -> bool:
        """Whether the pair entered a state on a day, give or take the zones."""
        return any(
            abs((entry.moment.date() - since).days) <= 1
            for entry in self.of[letter.root]
            if entry.content.get("visits")
        )


def _entries(rows: sqlite3.Connection) -> Iterator[Entry]:
    said = "SELECT case_id, seq, at, kind, entry FROM journal ORDER BY at, case_id, seq"
    for case, number, at, kind, entry in rows.execute(said):
        yield Entry(case, number, datetime.fromisoformat(at), kind, json.loads(entry))


def _letters(folder: Path, rows: sqlite3.Connection, entries: list[Entry]) -> Iterator[Letter]:
    owed = {
        key: (stage, person, entry)
        for entry in entries
        for key, stage, _, person in entry.content.get("letters", ())  # type: ignore[attr-defined]  # a list
    }
    roots = dict(rows.execute("SELECT id, coalesce(root_id, id) FROM cases"))
    for path in sorted(folder.glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        case, version, number = re.findall(r"\.(\d+)\.(\d+)\.(\d+)@", message["Message-ID"])[0]
        stage, person, entry = owed[f"{case}/{version}/{number}"]
        sent = message["Date"].datetime
        settled = entry.content.get("settled", ())
        yield Letter(
            case=int(case),
            version=int(version),
            stage=stage,
            person=person,
            text=message.get_content(),
            on=sent.date(),
            moment=entry.moment,
            ladders=frozenset(key.split("/")[0] for key, how in settled if how == "fired"),  # type: ignore[attr-defined]  # a list
            stay=int(str(entry.content["visit"])),
            root=roots[int(case)],
        )


def _before_the_named_day(letters: list[Letter]) -> Iterator[str]:
    """A ladder writes again to somebody only when the day that it named to them is over."""
    named: dict[tuple[object, ...], Letter] = {}
    for letter in sorted(letters, key=lambda each: (each.moment, each.version)):
        about = letter.stage.partition(".")[0].replace("N-03", "N-04")  # one matter, two letters
        for ladder in letter.ladders:
            where = (letter.case, letter.stay, ladder, about, letter.person)
            before = named.get(where)
            if before is not None and before.asks_until and letter.on <= before.asks_until:
                yield f"{letter}: {before.stage} of {before.on} named {before.asks_until}"
            named[where] = letter


def _settled(letter: Letter, journal: _Journal) -> Iterator[str]:
    """Nobody who has answered is asked, and nobody for what is settled."""
    name, _, stage = letter.stage.partition(".")
    part = f"{name}.{stage.partition('_')[0]}"
    wanted = ASKED_FOR.get(part) or ASKED_FOR.get(name)
    if wanted is None or not stage.endswith(ASKING):
        return
    when = journal.filed(letter.case, wanted, letter)
    if when is not None:
        yield f"{letter}: it asks for what was filed on {when:%Y-%m-%d}"


def _not_carried(letter: Letter) -> Iterator[str]:
    if letter.stage in CARRYING and "\n- " not in letter.text:
        yield f"{letter}: it speaks of a document and does not carry it"
    if promised := _PROMISE.search(letter.words):
        yield f"{letter}: it promises what nothing keeps: {promised.group()}"


def _claims(letter: Letter, letters: list[Letter], journal: _Journal) -> Iterator[str]:
    if found := _STANDS.search(letter.words):
        since = _day(found.groups()[1:], letter.on)
        if letter.case == letter.root and not journal.stood(letter, since):
            yield f"{letter}: no state was entered on {since}"
    if found := _WRITTEN.search(letter.words):
        written = {each.on for each in letters if each.root == letter.root}
        for day in re.finditer(_DAY, found.group(1)):
            on = _day(day.groups(), letter.on, past=True)
            if not any(abs((on - each).days) <= 1 for each in written):
                yield f"{letter}: nobody was asked in writing on {on}"
    if (found := _SIGNED.search(letter.words)) and letter.stage.startswith("N-11"):
        on = _day(found.groups(), letter.on)
        if not journal.signed(letter, on):
            yield f"{letter}: nobody signed on {on}"


def _day(parts: tuple[str | None, ...], near: date, *, past: bool = False) -> date:
    """A written day; without a year the one that fits to the day of the letter."""
    day, month, year = parts
    number = _MONTHS[str(month)]
    if year is not None:
        return date(int(year), number, int(str(day)))
    found = date(near.year, number, int(str(day)))
    if past and found > near:
        return found.replace(year=near.year - 1)
    return found
