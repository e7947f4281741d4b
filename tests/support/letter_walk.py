"""What letters say, held against the journal: read with nothing of the product, only the files.

A walk takes a folder of letters and a database, and tells each sentence that is not so. It knows
the programme from the protocol: which record a letter asks for, and what its stages are called.
"""

import re
from calendar import month_name
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from tests.support.letter_folder import Entry, Filed, Letter, read
from tests.support.meeting_walk import meetings

# What a letter asks for: the records that settle it (any of them), where a part is no answer.
ASKED_FOR = {
    "N-03": {"match_answer"},
    "N-04": {"match_answer"},
    "N-07.poll": {"onboarding"},
    "N-07.slides": {"onboarding_slides"},
    "N-09.agenda": {"visit_1_agenda"},
    "N-09.synthesis": {"synthesis"},
    "N-12": {"note"},
    "N-15.poll": {"mid_term"},
    "N-16": {"response"},
    "N-17.poll": {"workshop"},
    "N-17.agenda": {"workshop_agenda"},
}
# Where the day that is sought stands, with the field of it; for the visit each side has to say yes.
SOUGHT = {
    "N-07.poll": ("onboarding_date", "starts_at"),
    "N-09.poll": ("visit_1_dates", ""),
    "N-15.poll": ("mid_term_date", "starts_at"),
    "N-17.poll": ("workshop_date", "on"),
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


def walk(folder: Path, database: Path) -> Iterator[str]:
    """Every sentence of a letter that is not so."""
    found = read(folder, database)
    letters, journal = found.letters, _Journal(found.entries, found.filed)
    if not letters:
        yield "there is no letter"
    yield from _before_the_named_day(letters)
    yield from meetings(found)
    for letter in letters:
        yield from _settled(letter, journal)
        yield from _not_carried(letter)
        yield from _claims(letter, letters, journal)


class _Journal:
    """What the journals say, looked up by case."""

    def __init__(self, entries: tuple[Entry, ...], filed: tuple[Filed, ...]) -> None:
        self.of: dict[int, list[Entry]] = defaultdict(list)
        for entry in entries:
            self.of[entry.case].append(entry)
        self.records = filed

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

    def answered(self, letter: Letter, record: str, day: str) -> bool:
        """Whether a side had answered, or its day was fixed, before it was asked for times."""
        versions = [
            each.content
            for each in self.records
            if (each.case, each.record) == (letter.case, record)
            and self._matched(letter) <= each.moment <= letter.moment
        ]
        content = versions[-1] if versions else {}
        side = letter.audience.partition(".")[0]
        no = any(
            content.get(f"accepted_by_{each}") is False for each in ("coordinator", "aspiring")
        )
        if content.get(f"accepted_by_{side}") and content.get("starts_on"):
            return True
        fixed = bool(day and content.get(day)) and not no
        return fixed or (bool(content.get(f"times_of_{side}")) and not content.get("starts_on"))

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


def _before_the_named_day(letters: tuple[Letter, ...]) -> Iterator[str]:
    """A ladder writes again to somebody only when the day that it named to them is over."""
    named: dict[tuple[object, ...], Letter] = {}
    for letter in sorted(letters, key=lambda each: (each.moment, each.version)):
        about = letter.stage.partition(".")[0].replace("N-03", "N-04")  # one matter, two letters
        for ladder in letter.ladders:
            where = (letter.case, letter.stay, ladder, about, letter.person)
            before = named.get(where)
            if before is not None and (until := _asks_until(before)) and letter.on <= until:
                yield f"{letter}: {before.stage} of {before.on} named {until}"
            named[where] = letter


def _asks_until(letter: Letter) -> date | None:
    found = _BY.search(letter.words[:700])
    return _day(found.groups(), letter.on) if found else None


def _settled(letter: Letter, journal: _Journal) -> Iterator[str]:
    """Nobody who has answered is asked, and nobody for what is settled."""
    name, _, stage = letter.stage.partition(".")
    part = f"{name}.{stage.partition('_')[0]}"
    if part in SOUGHT and journal.answered(letter, *SOUGHT[part]):
        yield f"{letter}: it asks for times that were named, or of a day that is fixed"
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


def _claims(letter: Letter, letters: tuple[Letter, ...], journal: _Journal) -> Iterator[str]:
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
