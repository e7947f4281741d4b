"""Who takes part in a family: the questions for centres on its sides and people in its roles."""

from sqlalchemy import ColumnElement, Select, func, literal, null, select, union_all

from storage.database.statements import Statement, given
from storage.schema.tables import ABSENCES, CASES, CENTRES, PARTIES, PEOPLE, ROLES

_ASKED = CASES.alias("asked")
ROOT = select(_ASKED.c.root_id).where(_ASKED.c.id == given("case")).scalar_subquery()
_MEMBERS = select(CASES.c.id).where(CASES.c.root_id == ROOT).scalar_subquery()
_OFFICE = "office"
CENTRE = (
    CENTRES.c.key,
    CENTRES.c.name,
    CENTRES.c.short_name,
    CENTRES.c.country,
    CENTRES.c.region,
    CENTRES.c.zone,
    CENTRES.c.closures,
    CENTRES.c.city,
    CENTRES.c.facts,
    CENTRES.c.language,
)
PartyRow = tuple[int | None, int, str, str, str, str, str, str, str, str, str, str, str]
# Two questions in one, here and below: asked with OR, each would read all centres and all roles.
_STANDING = union_all(
    select(PARTIES.c.case_id, PARTIES.c.place, PARTIES.c.side, *CENTRE)
    .join(CENTRES, CENTRES.c.id == PARTIES.c.centre_id)
    .where(PARTIES.c.case_id.in_(_MEMBERS)),
    select(null(), literal(0), CENTRES.c.side, *CENTRE).where(CENTRES.c.side == _OFFICE),
)
SIDES = Statement[PartyRow](
    _STANDING.order_by(
        _STANDING.selected_columns.case_id,
        _STANDING.selected_columns.side,
        _STANDING.selected_columns.place,
    )
)
# fmt: off
PersonRow = tuple[
    int | None, int, str, str, str, bool, str, str, str, str, str, str, bool, str, str, int,
    str, str | None
]
# fmt: on
_ROLES = (
    select(
        ROLES.c.case_id,
        PEOPLE.c.id.label("person"),
        PEOPLE.c.name,
        PEOPLE.c.email,
        ROLES.c.role,
        ROLES.c.main,
        ROLES.c.function,
        ROLES.c.department,
        PEOPLE.c.language,
        PEOPLE.c.phone,
        PEOPLE.c.languages,
        PEOPLE.c.hours,
        PEOPLE.c.reachable,
        func.coalesce(CENTRES.c.key, ""),
        PEOPLE.c.key,
        ROLES.c.id.label("given"),
        PEOPLE.c.slot,
        PEOPLE.c.calm_until,
    )
    .join(PEOPLE, PEOPLE.c.id == ROLES.c.person_id)
    .outerjoin(CENTRES, CENTRES.c.id == PEOPLE.c.centre_id)
)


def players(*which: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """People in roles, those that ended too unless it is said."""
    return _ROLES.where(*which)


_NOW = ROLES.c.ends_on.is_(None)
_PLAYED = union_all(
    players(ROLES.c.case_id.in_(_MEMBERS), _NOW), players(ROLES.c.case_id.is_(None), _NOW)
)
PLAYERS = Statement[PersonRow](_PLAYED.order_by(_PLAYED.selected_columns.given))
AwayRow = tuple[
    int,
    str,
    str,
    int | None,
    str | None,
    str | None,
    str | None,
    str | None,
    str | None,
    str | None,
    bool | None,
    str,
    str | None,
    str | None,
    str | None,
]
_DEPUTY = PEOPLE.alias("deputy")
_ALSO = ABSENCES.alias("also")
_PLAYING = (
    select(ROLES.c.person_id).where(ROLES.c.case_id.in_(_MEMBERS), _NOW),
    select(ROLES.c.person_id).where(ROLES.c.case_id.is_(None), _NOW),
)
_STANDING_IN = (each.join(_ALSO, _ALSO.c.person_id == ROLES.c.person_id) for each in _PLAYING)
_CONCERNED = union_all(
    *_PLAYING, *(each.with_only_columns(_ALSO.c.substitute_id) for each in _STANDING_IN)
)
# Those of whoever stands in too: nobody is asked instead who is away as well.
AWAY = Statement[AwayRow](
    select(
        ABSENCES.c.person_id,
        ABSENCES.c.first_on,
        ABSENCES.c.last_on,
        _DEPUTY.c.id,
        _DEPUTY.c.name,
        _DEPUTY.c.email,
        _DEPUTY.c.language,
        _DEPUTY.c.phone,
        _DEPUTY.c.languages,
        _DEPUTY.c.hours,
        _DEPUTY.c.reachable,
        func.coalesce(CENTRES.c.key, ""),
        _DEPUTY.c.key,
        _DEPUTY.c.slot,
        _DEPUTY.c.calm_until,
    )
    .outerjoin(_DEPUTY, _DEPUTY.c.id == ABSENCES.c.substitute_id)
    .outerjoin(CENTRES, CENTRES.c.id == _DEPUTY.c.centre_id)
    .where(ABSENCES.c.person_id.in_(_CONCERNED))
    .order_by(ABSENCES.c.person_id, ABSENCES.c.first_on)
)
