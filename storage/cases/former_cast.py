"""Who took part before: in a partnership that has ended, or in a role that was handed on."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import literal, null, select

from engine.model.dossier import CaseId, Party, Person
from engine.model.evidence import Ended
from engine.model.plan import Plan
from engine.time.zones import local_day
from storage.cases import cases
from storage.cases.cast_rows import CENTRE, PartyRow, PersonRow, players
from storage.cases.family_parts import party_of, person_of
from storage.database.columns import from_day, from_json
from storage.database.session import Session
from storage.database.statements import Statement, among, given
from storage.directory import roles
from storage.schema.tables import CENTRES, ROLES

_LEFT = Statement[PartyRow](
    select(null(), literal(0), CENTRES.c.side, *CENTRE)
    .where(among(CENTRES.c.key, "keys"))
    .order_by(CENTRES.c.key)
)
_RELIEVED = Statement[PersonRow](
    players(
        ROLES.c.case_id == given("case"),
        ROLES.c.role == given("side"),
        ROLES.c.ends_on == given("on"),
    )
)
_IDS = Statement[tuple[int, str]](
    select(CENTRES.c.id, CENTRES.c.key).where(among(CENTRES.c.key, "keys"))
)


def former_players(session: Session, case: CaseId, role: str, on: date) -> tuple[Person, ...]:
    """Whoever gave up a role of a case on a day."""
    return tuple(map(person_of, session.all(_RELIEVED, case=case, side=role, on=from_day(on))))


def former_cast(
    session: Session, case: CaseId, side: str, ended: Ended, zone: str
) -> tuple[tuple[Party, ...], tuple[Person, ...]]:
    """The centres in the order in which they stood, and whoever left the case with them."""
    keys = from_json(list(ended.centres))
    rows = session.all(_LEFT, keys=keys)
    found = {each.key: each for each in map(party_of, rows)}
    parties = tuple(found[key] for key in ended.centres if key in found)
    return parties, former_players(session, case, side, local_day(ended.at, zone))


def reinstate(session: Session, plans: Iterable[Plan]) -> None:
    """Put the centres and the people of a partnership that goes on after all back on its case.

    And whoever had given a role to somebody else, in their place.
    """
    for plan in plans:
        before, after = plan.before, plan.after
        if after.partnership == before.partnership:
            _hand_back(session, plan)
            continue
        ended = next(e for e in before.former.ended if e.number == after.partnership)
        for side, parties in after.parties.items():
            if side in before.parties:
                continue
            numbers = {key: n for n, key in session.all(_IDS, keys=from_json(list(ended.centres)))}
            centres = tuple(numbers[party.key] for party in parties)
            cases.set_party(session, plan.case_id, side, centres)
            roles.reinstate(session, plan.case_id, side, local_day(ended.at, after.office.zone))


def _hand_back(session: Session, plan: Plan) -> None:
    was, now = set(plan.before.people), set(plan.after.people)
    for person in sorted(was - now, key=_in_order):
        roles.forget(session, plan.case_id, person.role, person.id)
    for person in sorted(now - was, key=_in_order):
        roles.play_again(session, plan.case_id, person.role, person.id)


def _in_order(person: Person) -> tuple[str, int]:
    return person.role, person.id
