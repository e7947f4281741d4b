"""What happened in a family, and its cases as they stood, folded out of their journals."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from sqlalchemy import select

from engine.model.definition import Workflow
from engine.model.dossier import CaseId, Dossier
from engine.model.past import Happened
from storage.database.columns import digest, to_instant
from storage.database.session import Session
from storage.database.statements import Statement, given
from storage.journal.replay import Folded, Row, follow
from storage.journal.unfolding import Unfolding
from storage.schema.tables import CASES, JOURNAL, TIMERS

_J, _T = JOURNAL.c, TIMERS.c
_ENTRIES = Statement[tuple[int, int, str, str, str]](
    select(_J.case_id, _J.seq, _J.at, _J.entry, _J.note)
    .join(CASES, CASES.c.id == _J.case_id)
    .where(CASES.c.root_id == given("root"))
    .order_by(_J.case_id, _J.seq)
)
_NOT_BEFORE = Statement[tuple[int, int, str, str, int, str]](
    select(_T.case_id, _T.stay, _T.ladder, _T.rung, _T.occurrence, _T.not_before).where(
        _T.root_id == given("root"), _T.not_before.is_not(None)
    )
)


Workflows = Callable[[str], Workflow]  # by their digests


@dataclass(slots=True)
class Journals:
    """All entries of a family, by case, the oldest first."""

    entries: dict[CaseId, list[tuple[str, str]]] = field(default_factory=dict)  # entry, note
    happened: tuple[Happened, ...] = ()  # those whose turn is known, in their order
    # What no journal says: the moment before which a timer is not due.
    not_before: dict[CaseId, dict[tuple[int, str], datetime]] = field(default_factory=dict)

    def at(self, now: Dossier, workflows: Workflows, version: int) -> Dossier:
        """A case as it stood at a version; who takes part is as it is now."""
        folded, notes = Folded(), dict[str, tuple[str, str]]()
        for text, note in self.entries[now.id][:version]:
            follow(folded, text)
            if note:
                notes[digest(note)] = (note, cast(str, json.loads(text)["at"]))
        not_before = self.not_before.get(now.id, {})
        workflow = workflows(str(folded.opened[1]))
        return Unfolding(now, workflow, folded, notes, not_before).dossier()


def read(session: Session, root: CaseId) -> Journals:
    found, happened = Journals(), []
    for case, seq, at, text, note in session.all(_ENTRIES, root=root):
        found.entries.setdefault(CaseId(case), []).append((text, note))
        entry = cast("Mapping[str, object]", json.loads(text))
        if "turn" in entry:
            happened.append(_happened(CaseId(case), seq, at, entry))
    found.happened = tuple(sorted(happened, key=lambda each: each.turn))
    for case, stay, ladder, rung, occurrence, at in session.all(_NOT_BEFORE, root=root):
        key = (stay, f"{ladder}/{rung}/{occurrence}")
        found.not_before.setdefault(CaseId(case), {})[key] = to_instant(at)
    return found


def _happened(case: CaseId, seq: int, at: str, entry: Mapping[str, object]) -> Happened:
    words = cast("Mapping[str, str]", entry)
    numbers = cast("Mapping[str, int]", entry)
    records = cast("list[Row]", entry.get("records", []))
    signed = cast("list[Row]", entry.get("signatures", []))
    return Happened(
        turn=numbers["turn"],
        act=numbers["act"],
        case=case,
        version=seq,
        kind=words["kind"],
        what=words.get("what", ""),
        by=words["by"],
        role=words["role"],
        at=to_instant(at),
        left=words["from"],
        entered=words["to"],
        stay=numbers["visit"],
        records=tuple((str(name), cast(int, number)) for name, number, *_ in records),
        signed=tuple((str(name), cast(int, number)) for name, number, *_ in signed),
        took_back=numbers.get("took_back"),
        took_along=tuple(cast("list[int]", entry.get("took_along", []))),
        along="along" in entry,
        handed=_handed(entry),
    )


def _handed(entry: Mapping[str, object]) -> tuple[str, str] | None:
    said = cast("list[str]", entry.get("handed", []))
    return (said[0], said[1]) if said else None
