"""The letters of what was taken back: who need not be written to, and who is told what is right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.decide.draft import addressees
from engine.decide.readers import Fields
from engine.decide.told_changes import told
from engine.decide.unmet import not_taken
from engine.model.definition import SYSTEM, Effect, Notify
from engine.model.differences import Difference
from engine.model.dossier import Person, PersonId
from engine.model.family import Letter
from engine.model.letter_words import ABOUT
from engine.model.outcomes import LetterOwed, Unmet
from engine.model.past import Posted
from engine.model.putting_right import PutRight, Undone
from engine.time.zones import local_day

OPEN = frozenset({"owed", "needs_human", "waiting"})
_ENDED = frozenset({"superseded", "withheld", "withdrawn", "refused"})
_NEEDLESS = frozenset({"superseded", "withheld"})
WITHDRAWN = "withdrawn"
CORRECTED, TAKEN_BACK = "corrected", "taken_back"  # notices of a definition
ANSWERER = "whoever answered"  # as the text of a notice asks for who took it back


@dataclass(frozen=True, slots=True)
class Said:
    """What was wrong: its title, the day it was said on, what differs from what is right."""

    title: str
    changes: tuple[Difference, ...] = ()
    unsigned: frozenset[PersonId] = frozenset()  # who has not signed then: asked as before
    signers: tuple[Person, ...] = ()  # the side whose signature was taken back
    zone: str = "UTC"  # of the office, whose days are told
    # What goes with it, by its titles; and who did that, in which role.
    along: tuple[str, ...] = ()
    others: tuple[tuple[str, PersonId], ...] = ()


@dataclass(frozen=True, slots=True)
class Mail:
    """The letters that said what is so no more, and those that asked for what came of it since.

    What was asked is asked still where something is put right: then such a letter is left to go,
    and its reader is told what is right after it if its text stands already. So is a letter that
    somebody was sent for another cause, and that took from the record what is wrong.
    """

    said: tuple[Posted, ...]
    asked: tuple[Posted, ...]
    event: PutRight
    now: datetime
    read: tuple[Posted, ...] = ()
    # What each letter that was written from the record took from it that is wrong, by its number.
    wrong: Mapping[int, Fields] = field(default_factory=dict)
    author: PersonId | None = None  # who puts it right, and need not be told
    # How a definition tells of it: that of the case, else of the nearest above that says so.
    notices: Mapping[str, tuple[Effect, ...]] = field(default_factory=dict)
    asks_still: bool = False  # what was asked for with it, as it is put right or another stands
    shared: frozenset[int] = frozenset()  # messages that carry a letter besides that stands
    replaced: str = ""  # the record of which another version takes the place of the wrong one

    @property
    def unsent(self) -> tuple[Posted, ...]:
        """Those that nobody can have read yet: they are withdrawn."""
        asked = () if self.asks_still else self.asked
        return tuple(
            p
            for p in (*self.said, *asked)
            if p.state in OPEN and p.sent_at is None and not self._goes_anyway(p)
        )

    @property
    def ends(self) -> dict[int, Letter]:
        """How those that nobody can have read end, by number."""
        reason = f"withdrawn: {self.event.reason}"
        return {each.number: ended(each, reason, self.now) for each in self.unsent}

    @property
    def sent(self) -> tuple[Posted, ...]:
        """Those that somebody has read, or may have.

        Of a meeting its own letters tell: of its day, and of what was asked for it.
        """
        met = {p.person for p in self.said if p.meeting}
        said = (p for p in self.said if p.sent_at is not None or self._goes_anyway(p))
        asked = (
            p
            for p in self.asked
            if p.person not in met
            and (p.sent_at is not None or (self.asks_still and p.message is not None))
        )
        return tuple(
            p
            for p in (*said, *asked, *self.read)
            if p.person and p.state not in _ENDED and not p.meeting
        )

    @property
    def needless(self) -> Iterator[Posted]:
        """Those that ended before anybody read them; of a meeting its own letters decide."""
        return (p for p in self.said if p.state in _NEEDLESS and not p.meeting)

    @property
    def mistold(self) -> tuple[Posted, ...]:
        """Those of them that are not right, as they were put, and whose reader does not know."""
        asked = {each.number for each in self.asked}
        right = {number for number, fields in self.wrong.items() if not fields} - asked
        said_right = right if self.replaced else frozenset()
        return tuple(
            each
            for each in self.sent
            if each.number not in said_right and each.person != self.author
        )

    def _goes_anyway(self, posted: Posted) -> bool:
        """Whether it goes in one letter with what is asked still: then that is not withdrawn."""
        along = {each.message for each in self.asked if self.asks_still and each.message}
        return posted.message in along

    def told(self, said: Said) -> tuple[LetterOwed, ...]:
        """One letter to each who read something wrong, or did what is taken back besides.

        Where somebody has read of a signature, its side has not been asked for one since: it is
        asked as before.
        """
        letter = self._letter()
        if letter is None:
            return ()
        first: dict[object, Posted] = {}
        for each in self.mistold:
            first.setdefault(each.person, each)
        owed = [
            LetterOwed(letter, each.audience, each.person, facts=self._facts(each.person, said))
            for each in first.values()
        ]
        if owed and not any(each.id in first for each in said.signers):
            asked = addressees(said.signers, whole=False)
            owed += (
                LetterOwed(letter, each.role, each.id, facts=self._facts(each.id, said))
                for each in asked
            )
        owed += (
            LetterOwed(letter, role, person, facts=self._facts(person, said))
            for person, role in {person: role for role, person in said.others}.items()
            if person not in first and person != self.author
        )
        return tuple(owed)

    @property
    def is_own_answer(self) -> bool:
        """Whether somebody takes their own answer back, with no leave of the office: what was said
        was no mistake then.
        """
        return isinstance(self.event, Undone) and self.event.by.role == SYSTEM

    def untold(self) -> Iterator[Unmet]:
        """Whom no letter of the programme tells: that is for a person to do."""
        if self._letter() is None:
            for each in self.mistold:
                detail = f"{each.letter} was sent to {each.audience}: {each.subject}"
                yield not_taken(each.letter, detail, "Write to them what is right.")

    def _letter(self) -> str | None:
        name = CORRECTED if self.replaced else TAKEN_BACK
        effects = self.notices.get(name, ())
        return next((each.letter for each in effects if isinstance(each, Notify)), None)

    def _facts(self, to: PersonId | None, said: Said) -> dict[str, object]:
        letters = [each for each in self.mistold if each.person == to]
        return {
            "title": said.title,
            ABOUT: [each.number for each in letters],
            "said": list(dict.fromkeys(each.subject for each in letters)),
            "sent": list({each.subject: self._named(each, said) for each in letters}.values()),
            **_asked_still(to, said, is_part=any(each.message in self.shared for each in letters)),
            "reason": self.event.reason,
            **({"along": list(said.along)} if said.along else {}),
            **({"taken_by": ANSWERER} if self.is_own_answer else {}),
            "changes": told(each for each in said.changes if self._is_shown(each, letters)),
        }

    def _named(self, letter: Posted, said: Said) -> dict[str, object]:
        sent_on = local_day(letter.sent_at, said.zone).isoformat() if letter.sent_at else ""
        is_part = letter.message in self.shared
        return {"subject": letter.subject, "sent": sent_on, "part": is_part}

    def _is_shown(self, change: Difference, letters: list[Posted]) -> bool:
        """Whoever read only a part of the record is told of that part."""
        read = {each.number for each in self.read}
        if any(each.number not in read for each in letters):
            return True
        seen = frozenset().union(*(self.wrong[each.number] for each in letters))
        return change.field.partition(".")[0] in seen


def _asked_still(to: PersonId | None, said: Said, *, is_part: bool) -> dict[str, str]:
    """What of the letters is asked all the same: a signature, or what else one of them asked."""
    if said.unsigned:
        return {"asks": "your signature" if to in said.unsigned else "no signature"}
    return {"asks": "the rest"} if is_part else {}


def letters_of(*effects: tuple[Effect, ...]) -> frozenset[str]:
    return frozenset(each.letter for some in effects for each in some if isinstance(each, Notify))


def ended(posted: Posted, reason: str, now: datetime) -> Letter:
    """A letter that nobody has read, at its end."""
    owed = LetterOwed(posted.letter, posted.audience, posted.person, posted.ladder)
    return Letter(posted.number, posted.case, 0, owed, now, "", WITHDRAWN, reason)
