"""What letters say, held against the journal: read with nothing of the product, only the files.

A walk takes what a folder of letters and a database hold, and tells each sentence that is not so.
It knows the programme from the protocol: which record a letter asks for, and what its stages are
called.
"""

import re
from calendar import month_name
from collections.abc import Iterator
from datetime import date

from tests.support.letter_asks import SOUGHT, matter, part, settled
from tests.support.letter_folder import Letter, Read
from tests.support.letter_journal import Journal
from tests.support.meeting_walk import CANCELLED, meetings

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
_SIDES = ("coordinator", "aspiring")
_MONTHS = {name: number for number, name in enumerate(month_name) if name}
_DAY = r"(?:[A-Z][a-z]+day )?(\d{1,2}) ([A-Z][a-z]+)(?: (\d{4}))?"
_BY = re.compile(rf"(?:asks you|offers|Please|One call).{{0,240}}? (?:by {_DAY}|today\b)")
_PROMISE = re.compile(r"reply[^.]*and [^.]* sends (?:it|them)")
_WRITTEN = re.compile(r"asked in writing: ([^\n]*?)(?: - |\n\n|$)")
_STANDS = re.compile(rf"Where the pair stands: (.*?) since {_DAY}")
_SIGNED = re.compile(rf"signed on {_DAY}")


def walk(found: Read) -> Iterator[str]:
    """Every sentence of a letter that is not so."""
    letters, journal = found.letters, Journal(found.entries, found.filed)
    if not letters:
        yield "there is no letter"
    yield from _before_the_named_day(letters)
    yield from meetings(found)
    for letter in letters:
        yield from settled(letter, journal)
        yield from _not_carried(letter)
        yield from _claims(letter, letters, journal)


def _before_the_named_day(letters: tuple[Letter, ...]) -> Iterator[str]:
    """A ladder writes again to somebody only when the day that it named to them is over."""
    named: dict[tuple[object, ...], Letter] = {}
    for letter in sorted(letters, key=lambda each: (each.moment, each.version)):
        if letter.stage == CANCELLED:
            # The times that were asked for were found, and are lost: others are asked for.
            for where in [each for each, before in named.items() if part(before) in SOUGHT]:
                if where[0] == letter.case and where[3] == letter.person:
                    del named[where]
        if not letter.ladders:
            continue
        about = matter(letter)
        # The office hears of each side, and of all that waits, by the same letters.
        is_of_side = letter.audience.partition(".")[0] in _SIDES
        what = about if is_of_side else (about, sorted(letter.ladders))
        where = (letter.case, letter.stay, str(what), letter.person)
        before = named.get(where)
        if before is not None and (until := _asks_until(before)) and letter.on <= until:
            yield f"{letter}: {before.stage} of {before.on} named {until}"
        named[where] = letter


def _asks_until(letter: Letter) -> date | None:
    found = _BY.search(letter.words[:700])
    if found is None:
        return None
    return _day(found.groups(), letter.on) if found[1] else letter.on


def _not_carried(letter: Letter) -> Iterator[str]:
    if letter.stage in CARRYING and "\n- " not in letter.text:
        yield f"{letter}: it speaks of a document and does not carry it"
    if promised := _PROMISE.search(letter.words):
        yield f"{letter}: it promises what nothing keeps: {promised.group()}"


def _claims(letter: Letter, letters: tuple[Letter, ...], journal: Journal) -> Iterator[str]:
    if found := _STANDS.search(letter.words):
        since = _day(found.groups()[1:], letter.on)
        if letter.case == letter.root and not journal.stood(letter, since):
            yield f"{letter}: no state was entered on {since}"
    if found := _WRITTEN.search(letter.words):
        # Only what left is here: a letter that was withheld, refused or waits still asked nobody.
        about = matter(letter).partition(".")[0]
        written = {
            each.on
            for each in letters
            if each.root == letter.root
            and matter(each).partition(".")[0] == about
            and each.audience.partition(".")[0] in _SIDES
        }
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
