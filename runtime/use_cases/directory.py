"""Use cases on centres and people; whatever cases they take part in look again."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from engine.decide.acts import Verb
from engine.decide.players import standing
from engine.model.dossier import CaseId, PersonId
from engine.model.outcomes import By, Refreshed
from runtime.families import Families
from runtime.isolation import alone
from runtime.permission import leave_of_office, leave_to_give
from runtime.use_cases.directory_checks import (
    DirectoryError,
    NewContact,
    fit_centre,
    fit_person,
    odd_zone,
    wrong_player,
)
from runtime.use_cases.lost_letters import readdressed
from runtime.use_cases.sending_wishes import check_wishes, wishes_said
from runtime.use_cases.subscription import ended_with
from runtime.wiring import Runtime
from storage.cases import views
from storage.database.transactions import Session, reading, transaction
from storage.directory import directory, roles
from storage.directory.roles import Role
from storage.directory.rows import Centre, Contact
from storage.mail import intents
from storage.programme.incidents import LOOKUP, Trouble


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of an entry: added, changed or unchanged, and how many cases looked again.

    Of a person also who else reads the same mailbox, of a centre what is odd about it.
    """

    key: str
    outcome: str
    cases: int = 0
    same_mailbox: tuple[str, ...] = ()
    odd: str = ""
    letters: int = 0  # that did not reach them, and are owed anew


def enter_centre(acting: Families, centre: Centre, by: By) -> Entered:
    """Add a centre or give a known one everything anew. DirectoryError says what is wrong."""
    centre = fit_centre(acting.runtime, centre)
    odd = odd_zone(centre)
    known = directory.entered_centre(acting.session, centre.key)
    if known is None:
        directory.add_centre(acting.session, centre)
        return Entered(centre.key, "added", odd=odd)
    if replace(known, id=0) == replace(centre, id=0):
        return Entered(centre.key, "unchanged", odd=odd)
    if known.side != centre.side:
        _check_stands_nowhere(acting.session, known)
    directory.change_centre(acting.session, centre)
    looked = refresh(acting, views.cases_of_centre(acting.session, centre.key), Refreshed(by))
    return Entered(centre.key, "changed", looked, odd=odd)


def enter_person(acting: Families, new: NewContact, by: By) -> Entered:
    """Add a person or give a known one everything anew, roles of the whole programme included."""
    session = acting.session
    new = fit_person(acting.runtime, new)
    contact = replace(new.contact, centre_id=_centre_id(session, new.centre))
    check_wishes(acting, contact)
    known = directory.entered_person(session, contact.key)
    if known is None:
        number = directory.add_person(session, contact)
        outcome = "added"
    else:
        number = known.id
        outcome = "unchanged" if _same(known, contact) else "changed"
        if outcome == "changed":
            _check_move(acting, known, contact)
            directory.change_person(session, contact)
    leave_to_give(session, acting.runtime, by, new.roles, contact.key)
    given = _give(acting, number, new.roles)
    if outcome == "unchanged" and given:
        outcome = "changed"
    said = _said(session, known, contact, by)
    looked = refresh(acting, roles.cases_of(session, number), said) if outcome == "changed" else 0
    anew = readdressed(acting, known, contact) if known is not None else 0
    return Entered(contact.key, outcome, looked, letters=anew)


def add_centre(runtime: Runtime, centre: Centre, by: By) -> Entered:
    """Add one centre; ConflictError when its key is taken."""
    centre = fit_centre(runtime, centre)
    with transaction(runtime.database) as session:
        leave_of_office(session, runtime, by, Verb.DIRECTORY)
        directory.add_centre(session, centre)
    return Entered(centre.key, "added", odd=odd_zone(centre))


def change_centre(
    runtime: Runtime, key: str, change: Callable[[Centre], Centre], by: By
) -> Entered:
    """Change what is known of a centre; the cases it takes part in look again."""
    with transaction(runtime.database) as session:
        by = leave_of_office(session, runtime, by, Verb.DIRECTORY)
        known = directory.centre(session, key)
        return enter_centre(Families(session, runtime, runtime.clock()), change(known), by)


def set_centre_facts(runtime: Runtime, key: str, facts: Mapping[str, object], by: By) -> Entered:
    """Set facts of a centre, such as that it joined another programme; None takes one away."""

    def merged(centre: Centre) -> Centre:
        every = {**centre.facts, **facts}
        return replace(centre, facts={name: v for name, v in every.items() if v is not None})

    return change_centre(runtime, key, merged, by)


def add_person(runtime: Runtime, new: NewContact, by: By) -> Entered:
    """Add one person; ConflictError when the key is taken."""
    new = fit_person(runtime, new)
    with transaction(runtime.database) as session:
        leave_of_office(session, runtime, by, Verb.DIRECTORY)
        leave_to_give(session, runtime, by, new.roles, new.contact.key)
        acting = Families(session, runtime, runtime.clock())
        contact = replace(new.contact, centre_id=_centre_id(session, new.centre))
        check_wishes(acting, contact)
        _give(acting, directory.add_person(session, contact), new.roles)
        others = sharing(session).get(contact.key, ())
    return Entered(contact.key, "added", same_mailbox=others)


