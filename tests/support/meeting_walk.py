"""What letters say of meetings, each reader's held against those they had before.

Of one meeting nobody is invited twice, hears of a change without an invitation, hears that another
day is void than the one they were told, or is left out when others hear of a change.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from tests.support.letter_folder import Letter, Read

# The letters that invite, by the title of the meeting as the letters of a change name it.
INVITES = {
    "N-07.invitation": "Online onboarding",
    "N-09.invitation": "First on-site visit",
    "N-14.session_fixed": "Online mentoring session",
    "N-15.invitation": "Mid-term review",
    "N-16.invitation": "Meeting on the mid-term report",
    "N-17.invitation": "Consolidation workshop",
    "N-19.invitation": "Closing session",
}
MOVED, CANCELLED = "N-24.meeting_moved", "N-24.cancelled"
_TITLE = re.compile(r"Dear [^,]*, (.*?) (?:of \S|\()")
_DAY = r"(?:[A-Z][a-z]+day )?(\d{1,2} [A-Z][a-z]+ \d{4})"
_NEW = re.compile(rf"- (?:when|new|begins): {_DAY}")
_VOID = re.compile(rf"(?:- void: |- when: |does not take place on ){_DAY}")
_AGAIN = {"rematch", "recall_proposal", "send_proposal"}  # another partner: other meetings


def meetings(found: Read) -> Iterator[str]:
    """Every sentence about a meeting that is not so for its reader."""
    restarts = [(e.case, e.moment) for e in found.entries if e.content.get("what") in _AGAIN]
    about: dict[tuple[int, str, int], list[Letter]] = defaultdict(list)
    for letter in sorted(found.letters, key=lambda each: (each.moment, each.version)):
        if title := _title(letter):
            era = sum(case == letter.root and at <= letter.moment for case, at in restarts)
            about[letter.case, title, era].append(letter)
    last = {each.person: each.moment for each in found.letters}
    for letters in about.values():
        yield from _of_one(letters, last)


def _title(letter: Letter) -> str:
    if letter.stage in {MOVED, CANCELLED}:
        named = _TITLE.search(letter.words)
        return named.group(1) if named else f"untold in {letter}"
    return INVITES.get(letter.stage, "")


def _of_one(letters: list[Letter], last: dict[int, datetime]) -> Iterator[str]:
    told: dict[int, str] = {}  # the day that each holds to
    for moment, together in groupby(letters, key=lambda each: each.moment):
        before, heard = dict(told), set[int]()
        changes = []
        for letter in together:
            yield from _wrong(letter, told.get(letter.person))
            changes += [letter] if letter.stage in {MOVED, CANCELLED} else []
            heard.add(letter.person)
            told[letter.person] = _day(_NEW, letter) if letter.stage != CANCELLED else ""
        for person, day in before.items():
            if changes and day and person not in heard and last[person] > moment:
                yield f"{changes[0]}: {person}, who had been told, was not"


def _wrong(letter: Letter, day: str | None) -> Iterator[str]:
    if letter.stage in INVITES and day:
        yield f"{letter}: they had been invited already"
    if letter.stage in {MOVED, CANCELLED} and not day:
        yield f"{letter}: they had not been invited"
    if letter.stage in {MOVED, CANCELLED} and day and day != _day(_VOID, letter):
        yield f"{letter}: they had been told {day}"


def _day(form: re.Pattern[str], letter: Letter) -> str:
    found = form.search(letter.words)
    return found.group(1) if found else "no day"
