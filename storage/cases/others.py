"""What the programme's other cases hold, as far as a check asks: places, and dates of people."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from sqlalchemy import and_, exists, func, not_, or_, select

from engine.checks.hierarchy import load_roles
from engine.model.definition import Workflow
from engine.model.dossier import CaseId, Dossier
from engine.model.others import Dated, Others
from engine.model.partners import asked_states
from storage.database.columns import from_json
from storage.database.session import Session
from storage.database.statements import Statement, among, given
from storage.schema.tables import CASES, MILESTONES, PARTIES, PEOPLE, ROLES, STAYS

_C = CASES.c
_ACTIVE = Statement[tuple[int]](
    select(func.count())
    .select_from(CASES)
    .where(_C.workflow == given("workflow"), _C.holds_place, _C.id != given("case"))
)
_MINE, _THEIRS = PARTIES.alias("mine"), PARTIES.alias("theirs")
_SHARING = Statement[tuple[str, str]](
    select(_MINE.c.side, _C.reference)
    .select_from(_MINE)
    .join(
        _THEIRS,
        and_(_THEIRS.c.centre_id == _MINE.c.centre_id, _THEIRS.c.case_id != _MINE.c.case_id),
    )
    .join(CASES, _C.id == _THEIRS.c.case_id)
    .where(_MINE.c.case_id == given("case"), _C.workflow == given("workflow"), _C.holds_place)
    .order_by(_MINE.c.side, _C.reference)
)
_ASKING = Statement[tuple[str, str]](
    select(_MINE.c.side, _C.reference)
    .distinct()
    .select_from(_MINE)
    .join(
        _THEIRS,
        and_(_THEIRS.c.centre_id == _MINE.c.centre_id, _THEIRS.c.case_id != _MINE.c.case_id),
    )
    .join(CASES, _C.id == _THEIRS.c.case_id)
    .join(STAYS, and_(STAYS.c.case_id == _C.id, STAYS.c.partnership == _C.partnership))
    .where(
        _MINE.c.case_id == given("case"),
        _C.workflow == given("workflow"),
        _C.closed_at.is_(None),
        among(STAYS.c.state, "states"),
    )
    .order_by(_MINE.c.side, _C.reference)
)
# Whose a case is in a role: those named for it, else those named for the whole programme.
_OWN, _PLAYS, _NAMED = ROLES.alias("own"), ROLES.alias("plays"), ROLES.alias("named")
_SOMEBODY_NAMED = exists().where(
    _NAMED.c.case_id == _C.root_id, _NAMED.c.role == _PLAYS.c.role, _NAMED.c.ends_on.is_(None)
)
_DATED = Statement[tuple[str, int, str, str, str]](
    select(PEOPLE.c.key, _C.id, _C.digest, MILESTONES.c.name, MILESTONES.c.forecast)
    .distinct()
    .select_from(_OWN)
    .join(PEOPLE, PEOPLE.c.id == _OWN.c.person_id)
    .join(
        _PLAYS,
        and_(
            _PLAYS.c.person_id == _OWN.c.person_id,
            _PLAYS.c.role == _OWN.c.role,
            _PLAYS.c.ends_on.is_(None),
        ),
    )
    .join(
        CASES,
        or_(
            _PLAYS.c.case_id == _C.root_id,
            and_(_PLAYS.c.case_id.is_(None), not_(_SOMEBODY_NAMED)),
        ),
    )
    .join(
        MILESTONES,
        and_(MILESTONES.c.case_id == _C.id, MILESTONES.c.partnership == _C.partnership),
    )
    .where(
        _OWN.c.role == given("role"),
        or_(_OWN.c.case_id == given("root"), _OWN.c.case_id.is_(None)),
        _OWN.c.ends_on.is_(None),
        _C.closed_at.is_(None),
        _C.id != given("case"),
        MILESTONES.c.actual.is_(None),
        MILESTONES.c.agreed,
    )
    .order_by(PEOPLE.c.key, _C.id, MILESTONES.c.name)
)


def others(
    session: Session,
    dossier: Dossier,
    workflows: Callable[[str], Workflow],
    reads: frozenset[str],
) -> Others:
    """What is asked for of the other cases, nothing else."""
    active, holding = _places(session, dossier) if "places" in reads else (0, {})
    asking = _asking(session, dossier, workflows) if "places" in reads else {}
    dated = tuple(_dated(session, dossier, workflows)) if "load" in reads else ()
    return Others(active, holding, asking, dated)


def _places(session: Session, dossier: Dossier) -> tuple[int, dict[str, tuple[str, ...]]]:
    counted = session.all(_ACTIVE, workflow=dossier.workflow, case=dossier.id)
    rows = session.all(_SHARING, workflow=dossier.workflow, case=dossier.id)
    return counted[0][0], _by_side(rows)


def _asking(
    session: Session, dossier: Dossier, workflows: Callable[[str], Workflow]
) -> dict[str, tuple[str, ...]]:
    states = sorted(asked_states(workflows(dossier.digest)))
    rows = session.all(
        _ASKING, workflow=dossier.workflow, case=dossier.id, states=from_json(states)
    )
    return _by_side(rows)


def _by_side(rows: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for side, reference in rows:
        found[side] = (*found.get(side, ()), reference)
    return found


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
