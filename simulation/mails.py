"""The mails in which the letters of a simulation came: several of one moment are one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.letters.catalogue import Catalogue
from simulation.beats import LetterTold

Mail = tuple[LetterTold, ...]
_WEEK = 7


@dataclass(frozen=True, slots=True)
class WeekLine:
    """Mails to a person in a week: on the average before and after merging, and the most after."""

    person: str
    letters: float
    messages: float
    most: int


def mails(arrived: Iterable[LetterTold], catalogue: Catalogue) -> Iterator[Mail]:
    """What went to a person at one moment; what tells of a meeting goes by itself, or in the
    letter that says it too.
    """
    moments: dict[tuple[str | None, datetime | None], list[LetterTold]] = defaultdict(list)
    for line in arrived:
        moments[line.person, line.settled_at].append(line)
    hosts = {each.id: each.goes_with for each in catalogue.stages()}
    for lines in moments.values():
        yield from _apart(lines, hosts)


def weeks(arrived: Iterable[LetterTold], letters: Catalogue, days: int) -> tuple[WeekLine, ...]:
    """What came to each person in a week of so many days."""
    return tuple(_weeks(arrived, letters, max(days / _WEEK, 1)))


def _weeks(arrived: Iterable[LetterTold], letters: Catalogue, count: float) -> Iterator[WeekLine]:
    own: dict[str, list[Mail]] = {}
    for mail in mails(arrived, letters):
        own.setdefault(mail[0].person or "nobody", []).append(mail)
    for person, found in sorted(own.items()):
        moments = (mail[0].settled_at for mail in found)
        by_week = Counter(at.date().isocalendar()[:2] for at in moments if at is not None)
        yield WeekLine(
            person,
            letters=round(sum(map(len, found)) / count, 2),
            messages=round(len(found) / count, 2),
            most=max(by_week.values(), default=0),
        )


def _apart(lines: list[LetterTold], hosts: dict[str, tuple[str, ...]]) -> Iterator[Mail]:
    found: dict[tuple[str, ...], list[LetterTold]] = defaultdict(list)
    for line in lines:
        found[_key(line, lines, hosts)].append(line)
    yield from map(tuple, found.values())


def _key(
    line: LetterTold, lines: list[LetterTold], hosts: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Of letters in one mail the same: the meeting that one of them tells of, and its pair."""
    carried = (each for each in lines if line.letter in hosts.get(each.letter, ()))
    telling = line if line.meeting else next((each for each in carried if each.meeting), None)
    return () if telling is None else (telling.pair, telling.meeting)
