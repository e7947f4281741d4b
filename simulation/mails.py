"""The mails in which the letters of a simulation came: many of one moment are one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from engine.letters.catalogue import Catalogue
from notifications.composition import Going, goes_in_overview, messages
from notifications.slots import CAN_WAIT
from simulation.beats import LetterTold
from simulation.weekly import OverviewTold

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Mail:
    """The letters that went to somebody in one; an overview may hold none of its own."""

    person: str
    at: datetime
    letters: tuple[LetterTold, ...]
    is_overview: bool = False


@dataclass(frozen=True, slots=True)
class WeekLine:
    """Mails to a person in a week: on the average before merging and after it, with how many
    overviews among them, and the most after.
    """

    person: str
    letters: float
    messages: float
    overviews: float
    most: int


def mails(
    arrived: Iterable[LetterTold], overviews: Iterable[OverviewTold], catalogue: Catalogue
) -> Iterator[Mail]:
    """What went to a person at one moment, in the messages that workers write of it."""
    moments: dict[datetime, list[LetterTold]] = defaultdict(list)
    weekly: dict[datetime, dict[str, list[LetterTold]]] = defaultdict(dict)
    for line in arrived:
        if line.settled_at is not None:
            moments[line.settled_at].append(line)
    for each in overviews:
        weekly[each.at][each.person] = []
    hosts = {each.id: each.goes_with for each in catalogue.stages()}
    for at, lines in moments.items():
        going = partial(_going, lines, hosts, catalogue)
        for some in messages(lines, catalogue.attention, going, weekly[at]):
            first = some[0]
            if first.person is not None and goes_in_overview(going(first), weekly[at]):
                weekly[at][first.person] += some
            else:
                yield Mail(first.person or "nobody", at, some)
    for at, own in weekly.items():
        yield from (Mail(person, at, tuple(some), is_overview=True) for person, some in own.items())


def weeks(found: Iterable[Mail], days: int) -> tuple[WeekLine, ...]:
    """What came to each person in a week of so many days."""
    return tuple(_weeks(found, max(days / _WEEK, 1)))


def _weeks(found: Iterable[Mail], count: float) -> Iterator[WeekLine]:
    by_person: dict[str, list[Mail]] = {}
    for mail in found:
        by_person.setdefault(mail.person, []).append(mail)
    for person, own in sorted(by_person.items()):
        by_week = Counter(mail.at.date().isocalendar()[:2] for mail in own)
        weekly = sum(mail.is_overview for mail in own)
        yield WeekLine(
            person,
            letters=round((sum(len(mail.letters) for mail in own) + weekly) / count, 2),
            messages=round(len(own) / count, 2),
            overviews=round(weekly / count, 2),
            most=max(by_week.values(), default=0),
        )


def _going(
    lines: Sequence[LetterTold],
    hosts: Mapping[str, tuple[str, ...]],
    catalogue: Catalogue,
    line: LetterTold,
) -> Going:
    """A letter, or the one in which it goes, with the meeting that one of them tells of."""
    near = [each for each in lines if (each.person, each.pair) == (line.person, line.pair)]
    host = next((each for each in near if each.letter in hosts.get(line.letter, ())), line)
    carried = (each for each in near if host.letter in hosts.get(each.letter, ()))
    meeting = next((each.meeting for each in (host, *carried) if each.meeting), "")
    # Nobody knows beforehand who reads what is owed to a role without anybody.
    reader = line.person or (line.pair, line.audience)
    role = line.audience.partition(".")[0]
    can_wait = catalogue.stage(host.letter).urgency in CAN_WAIT
    return Going(reader, role, (line.pair, meeting or host.letter), bool(meeting), can_wait)
