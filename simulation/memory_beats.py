"""The beats of a simulation in memory: letters are decided, neither written nor sent."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from engine.dates.view import View
from engine.decide.ends import NEEDS_HUMAN, OWED, looked_at_again
from engine.decide.fire import StuckTimerError, fire
from engine.model.dossier import CaseId, Person
from engine.model.family import Family, Letter
from engine.model.outcomes import Refreshed
from runtime.families import Families
from runtime.letter_times import times_of
from runtime.wiring import Runtime
from runtime.workers.deliver import Returned, came_back
from simulation.beats import LetterTold
from simulation.mailbox import Mailbox
from simulation.memory import Memory
from storage.database.transactions import reading, transaction
from storage.directory import directory
from storage.mail.attempts import ACCEPTED, REFUSED
from storage.mail.sending import Enclosed
from storage.programme import incidents
from storage.programme.incidents import Trouble


@dataclass(frozen=True, slots=True)
class MemoryBeats:
    """What sweep, compose and deliver do, decided alone."""

    runtime: Runtime
    memory: Memory
    mailbox: Mailbox

    def due(self, after: datetime) -> tuple[datetime | None, datetime | None]:
        due = self.memory.next_due()
        return (due if due is not None and due > after else None), self.memory.next_letter()

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
            for root, letter, person in [*self._written(families)]:
                if person is None:
                    ends[root].append(letter)
                    continue
                rejected = self.mailbox.rejection(person.email)
                state = ACCEPTED if rejected is None else REFUSED
                ends[root].append(replace(letter, state=state, settled_at=families.now))
                if rejected is not None:
                    self._end(ends)
                    returned = Returned(person.email, letter.owed.letter, rejected.reply)
                    came_back(families, _enclosed(root, letter, person), returned)
                    self.memory.people_changed()
            self._end(ends)

    def _end(self, ends: dict[CaseId, list[Letter]]) -> None:
        for root, letters in ends.items():
            self.memory.end(root, letters)
        ends.clear()

    def _written(self, families: Families) -> Iterator[tuple[CaseId, Letter, Person | None]]:
        """Letters with who gets them; with nobody, where they have an end already."""
        for family, letter in self._going(families):
            dossier = family.whole(letter.case_id)
            found = families.looking(family, partial(_needed, letter=letter, now=families.now))
            if found.state == NEEDS_HUMAN:
                trouble = Trouble("letter", found.reason, found.reason, family.root)
                incidents.report(families.session, trouble, families.now)
            goes_out = found.state == OWED
            person = dossier.reader(found.owed.person) if goes_out else None
            # The letter itself stays addressed as it was owed.
            yield family.root, letter if goes_out else found, person

    def _going(self, families: Families) -> list[tuple[Family, Letter]]:
        """The letters that go now; what goes in one with another goes with the first of them."""
        found: dict[int, tuple[datetime, Family, Letter]] = {}
        for family, letter in self.memory.take_owed(families.now):
            at, together = families.looking(family, partial(self._goes_at, letter=letter))
            for each in (letter, *together):
                known = found.get(each.number)
                if known is None or at < known[0]:
                    found[each.number] = (at, family, each)
        going = []
        for number, (at, family, letter) in sorted(found.items()):
            awaited = families.looking(family, partial(self._is_awaited, letter=letter))
            if at <= families.now and not awaited:
                going.append((family, letter))
            else:
                self.memory.wait(family.root, number, at)
        return going

    def _goes_at(self, family: Family, letter: Letter) -> tuple[datetime, tuple[Letter, ...]]:
        times = times_of(self.runtime, family, letter.case_id, self.runtime.clock())
        return times.goes_at(letter), times.in_one(letter)

    def _is_awaited(self, family: Family, letter: Letter) -> bool:
        times = times_of(self.runtime, family, letter.case_id, self.runtime.clock())
        return times.together.is_awaited(letter)

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

    def findings(self) -> tuple[str, ...]:
        return ()  # no journal is written that could be wrong


def _enclosed(root: CaseId, letter: Letter, person: Person) -> Enclosed:
    owed = letter.owed
    return Enclosed(letter.case_id, root, owed.letter, owed.audience, person.id, owed.facts)


def _needed(family: Family, letter: Letter, now: datetime) -> Letter:
    dossier = family.whole(letter.case_id)
    view = View(family.workflow(letter.case_id), dossier, now, letter.owed.facts)
    return looked_at_again(letter, view)
