"""In which messages the letters of a forecast go: all to one person at one moment in one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count

from engine.decide.offered import goes_alone
from engine.letters.attention import Attention
from engine.model.family import Family
from notifications.composition import Going, messages
from runtime.letter_times import Planned
from runtime.queries.future import ForetoldLetter

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
    )


def numbered(
    letters: Iterable[Sent], attention: Mapping[str, Attention]
) -> Iterator[ForetoldLetter]:
    """The letters that go out, each with the number of its message; the first message is 1."""
    moments: dict[datetime, list[Sent]] = defaultdict(list)
    for letter, going in letters:
        moments[letter.at].append((letter, going))
    numbers = count(1)
    for _, found in sorted(moments.items()):
        for message, number in zip(messages(found, attention, _going), numbers):  # noqa: B905 - endless
            yield from (replace(letter, mail=number) for letter, _ in message)


def _going(letter: Sent) -> Going:
    return letter[1]
