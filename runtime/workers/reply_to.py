"""Where a reply to a letter goes: to the programme's inbox with a token, or to its office."""

import secrets
from dataclasses import dataclass

from engine.dates.view import View
from notifications.addresses import Correspondent
from notifications.inbound.tokens import reply_address
from runtime.settings.inbox import InboxKind
from runtime.wiring import Runtime
from storage.database.transactions import Session
from storage.directory.directory import Contact
from storage.mail import threads

_TOKEN = 16  # bytes


@dataclass(frozen=True, slots=True)
class AnsweredAt:
    """An address that answers go to, and the token in it; empty where it has none."""

    address: Correspondent
    token: str = ""


def reply_to(runtime: Runtime, view: View, reader: Contact) -> AnsweredAt:
    """Where answers to a letter go.

    Whoever runs the programme answers (R-03): where an inbox is read, it passes replies on to them.
    Among themselves the office writes directly, so that nothing goes round.
    """
    inbox, name = runtime.settings.inbox, runtime.settings.mail.from_name
    people = [each for role in office(view)[:2] for each in view.dossier.people_as(role)[:1]]
    is_of_us = reader.email in {each.email for each in people}
    if inbox.kind is not InboxKind.NONE and not is_of_us:
        return _with_token(runtime, secrets.token_hex(_TOKEN))
    for person in people:
        if person.email != reader.email:
            return AnsweredAt(Correspondent(person.name, person.email))
    return AnsweredAt(Correspondent(name, runtime.settings.mail.from_address))


def return_path(runtime: Runtime, token: str) -> str:
    """Where failures of a message and automatic replies to it are sent (RFC 3834, RFC 5321).

    With its token, so that they prove which letter they are about.
    """
    is_read = runtime.settings.inbox.kind is not InboxKind.NONE
    return (
        _with_token(runtime, token).address.address
        if is_read and token
        else (runtime.settings.mail.from_address)
    )


def organiser(
    runtime: Runtime, session: Session, meeting: int, reader: Contact, answers: AnsweredAt
) -> AnsweredAt:
    """Where the calendar of a reader sends its answer to the meeting of a letter.

    The token proves that it comes from whoever was invited. It stays that of their first letter
    about the meeting, since calendars take an entry of another organiser for another one.
    """
    mail = runtime.settings.mail
    if not answers.token:
        return AnsweredAt(Correspondent(mail.from_name, mail.from_address))
    first = threads.first_token(session, meeting, reader.id)
    return _with_token(runtime, first or answers.token)


def _with_token(runtime: Runtime, token: str) -> AnsweredAt:
    address = reply_address(runtime.settings.inbox.address, token)
    return AnsweredAt(Correspondent(runtime.settings.mail.from_name, address), token)


def office(view: View) -> tuple[str, ...]:
    """Who runs the programme, the rest of its office, then any other role beside the sides."""
    workflow = view.workflow
    beside = (role for role in workflow.roles if role not in workflow.sides)
    return tuple(dict.fromkeys((workflow.runs, *workflow.office, *beside)))
