"""A family: a root case with its open descendants, and what else a decision about them reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from engine.model.adapting import adaptation, adapted
from engine.model.definition import Workflow
from engine.model.dossier import CaseId, Child, Dossier, Parent, Person, ReminderSent, Timer
from engine.model.meetings import Heard
from engine.model.others import Others
from engine.model.outcomes import LetterOwed
from engine.model.people import ABSENT, AWAY, INSTEAD_OF, NAMED_BY, NAMER, number_in
from engine.time.zones import local_day

FRESH = 1 << 40  # numbers of what is not written yet: above all that are


@dataclass(frozen=True, slots=True)
class Held:
    """A person holds a letter back: until a moment, None until it is released; and why. A moment
    that has gone by says when it was released, or that its day has come.

    Of a letter that has gone: its reader asked to hear of its matter not before that moment; with
    none, it asks nobody any more, since whoever named its reader took that back.
    """

    until: datetime | None
    why: str

    def waits_at(self, now: datetime) -> bool:
        """Whether it holds the letter back at a moment."""
        return self.until is None or self.until > now


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that a case owes, until it has an end; ``number`` is its place in that order."""

    number: int
    case_id: CaseId
    stay: int
    owed: LetterOwed
    owed_at: datetime
    name: str  # of the person, else the audience
    state: str = "owed"
    reason: str = ""
    settled_at: datetime | None = None
    held: Held | None = None

    def waits_at(self, now: datetime) -> bool:
        """Whether a person holds it back at a moment."""
        return self.held is not None and self.held.waits_at(now)

    @property
    def outcome(self) -> str:
        """How it ended: as one that nobody got, where it asks nobody any more."""
        return "withdrawn" if self.is_off else self.state

    @property
    def is_off(self) -> bool:
        """Whether it went out and asks nobody any more: who had named its reader took that back."""
        return self.held is not None and self.held.until is None and self.state != "owed"


@dataclass(frozen=True, slots=True)
class Definitions:
    """The workflows a family runs on, by digest, and those that new cases begin on, by name."""

    pinned: Mapping[str, Workflow]
    current: Mapping[str, Workflow]


