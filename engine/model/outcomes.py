"""Events and refusals: what may happen to a case, letters it may owe, why nothing follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from engine.model.changes import Changes, Correction
from engine.model.definition import SYSTEM
from engine.model.dossier import EMPTY, CaseId, PersonId
from engine.model.handed import Handed
from engine.model.letter_words import MEETING, TEXT, named_in
from engine.model.meetings import ProposedTime
from engine.model.past import Posted


@dataclass(frozen=True, slots=True)
class By:
    """Who acts: the key of a person, and the role of theirs that decides what is allowed."""

    actor: str = SYSTEM
    role: str = SYSTEM  # empty: whichever fits
    heard_from: str = ""  # who said it, where somebody writes down what they heard
    heard_by: str = ""  # phone, mail or paper
    heard_as: str = ""  # the role that who said it acts in; empty: whichever fits


CLOCK = By("clock", SYSTEM)
NOBODY_ELSE = ""  # whose turn it is where nobody else's is: the role that runs the programme


@dataclass(frozen=True, slots=True)
class Started:
    """A case begins in its initial state; imported, where it really stands, and nobody is told."""

    by: By
    history: tuple[tuple[str, datetime], ...] = ()  # imported: its states, with when it entered


@dataclass(frozen=True, slots=True)
class Triggered:
    """Somebody wants to go on."""

    trigger: str
    by: By
    note: str = ""
    facts: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Filed:
    """A record comes in, as a new version."""

    record: str
    content: Mapping[str, object]
    by: By
    imported: bool = False
    centre: str = ""  # the key of the centre it answers for, where a side holds several
    corrects: Correction | None = None


@dataclass(frozen=True, slots=True)
class Amended:
    """A new version comes in that differs from the one in force where somebody says so."""

    record: str
    changes: Changes
    by: By
    centre: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    record: str
    role: str  # on behalf of which side
    person: str
    on: date
    by: By
    centre: str = ""  # its key, where the side holds several


@dataclass(frozen=True, slots=True)
class Waived:
    requirement: str
    reason: str
    by: By


@dataclass(frozen=True, slots=True)
class Moved:
    """A milestone's date is moved by hand, with a reason; its baseline stays (P-rule 17)."""

    milestone: str
    to: date
    reason: str
    by: By


@dataclass(frozen=True, slots=True)
class TimersDue:
    """These armed timers of the current stay have come due; of what is late since the engine was
    down, at ``late_since``, the highest rung speaks, and escalation above the centres waits (P5).
    """

    keys: tuple[str, ...]
    late_since: datetime | None = None
    late: frozenset[str] | None = None  # the keys that came due while it was down; else all of them
    by: By = CLOCK
    closes: time | None = None  # when working hours end; None: letters come at every hour

    def is_late(self, key: str) -> bool:
        return self.late_since is not None and (self.late is None or key in self.late)


@dataclass(frozen=True, slots=True)
class FlagRaised:
    """Somebody raises a flag by hand (Q-20)."""

    flag: str
    reason: str
    by: By
    severity: str | None = None


@dataclass(frozen=True, slots=True)
class Refreshed:
    """Something around the case changed (its parent's dates, its people): look again."""

    by: By = CLOCK
    why: str = ""  # kept, though nothing may follow of it: what somebody asked for


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """A letter came back: its address is dead. Someone else is asked, somebody told (P18)."""

    letter: str  # empty: only tell of it
    audience: str
    name: str
    address: str
    subject: str
    reason: str
    facts: Mapping[str, object] = field(default_factory=lambda: EMPTY)
    by: By = CLOCK
    is_told: bool = False  # who would be told was told of another letter of the same message
    about: tuple[int, ...] = ()  # the number of the letter


@dataclass(frozen=True, slots=True)
class WroteBack:
    """Mail came in about the case: its words go to whoever runs it, and nothing else follows."""

    who: str  # by name and address, or the address alone
    subject: str  # of the letter that was answered; empty where none is named
    words: tuple[str, ...]
    proposed: ProposedTime | None = None
    by: By = CLOCK
    about: tuple[int, ...] = ()  # the numbers of the letters that were answered
    recorded: str = ""  # what was filed of it, in words; empty where nothing was


@dataclass(frozen=True, slots=True)
class Receipted:
    """An answer was taken down: these are told; `own` are facts for the first, who answered."""

    letter: str
    to: tuple[tuple[str, PersonId], ...]
    facts: Mapping[str, object]
    by: By = CLOCK
    own: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assigned:
    """A centre now stands on a side of the case, or a person plays a role in it."""

    part: str  # a side or a role
    key: str  # of the centre or the person
    instead_of: str
    by: By
    handed: Handed | None = None  # of a person
    letters: tuple[Posted, ...] = ()  # of the case until then


@dataclass(frozen=True, slots=True)
class LetterArranged:
    """A person decides about one letter of the case: when it goes, not at all, or once more."""

    letter: str
    how: str  # in words
    reason: str
    by: By
    again: "LetterOwed | None" = None  # the letter that is owed once more
    number: int = 0  # of the letter


News = Filed | Signed | Waived | Moved | FlagRaised  # what comes in beside steps
ByMail = Undeliverable | WroteBack | LetterArranged | Receipted  # about the letters of the case
Taken = News | Started | Triggered | TimersDue | Refreshed | ByMail | Assigned
Event = Taken | Amended  # which becomes what it files


@dataclass(frozen=True, slots=True)
class LetterOwed:
    """One letter to one person, with its cause; ``person`` is None when the role is empty."""

    letter: str
    audience: str
    person: PersonId | None
    ladder: str = ""
    facts: Mapping[str, object] = field(default_factory=lambda: EMPTY)

    @property
    def meeting(self) -> str:
        """The meeting that the letter speaks of, where it does."""
        return str(self.facts.get(MEETING, ""))

    @property
    def text(self) -> int:
        """The number of the version that the letter asks to sign again, where it does; else 0."""
        return int(str(self.facts.get(TEXT, 0)))

    @property
    def due_on(self) -> date | None:
        """The day that the letter names to its reader, where a ladder owes it."""
        return named_in(self.facts)


@dataclass(frozen=True, slots=True)
class Unmet:
    """One missing thing: what, whose turn, how to remedy it, and who may waive it."""

    requirement: str
    says: str
    detail: str
    owner: str
    remedy: str
    waiver: tuple[str, ...] = ()
    no_waiver: str = ""
    rule: tuple[str, ...] = ()
    leads_to: str = ""  # which of several moves of one trigger lacks it: where that one leads


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing follows. Never empty."""

    case_id: CaseId
    state: str
    asked: str
    unmet: tuple[Unmet, ...]
