"""Everything known of a case at one moment, frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import NewType

from engine.model.definition import Workflow
from engine.model.evidence import (
    NO_DATES,
    NO_FORMER,
    Former,
    MilestoneDates,
    Pause,
    RecordVersion,
    Signature,
    Stay,
    Waiver,
)
from engine.model.meetings import Heard
from engine.model.others import NOTHING_LOADED, Others
from engine.model.people import Absence, Party, Person, PersonId

__all__ = [
    "EMPTY",
    "EMPTY_TIMERS",
    "NO_DATES",
    "Absence",
    "CaseId",
    "Child",
    "Dossier",
    "MilestoneDates",
    "Parent",
    "Party",
    "Pause",
    "Person",
    "PersonId",
    "RecordVersion",
    "ReminderSent",
    "Signature",
    "Stay",
    "Timer",
    "Waiver",
]

CaseId = NewType("CaseId", int)

EMPTY: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Timer:
    """An armed due moment of the current stay, or a settled one."""

    ladder: str
    rung: str  # its name
    occurrence: int
    due_at: datetime
    settled_at: datetime | None = None
    outcome: str = ""  # fired, superseded: downtime, cancelled, paused
    graced: bool = False  # already moved once for grace after downtime
    not_before: datetime | None = None  # its day had passed when somebody's act armed it

    @property
    def key(self) -> str:
        return f"{self.ladder}/{self.rung}/{self.occurrence}"

    @property
    def is_off(self) -> bool:
        """Settled without effect: needed again in the same stay, it is armed anew."""
        return self.outcome.partition(":")[0] in {"cancelled", "paused"}


EMPTY_TIMERS: Mapping[int, tuple[Timer, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Child:
    """What a parent knows of a child case."""

    id: CaseId
    workflow: str
    state: str
    opened_at: datetime
    closed_at: datetime | None
    facts: Mapping[str, object] = field(default_factory=lambda: EMPTY)
    partnership: int = 1  # of its parent, in which it was opened
    void: bool = False  # it was opened by an act that was taken back


@dataclass(frozen=True, slots=True)
class ReminderSent:
    """A letter already owed in this stay, for "what was already asked and when"."""

    letter: str
    ladder: str
    person: str
    on: date
    outcome: str = ""
    due_on: date | None = None  # the day that it named
    owed_at: datetime | None = None
    text: int = 0  # the number of the version of a record that it asks to sign again
    instead_of: str = ""  # who is away, for whom its reader stands in
    away: str = ""  # the absence that it tells of
    named_by: str = ""  # who was asked, and said that its reader should be
    namer: PersonId | None = None  # their number; None: it was written when names alone were kept
    not_before: datetime | None = None  # until when its reader asked to hear no more of its matter
    reader: PersonId | None = None  # None: it goes to whoever plays a role; two may bear one name
    absent: PersonId | None = None  # the number of who is away; None: as of the namer
    number: int = 0  # of the letter
    is_held: bool = False  # it is owed, and the office holds it back until it is released

    def stands_in_for(self, person: Person) -> bool:
        """Whether it was written in place of somebody who was away."""
        if self.absent is not None:
            return self.absent == person.id
        return self.instead_of == person.name


@dataclass(frozen=True, slots=True)
class Parent:
    """The parent of a case with the definition it runs on."""

    workflow: Workflow
    dossier: "Dossier"


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything known of one case."""

    id: CaseId
    workflow: str
    digest: str
    reference: str
    state: str
    stay: int
    version: int
    entered_at: datetime
    opened_at: datetime
    office: Party
    closed_at: datetime | None = None
    facts: Mapping[str, object] = field(default_factory=lambda: EMPTY)
    stays: tuple[Stay, ...] = ()
    pauses: tuple[Pause, ...] = ()
    records: Mapping[str, tuple[RecordVersion, ...]] = field(default_factory=dict)
    dates: Mapping[str, MilestoneDates] = field(default_factory=dict)
    waivers: Mapping[str, Waiver] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    parties: Mapping[str, tuple[Party, ...]] = field(default_factory=dict)
    timers: tuple[Timer, ...] = ()  # of the current stay
    earlier: Mapping[int, tuple[Timer, ...]] = field(
        default_factory=lambda: EMPTY_TIMERS
    )  # of the stay a pause interrupted
    children: tuple[Child, ...] = ()
    asked: tuple[ReminderSent, ...] = ()
    heard: tuple[Heard, ...] = field(default=(), compare=False)  # of its meetings
    others: Others = NOTHING_LOADED
    parent: Parent | None = None
    partnership: int = 1  # which one goes on; a child's is that of its parent it was opened in
    former: Former = NO_FORMER
    # Who left with a partnership: what its end owes them is written still. Rows hold them no more.
    left: tuple[Person, ...] = field(default=(), compare=False)
    void: bool = False  # opened by an act that was taken back: it counts for nothing
    # Days worked out already, for engine/dates alone; a changed copy begins without any of them.
    days: dict[object, object] = field(default_factory=dict, init=False, compare=False, repr=False)
    # Who plays which role, for the methods below alone; a changed copy begins without it.
    cast: dict[str | None, tuple[Person, ...]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def reader(self, person: PersonId | None) -> Person | None:
        """Somebody with a role here or in a case above, or who stands in for them."""
        known = (*self.people, *self.left)
        stand_in = (each.substitute for one in self.people for each in one.absences)
        every = (*known, *(each for each in stand_in if each is not None))
        found = next((each for each in every if each.id == person), None)
        if found is None and self.parent is not None:
            return self.parent.dossier.reader(person)
        return found

    def people_as(self, role: str) -> tuple[Person, ...]:
        """Everyone in a role, those of the case before those of the programme, the main first."""
        return self._cast().get(role, ())

    def everybody(self) -> tuple[Person, ...]:
        """Everyone who plays a role here, the nearest first, each once in a role."""
        return self._cast()[None]

    def _cast(self) -> Mapping[str | None, tuple[Person, ...]]:
        """Whoever plays a role, by it, and all of them by none: put together once."""
        if not self.cast:
            every = self._put_together()
            for person in every:
                self.cast[person.role] = (*self.cast.get(person.role, ()), person)
            self.cast[None] = every
        return self.cast

    def _put_together(self) -> tuple[Person, ...]:
        own = sorted(self.people, key=lambda person: (not person.main, person.id))
        above = self.parent.dossier.everybody() if self.parent is not None else ()
        near = (
            *(person for person in own if not person.general),
            *(person for person in above if not person.general),
            *(person for person in (*own, *above) if person.general),
        )
        found: dict[tuple[str, PersonId], Person] = {}
        for person in near:
            found.setdefault((person.role, person.id), person)
        return tuple(found.values())

    def parties_of(self, role: str) -> tuple[Party, ...]:
        """The centres on a side, a child's those of its parent; none for a role of the office."""
        if role in self.parties or self.parent is None:
            return self.parties.get(role, ())
        return self.parent.dossier.parties_of(role)

    def party_of(self, role: str) -> Party:
        """The centre a role belongs to, the first of several, else the programme's office."""
        return next(iter(self.parties_of(role)), self.office)

    def of_others(self, what: str) -> Others:
        """What other cases hold; NotLoadedError when this part of it was not loaded."""
        return self.others.known(what, self.id)

    def latest(self, record: str) -> RecordVersion | None:
        versions = self.records.get(record)
        return versions[-1] if versions else None
