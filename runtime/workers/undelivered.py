"""What follows where a message reached nobody: its address is dead (P18)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.model.outcomes import Undeliverable
from notifications.addresses import checked_address
from runtime.families import Families
from runtime.isolation import alone
from runtime.workers.enclosed import named, one_for_each
from storage.directory import directory
from storage.mail import overviews
from storage.mail.enclosed import Enclosed
from storage.programme import incidents
from storage.programme.incidents import BOUNCE, Trouble


@dataclass(frozen=True, slots=True)
class Returned:
    """A message that a server refused for good, and what it said."""

    recipient: str
    subject: str
    reply: str


def came_back(acting: Families, letters: Sequence[Enclosed], returned: Returned) -> None:
    """A refused address is dead: for each letter of the message the next contact is asked, and
    whoever runs the cases is told once (P18).
    """
    if not letters:
        return
    person, *others = (
        directory.person(acting.session, number)
        for number in dict.fromkeys(each.reader for each in letters)
    )
    for reader in (person, *others):
        if checked_address(reader.email) == returned.recipient:  # not put right meanwhile
            directory.mark_unreachable(acting.session, reader.id, returned.reply, acting.today)
    tells = set(one_for_each(acting, [each.root for each in letters]))
    for each in letters:
        owed = each.letter.owed
        event = Undeliverable(
            letter=owed.letter,
            audience=owed.audience,
            name=person.name,
            address=returned.recipient,
            subject=named(returned.subject, letters),
            reason=returned.reply,
            facts=owed.facts,
            is_told=each.root not in tells,
            about=(each.letter.number,),
        )
        _tell(acting, each, event)
        tells.discard(each.root)


def overview_came_back(acting: Families, message: int, returned: Returned) -> None:
    """The address of whoever reads an overview is dead: an incident tells the others (P18)."""
    found = overviews.written(acting.session, message)
    if found is None:
        return
    trouble = incidents.of_overview(found.key, f"came back: {returned.reply}")
    incidents.report(acting.session, trouble, acting.now)
    if checked_address(found.email) == returned.recipient:
        directory.mark_unreachable(acting.session, found.person, returned.reply, acting.today)


def _tell(acting: Families, lost: Enclosed, event: Undeliverable) -> None:
    """What cannot be told becomes an incident: the refusal itself stays written down."""
    case = lost.letter.case_id

    def tell() -> None:
        acting.happen(case, event)
        if lost.root != case:
            # People belong to the parent: its notices and flags tell of the dead address.
            acting.happen(lost.root, replace(event, letter=""))

    cause = f"letter {event.letter} to {event.address} came back"
    alone(acting, Trouble(BOUNCE, cause, case_id=case), tell)
