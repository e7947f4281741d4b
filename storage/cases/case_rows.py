"""The row of a case: opened, and moved on from the version it was decided on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select, update

from engine.model.dossier import CaseId, Dossier
from engine.model.plan import Plan
from storage.database.columns import from_instant, from_json, from_optional_instant
from storage.database.session import Session
from storage.database.statements import Change, Statement, by_name, given, insert_into
from storage.errors import StaleDossierError
from storage.journal.former import NONE, from_ended
from storage.schema.tables import CASES


@dataclass(slots=True)
class Heads:
    """The last journal entry of each case by its hash, and how many a family has in all."""

    of: dict[CaseId, str]
    entries: int


_BEGINS = {
    "stay": 0,
    "version": 0,
    "closed_at": None,
    "holds_place": False,
    "former": NONE,
    "void": False,
}
_INSERT = Statement[tuple[int]](
    insert_into(CASES, **_BEGINS, interrupted=None, head="").returning(CASES.c.id)
)
_HEADS = Statement[tuple[int, int, str]](
    select(CASES.c.id, CASES.c.version, CASES.c.head).where(CASES.c.root_id == given("root"))
)
_MOVE = Change(
    update(CASES)
    .where(CASES.c.id == given("case"), CASES.c.version == given("before"))
    .values(
        by_name(
            CASES.c.state,
            CASES.c.stay,
            CASES.c.version,
            CASES.c.entered_at,
            CASES.c.closed_at,
            CASES.c.holds_place,
            CASES.c.facts,
            CASES.c.interrupted,
            CASES.c.head,
            CASES.c.partnership,
            CASES.c.former,
            CASES.c.void,
            CASES.c.digest,
        )
    )
)


def insert(session: Session, row: Mapping[str, object]) -> CaseId:
    """A case at version 0: it is for ``Started`` to begin its first stay."""
    return CaseId(session.all(_INSERT, **row)[0][0])


def open_child(session: Session, child: Dossier, *, root: CaseId, parent: CaseId) -> CaseId:
    """The row of a case that a decision opens."""
    row = {
        "parent_id": parent,
        "root_id": root,
        "workflow": child.workflow,
        "digest": child.digest,
        "reference": child.reference,
        "state": child.state,
        "entered_at": from_instant(child.entered_at),
        "opened_at": from_instant(child.opened_at),
        "facts": from_json(child.facts),
        "partnership": child.partnership,
    }
    return insert(session, row)


def heads(session: Session, root: CaseId, plans: Iterable[Plan]) -> Heads:
    """The head of each journal in the family; StaleDossierError when a case moved on meanwhile."""
    rows = {number: (version, head) for number, version, head in session.all(_HEADS, root=root)}
    for plan in _first(plans).values():
        if plan.case_id not in rows or rows[plan.case_id][0] != plan.before.version:
            raise stale(plan.before)
    of = {CaseId(number): head for number, (_, head) in rows.items()}
    return Heads(of, sum(version for version, _ in rows.values()))


def move(session: Session, plans: Iterable[Plan], heads: Heads) -> None:
    """Every case where its last plan leaves it."""
    listed = tuple(plans)
    first, last = _first(listed), {plan.case_id: plan for plan in listed}
    rows = [_moved(first[case], plan, heads.of[case]) for case, plan in last.items()]
    session.later(_MOVE, rows, unless=stale(listed[0].before))


def stale(dossier: Dossier) -> StaleDossierError:
    return StaleDossierError(
        f"{dossier.reference} moved on since version {dossier.version}; look at it and try again"
    )


def _first(plans: Iterable[Plan]) -> dict[CaseId, Plan]:
    found: dict[CaseId, Plan] = {}
    for plan in plans:
        found.setdefault(plan.case_id, plan)
    return found


def _moved(first: Plan, last: Plan, head: str) -> dict[str, object]:
    after = last.after
    return {
        "case": last.case_id,
        "before": first.before.version,
        "version": after.version,
        "state": after.state,
        "stay": after.stay,
        "entered_at": from_instant(after.entered_at),
        "closed_at": from_optional_instant(after.closed_at),
        "holds_place": last.holds_place,
        "facts": from_json(after.facts),
        "interrupted": next(iter(after.earlier), None),
        "head": head,
        "partnership": after.partnership,
        "former": from_ended(after.former.ended),
        "void": after.void,
        "digest": after.digest,
    }
