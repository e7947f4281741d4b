"""The letters of what was taken back: who need not be written to, and who is told what is right."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from engine.decide.fire import with_ends
from engine.decide.unmet import not_taken
from engine.model.decision import Decision
from engine.model.definition import Effect, Notify, Workflow
from engine.model.differences import Difference
from engine.model.dossier import PersonId
from engine.model.family import Letter
from engine.model.outcomes import LetterOwed, Unmet
from engine.model.past import Posted
from engine.model.plan import Plan
from engine.model.putting_right import Corrected, PutRight

Reading = tuple[str, PersonId | None]  # a letter, and who read it

OPEN = frozenset({"owed", "needs_human", "waiting"})
_ENDED = frozenset({"superseded", "withheld", "withdrawn", "refused"})
_STATE = "withdrawn"
_CORRECTED, _TAKEN_BACK = "corrected", "taken_back"  # notices of a definition


@dataclass(frozen=True, slots=True)
class Said:
    """What was wrong: its title, the day it was said on, what differs from what is right."""

    title: str
    changes: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Mail:
    """The letters that said what is so no more, and those that asked for what came of it since.

    What was asked is asked still where something is put right: then such a letter is left to go,
    and its reader is told what is right after it if its text stands already.
    """

    said: tuple[Posted, ...]
    asked: tuple[Posted, ...]
    event: PutRight
    now: datetime

    @property
    def unsent(self) -> tuple[Posted, ...]:
        """Those that nobody can have read yet: they are withdrawn."""
        asked = () if self._asks_still else self.asked
        return tuple(p for p in (*self.said, *asked) if p.state in OPEN and p.sent_at is None)

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
        said = (p for p in self.said if p.sent_at is not None)
        asked = (
            p
            for p in self.asked
            if p.person not in met
            and (p.sent_at is not None or (self._asks_still and p.message is not None))
        )
        return tuple(
            p for p in (*said, *asked) if p.person and p.state not in _ENDED and not p.meeting
        )

    @property
    def _asks_still(self) -> bool:
        return isinstance(self.event, Corrected)

    def told(self, workflow: Workflow, said: Said) -> tuple[LetterOwed, ...]:
        """One letter to each who read something wrong."""
        letter = self._letter(workflow)
        if letter is None:
            return ()
        first: dict[object, Posted] = {}
        for each in self.sent:
            first.setdefault(each.person, each)
        return tuple(
            LetterOwed(letter, each.audience, each.person, facts=self._facts(each, said))
            for each in first.values()
        )

    def untold(self, workflow: Workflow) -> Iterator[Unmet]:
        """Whom no letter of the programme tells: that is for a person to do."""
        if self._letter(workflow) is None:
            for each in self.sent:
                detail = f"{each.letter} was sent to {each.audience}: {each.subject}"
                yield not_taken(each.letter, detail, "Write to them what is right.")

    def _letter(self, workflow: Workflow) -> str | None:
        name = _CORRECTED if isinstance(self.event, Corrected) else _TAKEN_BACK
        effects = workflow.notices.get(name, ())
        return next((each.letter for each in effects if isinstance(each, Notify)), None)

    def _facts(self, to: Posted, said: Said) -> dict[str, object]:
        subjects = [each.subject for each in self.sent if each.person == to.person]
        return {
            "title": said.title,
            "said": list(dict.fromkeys(subjects)),
            "reason": self.event.reason,
            "changes": [
                {
                    "field": each.field.replace("_", " ").replace(".", ", "),
                    "before": _words(each.before),
                    "after": _words(each.after),
                }
                for each in said.changes
            ],
        }


def _words(value: object) -> str:
    if value is None or value in ([], ()):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_words(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_words, value))
    return str(value)


def read_before(mail: Mail, workflow: Workflow) -> frozenset[Reading]:
    """What each has read already and need not read again.

    Whoever read a correction has read what it was about: the letters that a record sends when it
    is filed. A correction itself repeats none: each is about an act of its own.
    """
    notices = _letters_of(*(workflow.notices.get(name, ()) for name in (_CORRECTED, _TAKEN_BACK)))
    event = mail.event
    records = [workflow.records[event.record]] if isinstance(event, Corrected) else []
    filed = _letters_of(*(record.effects for record in records))
    return frozenset(
        (letter, each.person)
        for each in mail.sent
        for letter in (filed if each.letter in notices else (each.letter,))
    )


def _letters_of(*effects: tuple[Effect, ...]) -> frozenset[str]:
    return frozenset(each.letter for some in effects for each in some if isinstance(each, Notify))


def unsaid(decision: Decision, mail: Mail, heard: frozenset[Reading]) -> Decision:
    """Without the letters that nobody has read, and without those that say again what was read."""
    ends = mail.ends
    again = {
        letter.number
        for letter in decision.letters
        if (letter.owed.letter, letter.owed.person) in heard
    }
    return replace(
        decision,
        outcome=_without(decision.outcome, heard),
        plans=tuple(_without(plan, heard) for plan in decision.plans),
        letters=tuple(each for each in decision.letters if each.number not in again),
        ended=ends,
        withdrawn=frozenset(p.message for p in mail.unsent if p.message is not None),
        after=with_ends(decision.after, ends),
    )


def _without(plan: Plan, heard: frozenset[Reading]) -> Plan:
    letters = tuple(each for each in plan.letters if (each.letter, each.person) not in heard)
    return plan if len(letters) == len(plan.letters) else replace(plan, letters=letters)


def ended(posted: Posted, reason: str, now: datetime) -> Letter:
    """A letter that nobody has read, at its end."""
    owed = LetterOwed(posted.letter, posted.audience, posted.person, posted.ladder)
    return Letter(posted.number, posted.case, 0, owed, now, "", _STATE, reason)
