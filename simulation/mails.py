"""The mails in which the letters of a simulation came: many of one moment are one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from engine.letters.catalogue import Catalogue
from notifications.composition import Going, messages
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
    """What went to a person at one moment, in the messages that workers write of it."""
    moments: dict[datetime | None, list[LetterTold]] = defaultdict(list)
    for line in arrived:
        moments[line.settled_at].append(line)
    hosts = {each.id: each.goes_with for each in catalogue.stages()}
    for lines in moments.values():
        yield from messages(lines, catalogue.attention, partial(_going, lines, hosts))


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


def _going(
    lines: Sequence[LetterTold], hosts: Mapping[str, tuple[str, ...]], line: LetterTold
) -> Going:
    """A letter, or the one in which it goes, with the meeting that one of them tells of."""
    near = [each for each in lines if (each.person, each.pair) == (line.person, line.pair)]
    host = next((each for each in near if each.letter in hosts.get(line.letter, ())), line)
    carried = (each for each in near if host.letter in hosts.get(each.letter, ()))
    meeting = next((each.meeting for each in (host, *carried) if each.meeting), "")
    # Nobody knows beforehand who reads what is owed to a role without anybody.
    reader = line.person or (line.pair, line.audience)
    role = line.audience.partition(".")[0]
    return Going(reader, role, (line.pair, meeting or host.letter), bool(meeting))
