"""The rows of a case in the shape that folding its journal gives, to compare the two."""

from engine.model.dossier import CaseId
from storage.database.columns import digest, to_mapping
from storage.database.session import Session
from storage.database.statements import Statement
from storage.journal.replay import Folded

_CASE = Statement[tuple[str, str, int, int, str, str | None, bool, str, str, str, str, str]](
    """SELECT c.reference, c.state, c.stay, c.version, c.entered_at, c.closed_at, c.holds_place,
        c.facts, c.workflow, c.digest, c.opened_at, COALESCE(p.reference, '')
    FROM cases c LEFT JOIN cases p ON p.id = c.parent_id WHERE c.id = :case"""
)
_VISITS = Statement[tuple[int, str, str, str | None]](
    "SELECT number, state, entered_at, left_at FROM stays WHERE case_id = :case ORDER BY number"
)
_PAUSES = Statement[tuple[str, str | None]](
    "SELECT began_on, ended_on FROM pauses WHERE case_id = :case ORDER BY number"
)
_RECORDS = Statement[tuple[str, int, str, str, str]](
    "SELECT name, number, content, filed_by, centre FROM records WHERE case_id = :case"
)
_SIGNATURES = Statement[tuple[str, int, str, str, str, str]](
    "SELECT record, number, role, centre, person, signed_on FROM signatures WHERE case_id = :case"
)
_DATES = Statement[tuple[str, str | None, str | None, str | None, str | None, str]](
    """SELECT name, baseline, forecast, actual, moved_to, reason FROM milestones
    WHERE case_id = :case"""
)
_WAIVERS = Statement[tuple[str, str, str, str]](
    "SELECT requirement, by, role, reason FROM waivers WHERE case_id = :case"
)
_TIMERS = Statement[tuple[int, str, str, int, str, bool, str | None, str]](
    """SELECT stay, ladder, rung, occurrence, due_at, graced, settled_at, outcome FROM timers
    WHERE case_id = :case"""
)
_LETTERS = Statement[tuple[str, str, str, int | None]](
    """SELECT key, letter, audience, person_id FROM intents
    WHERE root_id = (SELECT root_id FROM cases WHERE id = :case) AND case_id = :case"""
)


def standing(session: Session, case_id: CaseId) -> Folded:
    """A case as its rows tell it."""
    row = session.all(_CASE, case=case_id)[0]
    return Folded(
        reference=row[0],
        opened=list(row[8:]),
        state=row[1],
        visit=row[2],
        version=row[3],
        entered_at=row[4],
        closed=row[5] is not None,
        holds_place=bool(row[6]),
        facts=to_mapping(row[7]),
        visits={r[0]: list(r[1:]) for r in session.all(_VISITS, case=case_id)},
        pauses=[list(r) for r in session.all(_PAUSES, case=case_id)],
        records={
            (name, number): [digest(content), by, centre]
            for name, number, content, by, centre in session.all(_RECORDS, case=case_id)
        },
        signatures={r[:4]: list(r[4:]) for r in session.all(_SIGNATURES, case=case_id)},
        dates={r[0]: list(r[1:]) for r in session.all(_DATES, case=case_id)},
        waivers={
            name: [by, role, digest(reason)]
            for name, by, role, reason in session.all(_WAIVERS, case=case_id)
        },
        timers={
            (visit, f"{ladder}/{rung}/{occurrence}"): [due_at, bool(graced), settled_at, outcome]
            for visit, ladder, rung, occurrence, due_at, graced, settled_at, outcome in session.all(
                _TIMERS, case=case_id
            )
        },
        letters={r[0]: list(r[1:]) for r in session.all(_LETTERS, case=case_id)},
    )
