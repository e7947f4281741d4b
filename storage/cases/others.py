"""What the programme's other cases hold, as far as a check asks: places, and dates of people."""

from collections.abc import Callable, Iterator
from datetime import date

from engine.checks.hierarchy import load_roles
from engine.model.definition import Workflow
from engine.model.dossier import CaseId, Dossier
from engine.model.others import Dated, Others
from storage.database.session import Session
from storage.database.statements import Statement

_ACTIVE = Statement[tuple[int]](
    """SELECT count(*) FROM cases
    WHERE workflow = :workflow AND holds_place AND id <> :case"""
)
_SHARING = Statement[tuple[str, str]](
    """SELECT mine.side, c.reference FROM parties mine
        JOIN parties theirs ON theirs.centre_id = mine.centre_id AND theirs.case_id <> mine.case_id
        JOIN cases c ON c.id = theirs.case_id
    WHERE mine.case_id = :case AND c.workflow = :workflow AND c.holds_place
    ORDER BY mine.side, c.reference"""
)
# Whose a case is in a role: those named for it, else those named for the whole programme.
_DATED = Statement[tuple[str, int, str, str, str]](
    """SELECT DISTINCT p.key, c.id, c.digest, m.name, m.forecast FROM roles own
        JOIN people p ON p.id = own.person_id
        JOIN roles theirs ON theirs.person_id = own.person_id AND theirs.role = own.role
            AND theirs.ends_on IS NULL
        JOIN cases c ON c.closed_at IS NULL AND c.id <> :case
            AND (theirs.case_id = c.root_id OR (theirs.case_id IS NULL AND NOT EXISTS (
                SELECT 1 FROM roles named WHERE named.case_id = c.root_id
                    AND named.role = theirs.role AND named.ends_on IS NULL)))
        JOIN milestones m ON m.case_id = c.id
    WHERE own.role = :role AND (own.case_id = :root OR own.case_id IS NULL)
        AND own.ends_on IS NULL
        AND m.actual IS NULL AND m.forecast IS NOT NULL
    ORDER BY p.key, c.id, m.name"""
)


def others(
    session: Session,
    dossier: Dossier,
    workflows: Callable[[str], Workflow],
    reads: frozenset[str],
) -> Others:
    """What is asked for of the other cases, nothing else."""
    active, holding = _places(session, dossier) if "places" in reads else (0, {})
    dated = tuple(_dated(session, dossier, workflows)) if "load" in reads else ()
    return Others(active, holding, dated)


def _places(session: Session, dossier: Dossier) -> tuple[int, dict[str, tuple[str, ...]]]:
    counted = session.all(_ACTIVE, workflow=dossier.workflow, case=dossier.id)
    holding: dict[str, tuple[str, ...]] = {}
    for side, reference in session.all(_SHARING, workflow=dossier.workflow, case=dossier.id):
        holding[side] = (*holding.get(side, ()), reference)
    return counted[0][0], holding


def _dated(
    session: Session, dossier: Dossier, workflows: Callable[[str], Workflow]
) -> Iterator[Dated]:
    """Meetings in every other case of those whose load this one asks about, which is the root's."""
    for role in load_roles(workflows(dossier.digest)):
        rows = session.all(_DATED, role=role, case=dossier.id, root=_root(dossier))
        for person, _, digest, milestone, forecast in rows:
            state = workflows(digest).states.get(milestone)
            if state is not None and state.meets:
                yield Dated(role, person, state.meets, date.fromisoformat(forecast))


def _root(dossier: Dossier) -> CaseId:
    return dossier.id if dossier.parent is None else _root(dossier.parent.dossier)
