"""The beats of a simulation in memory: letters are decided, neither written nor sent."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from engine.decide.ends import NEEDS_HUMAN, OWED
from engine.decide.fire import StuckTimerError, fire
from engine.model.dossier import CaseId, Person
from engine.model.family import Letter
from engine.model.outcomes import Refreshed
from notifications.composition import Going, messages
from runtime.families import Families
from runtime.queries.mails_to_come import going_of
from runtime.wiring import Runtime
from runtime.workers.undelivered import Returned, came_back
from simulation.beats import LetterTold
from simulation.mailbox import Mailbox
from simulation.memory import Memory
from simulation.weekly import OverviewTold, Weekly
from storage.database.transactions import reading, transaction
from storage.directory import directory
from storage.mail.attempts import ACCEPTED, REFUSED
from storage.mail.enclosed import Enclosed
from storage.programme import incidents
from storage.programme.incidents import Trouble


@dataclass(frozen=True, slots=True)
class _Written:
    """A letter with who gets it; with nobody, where it has an end already."""

    root: CaseId
    letter: Letter
    reference: str  # of its pair
    person: Person | None
    going: Going


@dataclass(frozen=True, slots=True)
class MemoryBeats:
    """What sweep, compose and deliver do, decided alone."""

    runtime: Runtime
    memory: Memory
    mailbox: Mailbox
    weekly: Weekly

    def due(self, after: datetime) -> tuple[datetime | None, datetime | None]:
        due = self.memory.next_due()
        coming = (self.memory.next_letter(), self.weekly.due())
        mail = min((at for at in coming if at is not None), default=None)
        return (due if due is not None and due > after else None), mail

    def sweep(self, now: datetime) -> None:
        with transaction(self.runtime.database) as session:
            families = Families(session, self.runtime, now)
            while self._fire_due(families) or self._look_again(families):
                pass

    def _fire_due(self, families: Families) -> bool:
        due = self.memory.due(families.now)
        for root in due:
            decision = families.with_others(
                families.load(root), lambda whole: fire(whole, families.now)
            )
            if decision is None:
                raise StuckTimerError("timers are due that belong to no stay of the case")
            families.write(decision)
        return bool(due)

    def _look_again(self, families: Families) -> bool:
        root = self.memory.look_again()
        if root is not None:
            families.happen(root, Refreshed())
        return root is not None

    def mail(self) -> None:
        with transaction(self.runtime.database) as session:
            families = Families(session, self.runtime, self.runtime.clock())
            ends: dict[CaseId, list[Letter]] = defaultdict(list)
            # All of them first: a letter that comes back changes none that is written already.
            written = [*self._written(families)]
            for each in written:
                if each.person is None:
                    ends[each.root].append(each.letter)
            addressed = (each for each in written if each.person is not None)
            attention = self.runtime.programme.letters.attention
            weekly = self.weekly.go(session)
            for message in messages(addressed, attention, lambda each: each.going, weekly):
                self._send(families, message, ends)
            self._end(ends)

    def _send(
        self,
        families: Families,
        message: tuple[_Written, ...],
        ends: dict[CaseId, list[Letter]],
    ) -> None:
        person = message[0].person
        rejected = None if person is None else self.mailbox.rejection(person.email)
        state = ACCEPTED if rejected is None else REFUSED
        for each in message:
            ends[each.root].append(replace(each.letter, state=state, settled_at=families.now))
        if person is not None and rejected is not None:
            self._end(ends)
            returned = Returned(person.email, message[0].letter.owed.letter, rejected.reply)
            came_back(families, _enclosed(message, person), returned)
            self.memory.people_changed()

    def _end(self, ends: dict[CaseId, list[Letter]]) -> None:
        for root, letters in ends.items():
            self.memory.end(root, letters)
        ends.clear()

    def _written(self, families: Families) -> Iterator[_Written]:
        for root, planned in self.memory.going(families):
            found = planned.found
            family = families.load(root)
            reference, going = family.whole(root).reference, going_of(family, planned)
            if found.state != OWED:
                if found.state == NEEDS_HUMAN:
                    trouble = Trouble("letter", found.reason, found.reason, root)
                    incidents.report(families.session, trouble, families.now)
                yield _Written(root, found, reference, None, going)
                continue
            person = family.whole(found.case_id).reader(found.owed.person)
            # The letter itself stays addressed as it was owed.
            yield _Written(root, planned.letter, reference, person, going)

    def rest(self, now: datetime) -> None:
        """Nobody takes what the clock leaps over for a downtime."""

    def letters(self) -> Iterator[LetterTold]:
        with reading(self.runtime.database) as session:
            keys = {person.id: person.key for person in directory.people(session)}
        for pair, letter in (*self.memory.ended, *self.memory.owed()):
            person = None if letter.owed.person is None else keys[letter.owed.person]
            yield LetterTold(
                letter.owed.letter,
                letter.owed.audience,
                pair,
                person,
                letter.state,
                letter.settled_at,
                letter.owed.meeting,
            )

    def overviews(self) -> Sequence[OverviewTold]:
        return self.weekly.told

    def findings(self) -> tuple[str, ...]:
        return ()  # no journal is written that could be wrong


def _enclosed(message: tuple[_Written, ...], to: Person) -> list[Enclosed]:
    return [Enclosed(each.letter, each.root, to.id, each.reference) for each in message]
