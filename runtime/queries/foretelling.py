"""One family run forward in memory: what happens to it, and what is told of that."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from engine.dates.view import View
from engine.decide.ends import NEEDS_HUMAN, OWED, WAITS, WITHHELD
from engine.decide.fire import Downtime, fire, with_ends
from engine.errors import ProjectError
from engine.letters.catalogue import LetterError
from engine.model.decision import Decision
from engine.model.dossier import Person
from engine.model.family import Family, Letter
from engine.model.plan import Plan
from runtime.families import Families
from runtime.letter_facts import facts_of
from runtime.letter_times import Planned
from runtime.letters_going import LettersGoing
from runtime.queries.future import (
    ForetoldDate,
    ForetoldFlag,
    ForetoldLetter,
    ForetoldState,
    Future,
    foretold,
)
from runtime.queries.mails_to_come import Sent, going_of
from storage.directory import directory
from storage.errors import UnavailableError
from storage.journal.arranged import Decided

ACCEPTED = "accepted"


@dataclass(slots=True)
class Foretelling:
    """One family on its way into the future; its clock goes from one due moment to the next."""

    families: Families
    downtime: Downtime | None
    future: Future
    going: LettersGoing
    waiting: dict[int, Letter] = field(default_factory=dict)  # by number, with why each waits
    acts: Mapping[int, tuple[Decided, ...]] = field(default_factory=dict)  # about its letters
    sent: list[Sent] = field(default_factory=list)

    def run(self, family: Family) -> tuple[Future, Family]:
        before, now, until = family, self.families.now, self.future.until
        try:
            family = self._stop(family, now)
            while (moment := self._next(family)) is not None and moment <= until:
                now = max(moment, now)  # never back: what is overdue happens now
                family = self._stop(family, now)
        except UnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 - its timers will be held, somebody told (P18)
            self.future.failures.append(failure(family.cases[family.root].reference, error))
        for letter in sorted(family.owed(), key=lambda each: each.number):
            waits = self.waiting.get(letter.number, letter)  # or it goes later
            self._letter(family, waits, None)
        self._dates(before, family, until.date())
        return self.future, family

    def _next(self, family: Family) -> datetime | None:
        """When the next timer wakes, or a letter goes that waits."""
        return min((at for at in (family.next_due(), self.going.next()) if at), default=None)

    def _stop(self, family: Family, now: datetime) -> Family:
        """Let happen what is due, and write what goes by then."""
        decision = self.families.with_others(family, lambda whole: fire(whole, now, self.downtime))
        if decision is not None:
            self._tell(decision)
            family = decision.after
        gone = self.going.by(self.families, family, now)
        for planned in self.going.asked:
            self._note_wait(planned)
        return with_ends(
            family, {each.letter.number: self._end(family, each, now) for each in gone}
        )

    def _tell(self, decision: Decision) -> None:
        for plan in decision.plans:
            reference = plan.before.reference
            if plan.moved and plan.left != plan.entered and plan.before.version:
                state = ForetoldState(plan.at, reference, plan.left, plan.entered)
                self.future.states.append(state)
            self._flag(plan)
        for letter in (*decision.letters, *decision.ended.values()):
            if letter.state != OWED:
                self._letter(decision.after, letter, None)

    def _flag(self, plan: Plan) -> None:
        facts, before = plan.after.facts, plan.before
        known = before.facts.get("severity") if before.version else None
        if "flag" in facts and "severity" in facts and facts["severity"] != known:
            self.future.flags.append(
                ForetoldFlag(
                    plan.at,
                    before.reference.rpartition("/")[0] or before.reference,
                    str(facts["flag"]),
                    str(facts["severity"]),
                    str(facts.get("cause", "")),
                )
            )

    def _note_wait(self, planned: Planned) -> None:
        """A letter whose reader is away, or that a person holds back, waits: it is told once, as it
        goes, or as withheld where it does not.
        """
        found = planned.found
        if found.state == WAITS:
            reason = self._by_whom(found)
            self.waiting[found.number] = replace(found, state=WITHHELD, reason=reason)

    def _by_whom(self, letter: Letter) -> str:
        """Why a letter waits, and who of the office decided so, where somebody did."""
        last = self.acts.get(letter.number, ())[-1:]
        why = f": {letter.held.why}" if letter.held is not None else ""
        if not last or not why or not letter.reason.endswith(why):
            return letter.reason
        return f"{letter.reason.removesuffix(why)} by {last[0].by}{why}"

    def _end(self, family: Family, planned: Planned, now: datetime) -> Letter:
        """How a letter ends: written and taken, or not, and why."""
        found = planned.found
        person = family.whole(found.case_id).reader(found.owed.person)
        if found.state == OWED and person is not None:
            found = self.families.looking(family, lambda w: self._written(w, found, person, now))
        told = self._letter(family, found, person)
        if found.state == ACCEPTED:
            self.sent.append((told, going_of(family, planned)))
        return found

    def _written(self, family: Family, letter: Letter, person: Person, now: datetime) -> Letter:
        workflow, dossier = family.workflow(letter.case_id), family.whole(letter.case_id)
        view = View(workflow, dossier, now, letter.owed.facts)
        try:
            facts_of(self.families.runtime, view, letter, person)
        except LetterError as error:
            return replace(letter, state=NEEDS_HUMAN, reason=str(error))
        return replace(letter, state=ACCEPTED, settled_at=now)

    def _letter(self, family: Family, letter: Letter, person: Person | None) -> ForetoldLetter:
        told = foretold(family, letter, person)
        if not told.to and letter.owed.person is not None:  # who has left the case is named too
            gone = directory.person(self.families.session, letter.owed.person)
            told = replace(told, to=gone.name)
        waited = self.waiting.get(letter.number)
        if waited is not None and letter.state == ACCEPTED:
            told = replace(told, put_off=waited.reason.removeprefix(f"{WITHHELD}: "))
        self.future.letters.append(told)
        return told

    def _dates(self, before: Family, after: Family, until: date) -> None:
        """Milestones at risk: put off by what happens, or gone by."""
        for case_id, dossier in before.cases.items():
            later = after.cases[case_id]
            for name, dates in dossier.dates.items():
                then = later.dates[name]
                if dates.forecast is None or dates.actual is not None or then.actual is not None:
                    continue
                moved = then.forecast is not None and then.forecast > dates.forecast
                if moved or (dates.forecast < until and later.closed_at is None):
                    risk = ForetoldDate(
                        dossier.reference, name, dates.forecast, then.forecast if moved else None
                    )
                    self.future.dates.append(risk)


def failure(reference: str, error: Exception) -> str:
    """What is told of a family that cannot be foretold."""
    return f"{reference}: {error if isinstance(error, ProjectError) else repr(error)}"
