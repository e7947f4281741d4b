"""Meetings: what a definition says of one, and what people have heard of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from engine.model.texts import Audiences, Ids, Key, LetterId, Name, Names
from engine.places import NOWHERE, Place

INVITATION, MOVED, CANCELLED = "invitation", "moved", "cancelled"
# How a letter ends that nobody has read; what was withheld while a case was taken over, is known.
GONE = frozenset({"superseded", "withdrawn", "refused"})

PROPOSED = "proposed"  # of a meeting: the day to which people may say yes still

Agreement = Mapping[str, object]  # the fields of a meeting that people hold to

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a meeting, and who gets it."""

    letter: LetterId
    to: Audiences


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of a case: where its day is written, who answers, what people are told."""

    name: Key
    title: str
    record: Name  # in which its day, its place and the answers stand
    begins: Name  # the field of the moment, or of the first day
    held: str  # the path of what shows that it took place
    invitation: Letter
    moved: LetterId
    cancelled: LetterId
    ends: Name = ""  # the field of the last day
    places: Names = ()
    answers: Mapping[Name, Name] = field(default_factory=lambda: _NONE)  # a side's field of yes, no
    times: Mapping[Name, Name] = field(default_factory=lambda: _NONE)  # of the times that it named
    options: Name = ""  # the field of the days or times that are offered to choose from
    lasts: int = 60  # minutes, where it begins at a moment
    on_site: bool = False  # people travel to it; else it is online
    needs_yes: bool = False  # agreed only once every side that answers has said yes
    rule: Ids = ()
    place: Place = NOWHERE

    @property
    def evidence(self) -> tuple[str, str]:
        """The record of what came of it, and the field of that by which it shows as held."""
        record, _, field_name = self.held.partition(".")[2].partition(".")
        return record, field_name

    @property
    def tells(self) -> tuple[str, ...]:
        """The fields a change of which people are told."""
        return tuple(name for name in (self.begins, self.ends, *self.places) if name)


NO_MEETINGS: Mapping[str, Meeting] = MappingProxyType({})


@runtime_checkable
class SeeksDay(Protocol):
    """A check that waits for the day of a meeting."""

    @property
    def meeting(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Heard:
    """A letter about a meeting, as somebody has read it or will."""

    meeting: str
    number: int
    stay: int
    audience: str
    person: int | None
    call: str  # invitation, moved or cancelled
    sequence: int
    said: Agreement | None  # nothing once it is cancelled
    state: str
    name: str = ""  # of the reader
    follows: str = ""  # what comes after a meeting that is called off, as the letter says it

    @property
    def is_pending(self) -> bool:
        """Whether its text is not written yet: then it may still be left out."""
        return self.state == "owed"

    @property
    def reader(self) -> object:
        return self.audience if self.person is None else self.person


@dataclass(frozen=True, slots=True)
class ProposedTime:
    """Another time of a meeting that somebody proposes, and the command that takes it.

    ``when`` is a moment with its offset, or a day, and then ``until`` is the last day of several.
    """

    title: str  # of the meeting
    when: str
    until: str
    command: str


def last_told(heard: Iterable[Heard], meeting: Meeting, person: int | None) -> tuple[int, ...]:
    """The number of the last letter in which somebody heard of a meeting; of a stranger, of that in
    which anybody did.
    """
    read = [each for each in heard if each.meeting == meeting.name and each.state not in GONE]
    own = [each for each in read if person is not None and each.person == person]
    return tuple(each.number for each in (own or read)[-1:])