@dataclass(frozen=True, slots=True)
class Due:
    """A case with the timers that have come due, the oldest first."""

    case_id: CaseId
    timers: tuple[Timer, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """The unit of decision: everything that one event may touch, as values.

    ``cases`` holds the root and every open descendant, each bare: parent, children and what was
    asked are put in by ``whole``. ``children`` has a line for every child, closed ones too.
    ``held`` are timers that wake at another moment than they are due, after failures. ``others`` is
    what the rest of the programme holds, by the case that asks; what was not loaded cannot be read.
    """

    root: CaseId
    definitions: Definitions
    cases: Mapping[CaseId, Dossier]
    parents: Mapping[CaseId, CaseId]
    children: Mapping[CaseId, tuple[Child, ...]]
    letters: Mapping[tuple[CaseId, int], tuple[Letter, ...]]  # by case and stay
    people: tuple[Person, ...] = ()  # who plays a role in the whole programme
    held: Mapping[tuple[CaseId, str], datetime] = field(
        default_factory=lambda: MappingProxyType({})
    )
    others: Mapping[CaseId, Others] = field(default_factory=lambda: MappingProxyType({}))
    next_case: int = FRESH
    next_letter: int = FRESH
    # Dossiers put together already: a family never changes, a changed copy begins without any.
    seen: dict[CaseId, Dossier] = field(default_factory=dict, init=False, compare=False, repr=False)

    def workflow(self, case_id: CaseId) -> Workflow:
        """The definition of a case as it holds in this family."""
        pinned, root = self.definitions.pinned, self.cases[self.root]
        found = adaptation(pinned[root.digest], root)
        return adapted(pinned[self.cases[case_id].digest], found)

    def whole(self, case_id: CaseId) -> Dossier:
        """The dossier of a case with its parent, its children and what was asked in its stay."""
        found = self.seen.get(case_id)
        if found is None:
            found = self.seen[case_id] = self._put_together(case_id)
        return found

    def _put_together(self, case_id: CaseId) -> Dossier:
        bare, above = self.cases[case_id], self.parents.get(case_id)
        parent = None
        if above is not None:
            parent = Parent(self.workflow(above), self.whole(above))
        zone = bare.office.zone
        asked = tuple(
            ReminderSent(
                letter.owed.letter,
                letter.owed.ladder,
                letter.name,
                local_day(letter.settled_at or letter.owed_at, zone),
                letter.outcome,
                letter.owed.due_on,
                letter.owed_at,
                letter.owed.text,
                str(letter.owed.facts.get(INSTEAD_OF, "")),
                str(letter.owed.facts.get(AWAY, "")),
                str(letter.owed.facts.get(NAMED_BY, "")),
                number_in(letter.owed.facts, NAMER),
                letter.held.until if letter.held is not None else None,
                letter.owed.person,
                number_in(letter.owed.facts, ABSENT),
                letter.number,
                letter.state == "owed" and letter.held is not None and letter.held.until is None,
            )
            for letter in self.letters.get((case_id, bare.stay), ())
        )
        children = tuple(
            child
            for child in self.children.get(case_id, ())
            # Those of former partners are history, and so is what was opened by mistake.
            if child.partnership == bare.partnership and not child.void
        )
        heard = tuple(self._heard(case_id))
        found = replace(bare, parent=parent, children=children, asked=asked, heard=heard)
        others = self.others.get(case_id)
        return found if others is None else replace(found, others=others)

    def _heard(self, case_id: CaseId) -> Iterator[Heard]:
        """What people have heard of meetings, whenever: the letters of all stays."""
        rows = (each for (case, _), each in self.letters.items() if case == case_id)
        about = (letter for row in rows for letter in row if letter.owed.meeting)
        # In the order in which they were owed: a step that was undone has gone back to a stay.
        for letter in sorted(about, key=lambda each: each.number):
            owed, said = letter.owed, letter.owed.facts.get("said")
            yield Heard(
                meeting=owed.meeting,
                number=letter.number,
                stay=letter.stay,
                audience=owed.audience,
                person=owed.person,
                call=str(owed.facts["call"]),
                sequence=int(str(owed.facts["sequence"])),
                said=said if isinstance(said, Mapping) else None,
                state=letter.state,
                name=letter.name,
                follows=str(owed.facts.get("follows", "")),
            )

    def owed(self) -> Iterator[Letter]:
        """The letters that have no end yet, in no order."""
        for letters in self.letters.values():
            yield from (letter for letter in letters if letter.state == "owed")

    def due(self, now: datetime) -> tuple[Due, ...]:
        """What has come due by a moment, the case with the oldest timer first."""
        rows = sorted(
            (timer.due_at, case_id, timer.ladder, timer.rung, timer.occurrence, timer.key)
            for case_id, timer, wakes_at in self._armed()
            if wakes_at <= now
        )
        keys: dict[CaseId, list[str]] = {}
        for row in rows:
            keys.setdefault(row[1], []).append(row[5])
        return tuple(Due(case_id, self._timers(case_id, found)) for case_id, found in keys.items())

    def next_due(self) -> datetime | None:
        """When the next timer wakes, None when none is armed."""
        return min((wakes_at for _, _, wakes_at in self._armed()), default=None)

    def _armed(self) -> Iterator[tuple[CaseId, Timer, datetime]]:
        for case_id, dossier in self.cases.items():
            for timer in dossier.timers:
                if timer.settled_at is None:
                    held = self.held.get((case_id, timer.key), timer.due_at)
                    yield case_id, timer, max(held, timer.due_at)  # never early (P4)

    def _timers(self, case_id: CaseId, keys: list[str]) -> tuple[Timer, ...]:
        known = {timer.key: timer for timer in self.cases[case_id].timers}
        return tuple(known[key] for key in keys)
