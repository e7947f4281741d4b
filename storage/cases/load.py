"""From rows to a family: a fixed number of questions, however many cases it has."""

from collections.abc import Callable, Mapping
from operator import is_
from typing import NamedTuple

from engine.model.definition import Workflow
from engine.model.dossier import EMPTY_TIMERS, CaseId, Child, Dossier
from engine.model.evidence import Former
from engine.model.family import Definitions, Family
from engine.model.partners import parted
from storage.cases import family_parts
from storage.cases.family_parts import Parts
from storage.cases.family_rows import CaseRow, FamilyRows
from storage.database.columns import to_instant, to_mapping, to_optional_instant
from storage.database.session import Session
from storage.errors import NotFoundError
from storage.journal.former import to_ended

_MOST = 64  # families that are kept as they were read last


class Known(NamedTuple):
    """The definitions a family is read with: by digest, and the current ones by name."""

    workflow: Callable[[str], Workflow]
    current: Mapping[str, Workflow]


def load_family(session: Session, case_id: CaseId, known: Known, *, lock: bool = True) -> Family:
    """The family a case belongs to: its root, every open descendant, and this very case.

    In a writing transaction the root is locked first, so that two decisions of one family follow
    one another. NotFoundError: there is no such case.
    """
    rows = FamilyRows(case_id)
    locks = (rows.lock,) if lock and session.locks_rows else ()
    session.together(*locks, *rows.reads())
    every = rows.family.rows
    if not every:
        raise NotFoundError(f"there is no case {case_id}")
    root = CaseId(every[0][2])
    kept = [row for row in every if row[11] is None or row[0] in {root, case_id}]
    pinned = {digest: known.workflow(digest) for digest in sorted({row[4] for row in kept})}
    read = _Read(tuple(each.rows for each in rows.reads()), (known.current, *pinned.values()))
    # A closed case is in the family that was asked for it, and in no other.
    place = root, next((row[0] for row in kept if row[0] == case_id and row[11]), None)
    before = _last.get(place)
    if before is not None and before[0].is_same(read):
        return before[1]
    family = _family(rows, kept, Definitions(pinned, known.current))
    _last[place] = read, family
    for old in [*_last][:-_MOST]:
        _last.pop(old, None)
    return family


class _Read(NamedTuple):
    """All that a family is made of: its rows, and the very definitions they are read with."""

    rows: tuple[list[object], ...]
    definitions: tuple[object, ...]

    def is_same(self, other: "_Read") -> bool:
        mine, theirs = self.definitions, other.definitions
        known = len(mine) == len(theirs) and all(map(is_, mine, theirs))
        return known and self.rows == other.rows


# A family is a value, and most are read again as they were: for each reader of a letter, at each
# beat. What was worked out of it then, days above all, need not be worked out again.
_last: dict[tuple[CaseId, int | None], tuple[_Read, Family]] = {}


def _family(rows: FamilyRows, kept: list[CaseRow], definitions: Definitions) -> Family:
    every, parts, pinned = rows.family.rows, family_parts.parts(rows), definitions.pinned
    return Family(
        root=CaseId(every[0][2]),
        definitions=definitions,
        cases={CaseId(row[0]): _dossier(row, parts, pinned[row[4]]) for row in kept},
        parents={CaseId(row[0]): CaseId(row[1]) for row in kept if row[1] is not None},
        children=_children(every, kept),
        letters=parts.letters,
        people=tuple(person for case, person in parts.people if case is None),
        held=parts.held,
    )


def _dossier(row: CaseRow, parts: Parts, workflow: Workflow) -> Dossier:
    """A case bare, as a family holds it; what was with former partners stands apart."""
    case, stay = CaseId(row[0]), row[7]
    waivers = parts.waivers.get(case, ())
    partnership = row[14]
    whole = Dossier(
        id=case,
        workflow=row[3],
        digest=row[4],
        reference=row[5],
        state=row[6],
        stay=stay,
        version=row[8],
        entered_at=to_instant(row[9]),
        opened_at=to_instant(row[10]),
        office=parts.office,
        closed_at=to_optional_instant(row[11]),
        facts=to_mapping(row[12]),
        stays=parts.stays.get(case, ()),
        pauses=parts.pauses.get(case, ()),
        records=parts.records.get(case, {}),
        dates=parts.dates.get(case, {}),
        waivers={w.requirement: w for w in waivers if w.partnership == partnership},
        people=tuple(person for of, person in parts.people if of is None or of == case),
        parties=parts.parties.get(case, {}),
        timers=parts.timers.get((case, stay), ()),
        earlier=EMPTY_TIMERS
        if row[13] is None
        else {row[13]: parts.timers.get((case, row[13]), ())},
        partnership=partnership,
        void=bool(row[16]),
        former=Former(
            ended=to_ended(row[15]),
            waivers=tuple(w for w in waivers if w.partnership != partnership),
        ),
    )
    return parted(workflow, whole)


def _children(every: list[CaseRow], kept: list[CaseRow]) -> dict[CaseId, tuple[Child, ...]]:
    """A line for each child, closed ones too, by its parent."""
    lines: dict[CaseId, list[Child]] = {CaseId(row[0]): [] for row in kept}
    for row in every:
        if row[1] is not None and row[1] in lines:
            lines[CaseId(row[1])].append(
                Child(
                    id=CaseId(row[0]),
                    workflow=row[3],
                    state=row[6],
                    opened_at=to_instant(row[10]),
                    closed_at=to_optional_instant(row[11]),
                    facts=to_mapping(row[12]),
                    partnership=row[14],
                    void=bool(row[16]),
                )
            )
    return {case: tuple(each) for case, each in lines.items()}
