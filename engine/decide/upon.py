"""What rests on acts that go: what somebody could not have done, or not so, had they not been."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from engine.checks.records import problems
from engine.dates.view import View
from engine.decide.apart import apart, following, says_all
from engine.decide.past_acts import standing
from engine.decide.taking_back import taken_back
from engine.decide.unmet import lacking
from engine.model.definition import RESUME, STAY, SYSTEM, Transition
from engine.model.dossier import CaseId, Child, Dossier
from engine.model.family import Family
from engine.model.partners import every_version
from engine.model.past import Happened, Stood


@dataclass(frozen=True, slots=True)
class Upon:
    """A family with its whole past.

    Every later act is held against the case as it stood before it, once as it was and once
    without what goes. What can be done there all the same stays, and whatever else was done.
    """

    family: Family
    happened: tuple[Happened, ...]
    stood: Stood
    known: dict[tuple[CaseId, int], Dossier] = field(default_factory=dict)

    def resting(self, acts: tuple[int, ...]) -> tuple[int, ...]:
        """The acts that go, with all that rests on them, in their order; by their turns."""
        gone = list(acts)
        for each in standing(self.happened):
            is_later = each.turn == each.act and each.turn > acts[0] and each.act not in gone
            if is_later and self._rests(each, gone):
                gone.append(each.act)
        return tuple(gone)

    def within(self, family: Family) -> "Upon":
        """The same of the family with what it knows of others."""
        return replace(self, family=family)

    def _rests(self, done: Happened, gone: list[int]) -> bool:
        if self._would_not_be(done.case, gone):
            return True
        own = self._entries(done.act)
        filed = {(e.case, *row) for act in gone for e in self._entries(act) for row in e.records}
        if any((each.case, *row) in filed for each in own for row in each.signed):
            return True
        if any(self._is_built(each.case, row, filed) for each in own for row in each.records):
            return True
        if done.role == SYSTEM:
            return self._moves(done) and self._stands_elsewhere(done, gone)
        return done.kind == "triggered" and not self._is_taken_anyway(done, gone)

    def _would_not_be(self, case: CaseId, gone: list[int]) -> bool:
        """Whether a case was opened by what goes, or by the clock where its parent would not be."""
        opening = next((e for e in self.happened if e.case == case and e.opens), None)
        if opening is None or opening.turn < gone[0]:
            return False
        first = self._entries(opening.act)[0]
        if opening.act in gone or self._would_not_be(first.case, gone):
            return True
        return first.role == SYSTEM and self._stands_elsewhere(first, gone)

    def _is_built(
        self, case: CaseId, row: tuple[str, int], filed: set[tuple[CaseId, str, int]]
    ) -> bool:
        """Whether a version repeats all that one which goes said, and is none without it."""
        name, number = row
        every = every_version(self.family.cases[case])[name]
        built = next(each for each in every if each.number == number)
        versions = following(self.family, case, name, built)
        fields = self.family.workflow(case).records[name].fields
        gone = {n for of, what, n in filed if (of, what) == (case, name) and n < number}
        wrong = (each for each in versions if each.number in gone)
        return any(
            says_all(versions, each, built) and problems(fields, apart(versions, each, built))
            for each in wrong
        )

    def _moves(self, done: Happened) -> bool:
        return self._before(done.case, done.turn).stay != done.stay

    def _stands_elsewhere(self, done: Happened, gone: list[int]) -> bool:
        was = self._before(done.case, done.turn)
        return was.stay != self._without(done.case, done.turn, gone).stay

    def _is_taken_anyway(self, done: Happened, gone: list[int]) -> bool:
        """Whether the same step leads to the same state, and lacks nothing that it had."""
        touched = self._touched(gone)
        was = self._at_once(done, touched, gone).whole(done.case)
        so = self._at_once(done, touched, []).whole(done.case)
        workflow = self.family.workflow(done.case)
        steps = [s for s in workflow.transitions if s.trigger == done.what]
        if was.partnership != so.partnership:
            return False  # with the partnership that goes on after all
        is_same = was.stay == so.stay
        leads = [s for s in steps if was.state in s.sources and _leads_there(s, done)]
        if not leads:
            return is_same
        if not is_same and workflow.state(done.entered).pauses:
            return False  # it would lead back to where the case would not have been
        without_it, then = View(workflow, was, done.at), View(workflow, so, done.at)
        return any(not set(_lacks(step, without_it)) - set(_lacks(step, then)) for step in leads)

    def as_if(self, done: Happened, gone: list[int]) -> Family:
        """The family before an act, had what goes not been."""
        return self._at_once(done, self._touched(gone), gone)

    def _touched(self, gone: list[int]) -> set[CaseId]:
        return {each.case for act in gone for each in self._entries(act)}

    def _at_once(self, done: Happened, touched: set[CaseId], gone: list[int]) -> Family:
        """The family before an act: the case of it, and those that what goes has touched."""
        every = sorted(touched | {done.case})
        cases = {case: self._without(case, done.turn, gone) for case in every}
        return replace(
            self.family,
            cases={**self.family.cases, **cases},
            children={
                above: tuple(_line(each, cases) for each in lines)
                for above, lines in self.family.children.items()
            },
        )

    def _without(self, case: CaseId, turn: int, gone: list[int]) -> Dossier:
        """A case before a turn, had what goes not been."""
        found = self._before(case, turn)
        for act in reversed(gone):
            versions = [each.version for each in self._entries(act) if each.case == case]
            if versions and min(versions) > 1 and act < turn:
                before, after = self.at(case, min(versions) - 1), self.at(case, max(versions))
                found = taken_back(before, after, found, "")
        return found

    def _before(self, case: CaseId, turn: int) -> Dossier:
        """As it stood before a turn; a case that was opened later, as it began."""
        entries = (e.version for e in self.happened if e.case == case and e.turn < turn)
        return self.at(case, max(entries, default=1))

    def at(self, case: CaseId, version: int) -> Dossier:
        place = (case, version)
        if place not in self.known:
            self.known[place] = self.stood(case, version)
        return self.known[place]

    def _entries(self, act: int) -> list[Happened]:
        return [each for each in self.happened if each.act == act]


def _leads_there(step: Transition, done: Happened) -> bool:
    if step.target == STAY:
        return done.left == done.entered
    return step.target in {done.entered, RESUME}


def _lacks(step: Transition, view: View) -> Iterator[tuple[str, str]]:
    for requirement in step.requires:
        yield from ((requirement.name, each.detail) for each in lacking(view, requirement))


def _line(line: Child, cases: Mapping[CaseId, Dossier]) -> Child:
    """The line of a case among the children of its parent, as it read then."""
    case = cases.get(line.id)
    if case is None:
        return line
    return replace(
        line, state=case.state, closed_at=case.closed_at, facts=case.facts, void=case.void
    )
