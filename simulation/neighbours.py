"""What families in memory hold of which others want to know: places, and dates of people."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from engine.checks.hierarchy import load_roles
from engine.model.definition import Workflow
from engine.model.dossier import CaseId, Dossier, Person, PersonId
from engine.model.family import Family
from engine.model.others import Dated, Others
from engine.model.partners import is_asked
from engine.model.plan import Plan

Workflows = Callable[[str], Workflow]  # the definition with this digest


@dataclass(slots=True)
class Neighbours:
    """Every family as it stands; those of a person or centre are found without looking at all."""

    families: dict[CaseId, Family] = field(default_factory=dict)
    _holders: defaultdict[str, set[CaseId]] = field(default_factory=lambda: defaultdict(set))
    # Whoever is named here may have left meanwhile: the family itself is asked.
    _of: defaultdict[PersonId, set[CaseId]] = field(default_factory=lambda: defaultdict(set))
    _at: defaultdict[str, set[CaseId]] = field(default_factory=lambda: defaultdict(set))

    def meet(self, family: Family) -> None:
        """People and centres of a family are known from now on."""
        root = family.cases[family.root]
        for person in root.people:
            self._of[person.id].add(root.id)
        for parties in root.parties.values():
            for party in parties:
                self._at[party.key].add(root.id)

    def hold(self, plan: Plan) -> None:
        """A case takes a place with a step, or frees it."""
        holders = self._holders[plan.before.workflow]
        (holders.add if plan.holds_place else holders.discard)(plan.case_id)

    def waiting(self, workflow: str, root: CaseId) -> Iterator[CaseId]:
        """The other open families of a workflow that hold no place."""
        for family in self.families.values():
            case = family.cases[family.root]
            is_meant = case.workflow == workflow and case.closed_at is None and case.id != root
            if is_meant and case.id not in self._holders[workflow]:
                yield case.id

    def others(self, dossier: Dossier, workflows: Workflows, reads: frozenset[str]) -> Others:
        """What is asked for of the other cases, nothing else."""
        of_places = "places" in reads
        holders = self._holders[dossier.workflow] - {dossier.id} if of_places else set()
        asking = self._asking(dossier) if of_places else set()
        dates = self._dates(dossier, workflows) if "load" in reads else ()
        holding, asked = (dict(self._sharing(dossier, each)) for each in (holders, asking))
        return Others(len(holders), holding, asked, tuple(dates))

    def _asking(self, dossier: Dossier) -> set[CaseId]:
        """The other open families at its centres that have asked their partner."""
        parties = [party for there in dossier.parties.values() for party in there]
        near = {root for party in parties for root in self._at[party.key]} - {dossier.id}
        return {root for root in near if self._asks(root, dossier.workflow)}

    def _asks(self, root: CaseId, workflow: str) -> bool:
        family = self.families[root]
        case = family.cases[root]
        meant = case.workflow == workflow and case.closed_at is None
        return meant and bool(is_asked(family.workflow(root), case))

    def _sharing(
        self, dossier: Dossier, holders: set[CaseId]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """By side the references of those who hold a place with the same centre."""
        for side, parties in sorted(dossier.parties.items()):
            found = sorted(
                self.families[root].cases[root].reference
                for party in parties
                for root in self._at[party.key] & holders
                for there in self.families[root].cases[root].parties.values()
                for other in there
                if other.key == party.key
            )
            if found:
                yield side, tuple(found)

    def _dates(self, dossier: Dossier, workflows: Workflows) -> Iterator[Dated]:
        """Meetings in every other case of those whose load this one asks about."""
        root = _root(dossier)
        people = {each.id: each for each in root.people}
        for role in load_roles(workflows(dossier.digest)):
            own = {each.id for each in root.people if each.role == role}
            for person in sorted((people[each] for each in own), key=lambda each: each.key):
                yield from self._meetings(person, role, dossier.id)

    def _meetings(self, person: Person, role: str, asking: CaseId) -> Iterator[Dated]:
        for root in sorted(self._of[person.id]):
            family = self.families[root]
            if person.id not in _playing(family.cases[root], role):
                continue
            for case_id, case in family.cases.items():
                if case.closed_at is not None or case_id == asking:
                    continue
                states = family.workflow(case_id).states
                for name, dates in sorted(case.dates.items()):
                    kind = states[name].meets if name in states else ""
                    if kind and dates.actual is None and dates.agreed and dates.forecast:
                        yield Dated(role, person.key, kind, dates.forecast)


def _root(dossier: Dossier) -> Dossier:
    return dossier if dossier.parent is None else _root(dossier.parent.dossier)


def _playing(root: Dossier, role: str) -> frozenset[PersonId]:
    """Whose a family is in a role: those named for it, else those of the whole programme."""
    named = [each for each in root.people if each.role == role]
    own = [each for each in named if not each.general]
    return frozenset(each.id for each in own or named)
