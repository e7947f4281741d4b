"""Where a reply to a letter goes: to the programme's inbox with a token, or to its office."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from engine.dates.view import View
from engine.model.people import Person
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
    """An address that answers go to, and the token in it; empty where it has none.

    ``besides``: who else gets them, where several people ask something in one message.
    """

    address: Correspondent
    token: str = ""
    besides: tuple[Correspondent, ...] = ()


def reply_to(runtime: Runtime, views: Sequence[View], reader: Contact) -> AnsweredAt:
    """Where answers go to a message about these cases: to whoever runs the programme (R-03).

    Where an inbox is read, it passes replies on to them. Among themselves the office writes
    directly, so that nothing goes round.
    """
    is_among_us = all(reader.email in {each.email for each in _office(view)} for view in views)
    if runtime.settings.inbox.kind is not InboxKind.NONE and not is_among_us:
        return _with_token(runtime, secrets.token_hex(_TOKEN))
    return of_office(runtime, views, reader)


def of_office(runtime: Runtime, views: Sequence[View], reader: Contact) -> AnsweredAt:
    """Where answers go that no inbox takes: to whoever of the office answers in each case."""
    people = (who for view in views if (who := answering(view, reader)) is not None)
    found = {who.email: Correspondent(who.name, who.email) for who in people}
    mail = runtime.settings.mail
    programme = Correspondent(mail.from_name, mail.from_address)
    first, *besides = found.values() or (programme,)
    return AnsweredAt(first, besides=tuple(besides))


def answering(view: View, reader: Contact) -> Person | None:
    """Who answers what a reader writes about a case: whoever runs it, else somebody beside them."""
    return next((each for each in _office(view) if each.email != reader.email), None)


def is_recorded(view: View, reader: Contact) -> bool:
    """Whether an answer by mail goes to somebody who records it: not that of who runs the case."""
    who = answering(view, reader)
    return who is not None and who.id in {each.id for each in _runs(view)}


def sender_name(runtime: Runtime, views: Sequence[View]) -> str:
    """Who writes: whoever runs all these cases, for the programme, else the programme alone."""
    name = runtime.settings.mail.from_name
    people = {each.id: each.name for view in views for each in _runs(view)}
    return f"{next(iter(people.values()))}, {name}" if len(people) == 1 else name


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


def _runs(view: View) -> tuple[Person, ...]:
    return view.dossier.people_as(view.workflow.runs)[:1]


def _office(view: View) -> list[Person]:
    return [each for role in office(view)[:2] for each in view.dossier.people_as(role)[:1]]
