"""Words of a letter's facts: what they say of it beside what its text says."""

from collections.abc import Mapping
from datetime import date

MEETING = "meeting"  # which meeting it is about
PARTNERSHIP = "partnership"  # the number of the one that the meeting belongs to
MILESTONE = "milestone"  # whose date was moved
HELD_ON = "held_on"  # the day on which it was held, for whoever holds a later one
TEXT = "text"  # a word of a letter's facts: the number of the version that is to be signed again
ABOUT = "about"  # the numbers of the letters that it answers or puts right, or that it is about
BECAME = "became"  # of a receipt alone: whether an answer was recorded or taken back
DUE_ON = "due_on"  # the word of a letter's facts: the day that it names to its reader


def answered_by(facts: Mapping[str, object]) -> tuple[int, ...]:
    """The numbers of the letters that the facts of a letter say it is about."""
    found = facts.get(ABOUT)
    return tuple(int(str(each)) for each in found) if isinstance(found, list | tuple) else ()


def named_in(facts: Mapping[str, object]) -> date | None:
    """The day that the facts of a letter name, None where they name none."""
    named = facts.get(DUE_ON)
    return date.fromisoformat(named) if isinstance(named, str) else None
