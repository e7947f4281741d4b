"""Workflow, State, Transition, Ladder and effects: the words definitions use."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from types import MappingProxyType

from engine.errors import DefinitionError
from engine.model.check import Check
from engine.model.comparison import Comparison
from engine.model.fields import Field
from engine.model.meetings import NO_MEETINGS, Meeting
from engine.model.office import OfficeRole, running_role
from engine.model.partnership import Partnership
from engine.model.phase import Phase
from engine.model.requirement import Requirement
from engine.model.settings import NO_SETTINGS, Adapts, Setting
from engine.model.texts import Audiences, Id, Ids, Key, LetterId, Name, Names, Severity, SomeNames
from engine.model.word_lists import WordList
from engine.places import NOWHERE, Place
from engine.time.spans import Span
from engine.time.windows import Anchor, DateRule, Window

RESUME, STAY = "resume", "stay"  # targets: the state that was paused; none, timers go on
SYSTEM, WHOSE_TURN = "system", "whose_turn"  # a role: of timers and relatives; an audience


@dataclass(frozen=True, slots=True)
class Notify:
    """Owe a letter (``N-11.ask``) to audiences."""

    letter: LetterId
    to: Audiences
    when: Check | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Open a child of this case, or of its parent when ``under_parent``."""

    workflow: Name
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    under_parent: bool = False
    when: Check | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Tell:
    """Pass a trigger to the open children (of one workflow, or all), or to the parent."""

    trigger: Name
    workflow: Name | None = None
    to_parent: bool = False
    when: Check | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class SetFact:
    """Set a fact of the case to a fixed value or to what a path leads to."""

    fact: Name
    value: object = None
    path: str | None = None
    when: Check | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class RaiseFlag:
    """Raise a flag, or worsen it when it is open already; one of the parent is raised there."""

    flag: Id
    severity: Severity | None = None  # else the flag's own
    when: Check | None = None
    place: Place = NOWHERE
    cause: str = ""  # a sentence, or where a path (``=record.…``) leads; else what just happened


Effect = Notify | OpenCase | Tell | SetFact | RaiseFlag


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder: at its date a letter, a flag, or a trigger."""

    at: DateRule
    letter: str | None = None
    to: tuple[str, ...] = ()
    flag: RaiseFlag | None = None
    fire: str | None = None
    every: Span | None = None  # repeats until the ladder ends
    above: bool = False  # tells someone above the centres: waits for grace after downtime (P5)
    name: str = ""  # of its timers: as written, else its place in the ladder as text
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Ladder:
    """A whole row of reminders and escalations, for as long as its condition is unmet."""

    name: Key
    rungs: tuple[Rung, ...]
    title: str = ""  # what is open, in words
    unmet: Check | None = None  # runs while this is unmet; None: while the state lasts
    calendar: Name = ""  # the role whose working days and zone count
    highest_only: bool = True  # after downtime
    rule: Ids = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class State:
    name: Key
    title: str
    phase: Name = ""
    acts: Names = ()
    assigns: Names = ()  # sides whose centre may be named or changed while here
    window: Window | None = None
    actual: str | None = None  # path of the day it really happened
    agreed: Name | None = None  # the anchor of the day that both sides have fixed: the forecast
    ladders: tuple[Ladder, ...] = ()
    entry: tuple[Effect, ...] = ()
    final: bool = False
    pauses: bool = False  # the clock of the state it was entered from stands still
    holds_place: bool = False  # counts among the programme's places (B-01, B-02)
    meets: str = ""  # "visit" or "online": a dated meeting (F-20)
    rule: Ids = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Transition:
    trigger: Name
    title: str
    sources: Names
    target: Name
    by: SomeNames
    requires: tuple[Requirement, ...] = ()
    effects: tuple[Effect, ...] = ()
    rule: Ids = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class RecordType:
    """An artefact of a case (A-01 to A-26): who provides it, who reads it, what is in it."""

    name: Key
    title: str
    by: SomeNames
    readers: Names = ()
    fields: tuple[Field, ...] = ()
    signatories: Names = ()
    effects: tuple[Effect, ...] = ()  # when a version is filed
    signed: tuple[Effect, ...] = ()  # when a signature comes in
    contact: bool = False
    after_end: bool = False  # comes in as well once the case has ended
    survives: bool = False  # counts for the next partnership too
    adapts: Adapts | None = None  # says what is another in this case
    ask: Requirement | None = None  # that it is there: for a step before which it was added
    rule: Ids = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class FlagType:
    name: Key
    title: str
    severity: Severity
    hidden_from: Names = ()
    effects: tuple[Effect, ...] = ()  # beside opening the flag's own case
    until: Check | None = None  # what ends it, where what raised it has no condition of its own
    rule: Ids = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Watch:
    """A requirement looked at after events; unmet, it raises a flag."""

    requirement: Requirement
    flag: RaiseFlag
    filed: tuple[str, ...] = ()  # after these records are filed
    left: tuple[str, ...] = ()  # after these states are left
    always: bool = False  # after every event, once per cause
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, eq=False)
class Workflow:
    """A definition. ``digest`` is the hash of its canonical form: a case is pinned to it (P12)."""

    name: Name
    title: str
    version: str
    programme: Name
    initial: Name
    roles: SomeNames
    states: Mapping[str, State]
    transitions: tuple[Transition, ...]
    phases: Mapping[str, Phase] = field(default_factory=lambda: MappingProxyType({}))
    sides: Names = ()
    several: frozenset[str] = frozenset()  # the sides that may hold more than one centre
    anchors: Mapping[str, Anchor] = field(default_factory=lambda: MappingProxyType({}))
    records: Mapping[str, RecordType] = field(default_factory=lambda: MappingProxyType({}))
    flags: Mapping[str, FlagType] = field(default_factory=lambda: MappingProxyType({}))
    meetings: Mapping[str, Meeting] = field(default_factory=lambda: NO_MEETINGS)
    watches: tuple[Watch, ...] = ()
    settings: Mapping[str, Setting] = field(default_factory=lambda: NO_SETTINGS)
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    fact_places: Mapping[str, Place] = field(default_factory=lambda: MappingProxyType({}))
    lists: Mapping[str, WordList] = field(default_factory=lambda: MappingProxyType({}))
    comparisons: Mapping[str, Comparison] = field(default_factory=lambda: MappingProxyType({}))
    start_anchor: Name = ""  # the anchor that sets the baseline (T0)
    months: int = 0  # planned length in months from the start anchor
    flag_workflow: Name = ""  # the workflow of its flags
    check_in_workflow: Name = ""  # the workflow of its check-ins
    is_root: bool = False  # declared so; else the one that no other opens
    office: Mapping[str, OfficeRole] = field(default_factory=lambda: MappingProxyType({}))
    partnership: Partnership | None = None
    renamed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # states
    sends_at: time = time(8)
    notices: Mapping[str, tuple[Effect, ...]] = field(default_factory=lambda: MappingProxyType({}))
    source: str = ""
    digest: str = ""
    place: Place = NOWHERE
    origin: "Workflow | None" = None  # of one adapted to a case: the definition as it was written

    @property
    def runs(self) -> str:
        return running_role(self.office, self.roles)

    def state(self, name: str) -> State:
        if name not in self.states:
            raise DefinitionError(f"no state {name} in workflow {self.name}")
        return self.states[name]

    def requirements(self) -> Iterator[Requirement]:
        return (asked for step in self.transitions for asked in step.requires)
