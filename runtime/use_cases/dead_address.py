"""An address is dead, or works after all: the cases of its person hear of it."""

from dataclasses import replace
from functools import partial

from engine.decide.acts import Verb
from engine.model.dossier import CaseId, PersonId
from engine.model.outcomes import By, Refreshed, Undeliverable
from runtime.families import Families
from runtime.isolation import alone
from runtime.permission import leave_of_office
from runtime.use_cases.directory import Entered, refresh
from runtime.use_cases.lost_letters import owed_anew
from runtime.wiring import Runtime
from storage.database.transactions import transaction
from storage.directory import directory, roles
from storage.programme.incidents import BOUNCE, Trouble


def mark_dead(runtime: Runtime, key: str, reason: str, by: By) -> Entered:
    """An address is dead: letters go to others of the role, each case tells its facilitator."""
    with transaction(runtime.database) as session:
        by = leave_of_office(session, runtime, by, Verb.DIRECTORY)
        known = directory.person(session, key)
        acting = Families(session, runtime, runtime.clock())
        if not directory.mark_unreachable(session, known.id, reason, acting.today):
            return Entered(key, "unchanged")
        affected = roles.cases_of(session, known.id)
        event = Undeliverable("", "", known.name, known.email, "", reason, by=by)
        told = [
            alone(
                acting,
                Trouble(BOUNCE, f"{known.email} is dead", case_id=case_id),
                partial(_tell_dead, acting, case_id, known.id, event),
            )
            for case_id in affected
        ]
        return Entered(key, "dead", sum(told))


def mark_alive(runtime: Runtime, key: str, by: By) -> Entered:
    """An address that was taken for dead works: what was lost there goes out, if needed still."""
    with transaction(runtime.database) as session:
        by = leave_of_office(session, runtime, by, Verb.DIRECTORY)
        known = directory.person(session, key)
        if known.reachable:
            return Entered(key, "unchanged")
        directory.mark_reachable(session, known.id)
        acting = Families(session, runtime, runtime.clock())
        looked = refresh(acting, roles.cases_of(session, known.id), Refreshed(by))
        return Entered(key, "changed", looked, letters=owed_anew(acting, known, works=True))


def tell_again(acting: Families, case_id: CaseId, trouble: Trouble, by: By) -> None:
    """What a case could not be told when it happened: the dead address that its trouble names."""
    family = acting.load(case_id)
    people = family.whole(family.root).people
    dead = {p.id for p in people if not p.reachable and p.email in trouble.cause}
    for number in sorted(dead):
        known = directory.person(acting.session, number)
        event = Undeliverable("", "", known.name, known.email, "", known.dead_reason, by=by)
        _tell_dead(acting, family.root, known.id, event)


def _tell_dead(acting: Families, case_id: CaseId, person: PersonId, event: Undeliverable) -> None:
    """Of an address that is dead, in each role it is played with in a case."""
    people = acting.load(case_id).whole(case_id).people
    for role in sorted({each.role for each in people if each.id == person}):
        acting.happen(case_id, replace(event, audience=role))