def change_person(
    runtime: Runtime, key: str, change: Callable[[Contact], Contact], by: By
) -> Entered:
    """Change what is known of a person; a new address is reachable again."""
    with transaction(runtime.database) as session:
        by = leave_of_office(session, runtime, by, Verb.DIRECTORY)
        known = directory.person(session, key)
        changed = fit_person(runtime, NewContact(change(known))).contact
        if changed == known:
            return Entered(key, "unchanged")
        acting = Families(session, runtime, runtime.clock())
        check_wishes(acting, changed)
        directory.change_person(session, changed)
        said = _said(session, known, changed, by)
        looked = refresh(acting, roles.cases_of(session, known.id), said)
        anew = readdressed(acting, known, changed)
        return Entered(key, "changed", looked, sharing(session).get(key, ()), letters=anew)


def _said(session: Session, known: Contact | None, changed: Contact, by: By) -> Refreshed:
    """What the journals of their cases keep of it."""
    words = (wishes_said(known, changed), ended_with(session, known, changed))
    return Refreshed(by, "; ".join(filter(None, words)))


def sharing(session: Session) -> dict[str, tuple[str, ...]]:
    """Who else reads the mailbox of each one; capitals make no other mailbox."""
    readers: dict[str, list[str]] = {}
    for address, key in directory.mailboxes(session):
        readers.setdefault(address.casefold(), []).append(key)
    shared = [there for there in readers.values() if len(there) > 1]
    return {key: tuple(k for k in there if k != key) for there in shared for key in there}


def refresh(acting: Families, affected: tuple[CaseId, ...], said: Refreshed) -> int:
    """Let cases look again, and ask anew when their letters go; how many did."""
    intents.ask_anew(acting.session, affected)
    return sum(
        alone(
            acting,
            Trouble(LOOKUP, "a person or a centre changed", case_id=case_id),
            partial(acting.happen, case_id, said),
        )
        for case_id in affected
    )


def centre(runtime: Runtime, key: str) -> Centre:
    with reading(runtime.database) as session:
        return directory.centre(session, key)


def _check_stands_nowhere(session: Session, known: Centre) -> None:
    """Refuse another side for a centre that stands on the one it has."""
    for case_id in views.cases_of_centre(session, known.key):
        reference = views.case_line(session, case_id).reference
        raise DirectoryError(
            f"centre {known.key}: it is {known.side} in {reference}, so it stays {known.side}"
        )


def _check_move(acting: Families, known: Contact, moved: Contact) -> None:
    """Refuse another centre for somebody who then plays in a case what they may not."""
    if known.centre_id == moved.centre_id:
        return
    cases = roles.cases_of(acting.session, known.id)
    if wrongs := [wrong for each in cases for wrong in _misplaced_in(acting, each, known, moved)]:
        other = f"pairing pair substitute PAIR ROLE --instead-of {known.key} --new PERSON"
        remedy = f"or let somebody else follow them, with {other}"
        raise DirectoryError(f"person {known.key}: {'; '.join((*wrongs, remedy))}")


def _misplaced_in(
    acting: Families, case_id: CaseId, known: Contact, moved: Contact
) -> Iterator[str]:
    dossier = acting.load(case_id).whole(case_id)
    workflow = acting.runtime.workflow_of(dossier)
    sides = standing(workflow, dossier)
    here = (each for each in dossier.people if each.id == known.id and not each.general)
    for role in sorted({each.role for each in here}):
        if wrong := wrong_player(acting.session, workflow, role, moved, sides):
            yield f"in {dossier.reference} {wrong}"


def _centre_id(session: Session, key: str) -> int | None:
    return directory.centre(session, key).id if key else None


def _give(acting: Families, person: PersonId, wanted: tuple[str, ...]) -> bool:
    """Give a person roles of the whole programme that they do not play yet."""
    playing = {
        role.role
        for role in roles.roles(acting.session, None)
        if role.person == person and role.ends_on is None
    }
    new = [role for role in wanted if role not in playing]
    taken = {r.role for r in roles.roles(acting.session, None) if r.ends_on is None}
    for role in new:
        given = Role(role, person, acting.today, main=role not in taken)
        roles.give(acting.session, given)
    return bool(new)


def enter_role(acting: Families, person: PersonId, role: str) -> None:
    """Give a person a role of the whole programme."""
    _give(acting, person, (role,))


def _same(known: Contact, new: Contact) -> bool:
    held = replace(known, reachable=True, dead_since=None, dead_reason="", id=new.id)
    return held == replace(new, reachable=True, dead_since=None, dead_reason="")
