"""Families kept in memory: a simulation decides on them, and no row of theirs is written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from heapq import heappop, heappush

from engine.decide.ends import OWED
from engine.decide.fire import with_ends
from engine.model.decision import Decision
from engine.model.dossier import CaseId, Dossier
from engine.model.family import FRESH, Family, Letter
from engine.model.others import Others
from engine.model.outcomes import Assigned, Refreshed, Started, Undeliverable, WroteBack
from engine.model.plan import Plan
from engine.model.putting_right import Cause
from runtime.families import Families
from runtime.letter_times import Planned
from runtime.letters_going import LettersGoing
from simulation.neighbours import Neighbours, Workflows
from storage.cases.load import Known, load_family
from storage.cases.write import relieve
from storage.database.transactions import Session

_EACH = 1 << 20  # numbers for each family: more than it will ever use
# What happens once people or centres of a case were changed in their rows.
_NEWS = (Started, Assigned, Refreshed, Undeliverable, WroteBack)


class Memory:
    """A store of families. People and centres are read of rows, again when they changed.

    A root is opened in rows, since its people and centres are entered for it; there it stays as it
    began.
    """

    def __init__(self, known: Known) -> None:
        self._known = known
        self._neighbours = Neighbours()
        self._families = self._neighbours.families
        self._roots: dict[CaseId, CaseId] = {}
        self._places: dict[CaseId, int] = {}  # in the order they were opened
        self._stale: set[CaseId] = set()
        self._changed: set[CaseId] = set()
        self._wakes: dict[CaseId, datetime | None] = {}
        self._due: list[tuple[datetime, CaseId]] = []
        self._going: dict[CaseId, LettersGoing] = defaultdict(LettersGoing)
        self._owing: set[CaseId] = set()  # families of which is to be asked when their letters go
        self._looking: set[CaseId] = set()
        self.ended: list[tuple[str, Letter]] = []  # letters with an end, by reference of the pair

    def load(self, session: Session, case_id: CaseId, _known: Known, *, lock: bool) -> Family:  # noqa: ARG002 - as rows do
        root = self._roots.get(case_id)
        if root is None:
            read = load_family(session, case_id, self._known, lock=False)
            first = FRESH + case_id * _EACH
            self._keep(replace(read, next_case=CaseId(first), next_letter=first))
        elif root in self._stale:
            self._renew(session, self._families[root])
        return self._families[self._roots[case_id]]

    def renewed(self, session: Session, family: Family, event: Cause) -> Family:
        return self._renew(session, family) if isinstance(event, _NEWS) else family

    def others(
        self, _session: Session, dossier: Dossier, workflows: Workflows, reads: frozenset[str]
    ) -> Others:
        return self._neighbours.others(dossier, workflows, reads)

    def write(self, session: Session, decision: Decision, _now: datetime) -> tuple[Plan, ...]:
        # What other families held was true for this decision only.
        after = decision.after
        self._keep(replace(after, others={}) if after.others else after)
        relieve(session, decision.plans)
        for plan in decision.plans:
            self._neighbours.hold(plan)
        for workflow in decision.frees:
            self._looking.update(self._neighbours.waiting(workflow, after.root))
        for letter in (*decision.letters, *decision.ended.values()):
            if letter.state == OWED:
                self._owing.add(after.root)
            else:
                self._tell(after, letter)
        return decision.plans

    def next_due(self) -> datetime | None:
        """When the next timer of any family wakes."""
        for root in self._changed:
            due = self._wakes[root] = self._families[root].next_due()
            if due is not None:
                heappush(self._due, (due, root))
        self._changed.clear()
        while self._due and self._wakes[self._due[0][1]] != self._due[0][0]:
            heappop(self._due)  # moved or settled meanwhile
        return self._due[0][0] if self._due else None

    def due(self, now: datetime) -> list[CaseId]:
        """Families with timers due, the oldest first."""
        found: dict[CaseId, tuple[datetime, int]] = {}
        while (due := self.next_due()) is not None and due <= now:
            _, root = heappop(self._due)
            first = self._families[root].due(now)[0]
            found[root] = (due, self._places[first.case_id])
        self._changed.update(found)
        return sorted(found, key=lambda root: found[root])

    def look_again(self) -> CaseId | None:
        """The next family that waits for what another one freed; it waits no more."""
        root = min(self._looking, default=None)
        self._looking -= {root}
        return root

    def owed(self) -> Iterator[tuple[str, Letter]]:
        """The letters that have no end yet, each with the reference of its pair."""
        for family in self._families.values():
            reference = family.cases[family.root].reference
            yield from ((reference, letter) for letter in family.owed())

    def next_letter(self) -> datetime | None:
        """When the next letter goes, of those that wait."""
        return min((at for each in self._going.values() if (at := each.next())), default=None)

    def going(self, families: Families) -> list[tuple[CaseId, Planned]]:
        """The letters that go now, in the order they were owed, with the roots of their families:
        they wait no more.
        """
        now = families.now
        due = {root for root, each in self._going.items() if (at := each.next()) and at <= now}
        found = [
            (root, planned)
            for root in sorted(due | self._owing)
            for planned in self._going[root].by(families, families.load(root), now)
        ]
        self._owing.clear()
        return sorted(found, key=lambda each: each[1].letter.number)

    def end(self, root: CaseId, ends: Iterable[Letter]) -> None:
        """Letters of a family have come to their ends."""
        by_number: Mapping[int, Letter] = {letter.number: letter for letter in ends}
        family = with_ends(self._families[root], dict(by_number))
        for letter in by_number.values():
            self._tell(family, letter)
        self._keep(_without_closed(family))

    def is_open(self, root: CaseId) -> bool:
        """Whether a root goes on: its row does not say so."""
        return self._families[root].cases[root].closed_at is None

    def people_changed(self) -> None:
        """Rows of people were changed: every family asks for its own before it goes on."""
        self._stale.update(self._families)

    def _tell(self, family: Family, letter: Letter) -> None:
        self.ended.append((family.cases[family.root].reference, letter))

    def _keep(self, family: Family) -> None:
        self._families[family.root] = family
        self._changed.add(family.root)
        for case_id in family.cases:
            if case_id not in self._roots:
                self._roots[case_id] = family.root
                self._places[case_id] = len(self._places)
                self._neighbours.meet(family)

    def _renew(self, session: Session, family: Family) -> Family:
        read = load_family(session, family.root, self._known, lock=False)
        root = read.cases[family.root]
        cases = {
            case_id: replace(
                case,
                people=root.people if case_id == root.id else read.people,
                parties=root.parties if case_id == root.id else case.parties,
                office=root.office,
            )
            for case_id, case in family.cases.items()
        }
        family = replace(family, cases=cases, people=read.people)
        self._stale.discard(family.root)
        self._keep(family)
        self._neighbours.meet(family)
        return family


def _without_closed(family: Family) -> Family:
    """The family as rows would give it: without closed cases that owe nothing any more."""
    owing = {letter.case_id for letter in family.owed()}
    kept = {
        case_id: case
        for case_id, case in family.cases.items()
        if case.closed_at is None or case_id == family.root or case_id in owing
    }
    if len(kept) == len(family.cases):
        return family
    return replace(
        family,
        cases=kept,
        parents={case_id: above for case_id, above in family.parents.items() if case_id in kept},
        children={case_id: each for case_id, each in family.children.items() if case_id in kept},
        letters={key: each for key, each in family.letters.items() if key[0] in kept},
    )
