"""Which letters go in one: what happened goes in the letter that asks for what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.dates.view import View
from engine.decide.ends import OWED, looked_at_again
from engine.letters.catalogue import Catalogue
from engine.letters.ladders import find, is_running
from engine.model.dossier import CaseId
from engine.model.family import Family, Letter


@dataclass(frozen=True, slots=True)
class Together:
    """The letters that a family owes at a moment, and which of them go in another.

    A letter that goes in another keeps its own end: where the other is needed no more, it goes
    alone.
    """

    family: Family
    letters: Catalogue
    now: datetime

    def is_taken_along(self, letter: Letter) -> bool:
        """Whether another letter to its reader says it too: owed by now, or due at this moment."""
        hosts = self._hosts(letter)
        if not hosts:
            return False
        others = (each.owed.letter for each in self._beside(letter))
        return any(each in hosts for each in others) or self._is_due(letter.case_id, hosts)

    def taken_along(self, letter: Letter) -> tuple[Letter, ...]:
        """The letters that go in this one, in the order in which they were owed."""
        beside = self._beside(letter)
        return tuple(each for each in beside if letter.owed.letter in self._hosts(each))

    def view(self, letter: Letter) -> View:
        """The case of a letter, with what made it owed."""
        workflow = self.family.workflow(letter.case_id)
        return View(workflow, self.family.whole(letter.case_id), self.now, letter.owed.facts)

    def _hosts(self, letter: Letter) -> tuple[str, ...]:
        # Of another version than its texts are, a letter may have a name that they do not know.
        name, _, stage = letter.owed.letter.partition(".")
        known = self.letters.letters.get(name)
        found = known.stages.get(stage) if known is not None else None
        return found.goes_with if found is not None else ()

    def _beside(self, letter: Letter) -> Iterator[Letter]:
        """What else the case owes to the same reader, as far as it is needed still."""
        for each in sorted(self.family.owed(), key=lambda other: other.number):
            if each.case_id != letter.case_id or each.number == letter.number:
                continue
            found = looked_at_again(each, self.view(each))
            if found.state == OWED and found.owed.person == letter.owed.person:
                yield found

    def _is_due(self, case_id: CaseId, hosts: tuple[str, ...]) -> bool:
        """Whether a rung that is due by now, and does not speak yet, sends one of these."""
        view = View(self.family.workflow(case_id), self.family.whole(case_id), self.now)
        due = (
            timer
            for each in self.family.due(self.now)
            for timer in each.timers
            if each.case_id == case_id
        )
        found = (find(view.workflow, view.dossier.state, timer) for timer in due)
        return any(
            rung.letter in hosts and is_running(ladder, view)
            for ladder, rung in (pair for pair in found if pair is not None)
        )
