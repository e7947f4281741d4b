"""What happened in a family, entry by entry, and how its cases stood around one act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from engine.model.dossier import EMPTY, CaseId, Dossier, PersonId


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of a journal. ``turn`` counts all entries of the family; ``act`` is the turn of the
    first entry of the decision that it belongs to.
    """

    turn: int
    act: int
    case: CaseId
    version: int
    kind: str  # filed, triggered, timers_due
    what: str
    by: str
    role: str
    at: datetime
    left: str
    entered: str
    stay: int
    records: tuple[tuple[str, int], ...] = ()  # filed by it
    signed: tuple[tuple[str, int], ...] = ()  # the versions it signed
    took_back: int | None = None  # the act that it took back
    took_along: tuple[int, ...] = ()  # and those that rested on that one
    along: bool = False  # done by one command with the act before it
    handed: tuple[str, str] | None = None  # a role: by whom, and from which day on

    @property
    def opens(self) -> bool:
        return self.version == 1

    @property
    def gone(self) -> tuple[int, ...]:
        """Every act that it took back."""
        return () if self.took_back is None else (self.took_back, *self.took_along)


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter of a family with the message that carries it, if one was written."""

    number: int
    case: CaseId
    version: int  # the entry that owes it
    letter: str
    audience: str
    person: PersonId | None
    ladder: str
    state: str  # of the message, else of the letter
    message: int | None = None
    subject: str = ""
    sent_at: datetime | None = None  # when the first try began
    meeting: str = ""  # that it speaks of
    facts: Mapping[str, object] = field(default_factory=lambda: EMPTY)  # with which it was owed
    composed_at: datetime | None = None
    # What its text was written from: of each fact the paths, the first of which leads anywhere.
    reads: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """Each case that one act touched, as it stood before and after it."""

    before: Mapping[CaseId, Dossier]
    after: Mapping[CaseId, Dossier]


Stood = Callable[[CaseId, int], Dossier]  # a case as it stood after an entry, by its version


@dataclass(frozen=True, slots=True)
class Past:
    """An act with all that came of it, and what happened since then.

    With the filing of a record go the signatures under that version: they are acts of their own.
    So does, with a correction, what it corrected.
    """

    acts: tuple[int, ...]  # in their order
    entries: tuple[Happened, ...]  # from it on, in their order
    around: tuple[Around, ...] = ()  # of each act
    posted: tuple[Posted, ...] = ()
    before: tuple[Happened, ...] = ()  # what had happened until then
    correction: int | None = None  # the act that is meant, where it corrected the first
    stood: Stood | None = None  # any case of the family as it stood then
    # Who holds a place with a centre by now, by side and key: asked where one was left.
    holders: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def act(self) -> int:
        """The one that is taken back."""
        return self.acts[0] if self.correction is None else self.correction

    @property
    def own(self) -> tuple[Happened, ...]:
        """The entries of the acts themselves."""
        return tuple(each for each in self.entries if each.act in self.acts)

    @property
    def since(self) -> tuple[Happened, ...]:
        return tuple(each for each in self.entries if each.act not in self.acts)
