"""Where a reply to a letter goes: to the programme's inbox with a token, or to its office."""

import secrets

from engine.dates.view import View
from notifications.addresses import Correspondent
from notifications.inbound.tokens import reply_address
from runtime.settings.inbox import InboxKind
from runtime.wiring import Runtime
from storage.directory.directory import Contact

_TOKEN = 16  # bytes


def reply_to(runtime: Runtime, view: View, reader: Contact) -> tuple[Correspondent, str]:
    """The address that answers to a letter go to, and the token in it; empty where it has none.

    Whoever runs the programme answers (R-03): where an inbox is read, it passes replies on to them.
    Among themselves the office writes directly, so that nothing goes round.
    """
    inbox, name = runtime.settings.inbox, runtime.settings.mail.from_name
    people = [each for role in office(view)[:2] for each in view.dossier.people_as(role)[:1]]
    is_of_us = reader.email in {each.email for each in people}
    if inbox.kind is not InboxKind.NONE and not is_of_us:
        token = secrets.token_hex(_TOKEN)
        return Correspondent(name, reply_address(inbox.address, token)), token
    for person in people:
        if person.email != reader.email:
            return Correspondent(person.name, person.email), ""
    return Correspondent(name, runtime.settings.mail.from_address), ""


def office(view: View) -> tuple[str, ...]:
    """Who runs the programme, the rest of its office, then any other role beside the sides."""
    workflow = view.workflow
    beside = (role for role in workflow.roles if role not in workflow.sides)
    return tuple(dict.fromkeys((workflow.runs, *workflow.office, *beside)))
