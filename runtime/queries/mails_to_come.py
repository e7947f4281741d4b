"""In which messages the letters of a forecast go: all to one person at one moment in one."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count

from engine.decide.offered import goes_alone
from engine.letters.attention import Attention
from engine.model.dossier import PersonId
from engine.model.family import Family
from notifications.composition import Going, goes_in_overview, messages
from runtime.letter_times import Planned
from runtime.queries.future import ForetoldLetter, ForetoldOverview

Sent = tuple[ForetoldLetter, Going]


def going_of(family: Family, planned: Planned) -> Going:
    """A letter that goes, as it is asked what else goes in its message."""
    found = planned.found
    numbers = {found.number, *planned.others}
    in_one = [each for each in family.owed() if each.number in numbers]
    return Going(
        found.owed.person,
        found.owed.audience.partition(".")[0],
        (family.root, min(numbers)),
        any(goes_alone(each.owed) for each in in_one),
        planned.can_wait,
    )


def numbered(
    letters: Iterable[Sent],
    overviews: Iterable[tuple[ForetoldOverview, PersonId]],
    attention: Mapping[str, Attention],
) -> tuple[list[ForetoldLetter], list[ForetoldOverview]]:
    """The letters and the overviews that go out, each with the number of its message; the first
    message is 1. A letter that goes in an overview has the number of that.
    """
    moments: dict[datetime, list[Sent]] = defaultdict(list)
    weekly: dict[datetime, dict[Hashable, ForetoldOverview]] = defaultdict(dict)
    for letter, going in letters:
        moments[letter.at].append((letter, going))
    for each, person in overviews:
        weekly[each.at][person] = each
    told: list[ForetoldLetter] = []
    known: list[ForetoldOverview] = []
    numbers = count(1)
    for at in sorted({*moments, *weekly}):
        own = {who: replace(each, mail=next(numbers)) for who, each in weekly[at].items()}
        known += own.values()
        for message in messages(moments[at], attention, _going, own):
            first = message[0][1]
            is_in = goes_in_overview(first, own)
            number = own[first.reader].mail if is_in else next(numbers)
            told += (replace(letter, mail=number) for letter, _ in message)
    return told, known


def _going(letter: Sent) -> Going:
    return letter[1]
