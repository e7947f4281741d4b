"""The rows of a case in the shape that folding its journal gives, to compare the two."""

from sqlalchemy import Column, Select, func, select

from engine.model.dossier import CaseId
from storage.database.columns import digest, to_mapping
from storage.database.session import Session
from storage.database.statements import Statement, given
from storage.journal.former import to_rows
from storage.journal.replay import Folded
from storage.schema.tables import (
    CASES,
    INTENTS,
    MILESTONES,
    PAUSES,
    RECORDS,
    SIGNATURES,
    STAYS,
    TIMERS,
    WAIVERS,
)

_C, _ABOVE = CASES.c, CASES.alias("above")
_CASE = Statement[
    tuple[str, str, int, int, str, str | None, bool, str, int, str, bool, str, str, str, str]
](
    select(
        _C.reference,
        _C.state,
        _C.stay,
        _C.version,
        _C.entered_at,
        _C.closed_at,
        _C.holds_place,
        _C.facts,
        _C.partnership,
        _C.former,
        _C.void,
        _C.workflow,
        _C.digest,
        _C.opened_at,
        func.coalesce(_ABOVE.c.reference, ""),
    )
    .outerjoin(_ABOVE, _ABOVE.c.id == _C.parent_id)
    .where(_C.id == given("case"))
)


def _of_case(*columns: Column[object]) -> Select[*tuple[object, ...]]:
    """Columns of one table, for one case."""
    table = columns[0].table
    return select(*columns).where(table.c.case_id == given("case"))


_S, _P, _R, _G = STAYS.c, PAUSES.c, RECORDS.c, SIGNATURES.c
_M, _W, _T, _I = MILESTONES.c, WAIVERS.c, TIMERS.c, INTENTS.c
_MARKS = Statement[tuple[str, int, str, int | None, str]](
    _of_case(_R.name, _R.number, _R.void, _R.corrects, _R.reason)
)
_STAYS = Statement[tuple[int, str, str, str | None, int]](
    _of_case(_S.number, _S.state, _S.entered_at, _S.left_at, _S.partnership).order_by(_S.number)
)
_PAUSES = Statement[tuple[str, str | None]](_of_case(_P.began_on, _P.ended_on).order_by(_P.number))
_RECORDS = Statement[tuple[str, int, str, str, int, str]](
    _of_case(_R.name, _R.number, _R.content, _R.filed_by, _R.partnership, _R.centre)
)
_SIGNATURES = Statement[tuple[str, int, str, str, str, str]](
    _of_case(_G.record, _G.number, _G.role, _G.centre, _G.person, _G.signed_on)
)
_DATES = Statement[tuple[str, int, str | None, str | None, str | None, str | None, str, bool]](
    _of_case(
        *(_M.name, _M.partnership, _M.baseline, _M.forecast),
        *(_M.actual, _M.moved_to, _M.reason, _M.agreed),
    )
)
_WAIVERS = Statement[tuple[str, int, str, str, str]](
    _of_case(_W.requirement, _W.partnership, _W.by, _W.role, _W.reason)
)
_TIMERS = Statement[tuple[int, str, str, int, str, bool, str | None, str]](
    _of_case(
        _T.stay,
        _T.ladder,
        _T.rung,
        _T.occurrence,
        _T.due_at,
        _T.graced,
        _T.settled_at,
        _T.outcome,
    )
)
_FAMILY = select(_C.root_id).where(_C.id == given("case")).scalar_subquery()
_LETTERS = Statement[tuple[str, str, str, int | None]](
    _of_case(_I.key, _I.letter, _I.audience, _I.person_id).where(_I.root_id == _FAMILY)
)


def standing(session: Session, case_id: CaseId) -> Folded:
    """A case as its rows tell it."""
    row = session.all(_CASE, case=case_id)[0]
    marks = session.all(_MARKS, case=case_id)
    return Folded(
        reference=row[0],
        opened=list(row[11:]),
        state=row[1],
        stay=row[2],
        version=row[3],
        entered_at=row[4],
        closed=row[5] is not None,
        holds_place=bool(row[6]),
        facts=to_mapping(row[7]),
        partnership=row[8],
        ended=to_rows(row[9]),
        stays={r[0]: list(r[1:]) for r in session.all(_STAYS, case=case_id)},
        pauses=[list(r) for r in session.all(_PAUSES, case=case_id)],
        records=_records(session, case_id),
        signatures={r[:4]: list(r[4:]) for r in session.all(_SIGNATURES, case=case_id)},
        dates={r[:2]: _dated(r[1:]) for r in session.all(_DATES, case=case_id)},
        waivers={
            (name, partnership): [by, role, digest(reason)]
            for name, partnership, by, role, reason in session.all(_WAIVERS, case=case_id)
        },
        timers={
            (stay, f"{ladder}/{rung}/{occurrence}"): [due_at, bool(graced), settled_at, outcome]
            for stay, ladder, rung, occurrence, due_at, graced, settled_at, outcome in session.all(
                _TIMERS, case=case_id
            )
        },
        letters={r[0]: list(r[1:]) for r in session.all(_LETTERS, case=case_id)},
        void=bool(row[10]),
        voided={(name, n): [digest(void)] for name, n, void, *_ in marks if void},
        corrects={
            (name, n): [corrects, digest(reason)]
            for name, n, _, corrects, reason in marks
            if corrects is not None
        },
    )


def _dated(row: tuple[object, ...]) -> list[object]:
    """The dates of a milestone as an entry writes them: that they are agreed only where so."""
    *written, agreed = row[1:]
    return [*written, True] if agreed else written


def _records(session: Session, case_id: CaseId) -> dict[object, list[object]]:
    rows = session.all(_RECORDS, case=case_id)
    return {(name, number): [digest(content), *more] for name, number, content, *more in rows}
