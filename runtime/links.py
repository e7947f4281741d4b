"""The links in letters: a token that only the letter holds, and the hash by which it is known."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.dates.view import View
from engine.decide.offered import asked_to_sign, offered
from engine.model.family import Letter
from engine.model.people import Person
from engine.model.sides import home_as
from notifications.answer_links import AnswerLink, link_to
from notifications.link_slots import TOKEN_LENGTH, has_slot, has_slots
from runtime import tokens
from runtime.wiring import Runtime
from storage.database.transactions import Session
from storage.directory import codes
from storage.mail import links
from storage.mail.attempts import Claim
from storage.mail.links import Link

PAGE = "/a/"  # of a link, behind the public address
_WRITTEN = re.compile(rf"(https?://\S+){PAGE}[0-9A-Za-z]{{{TOKEN_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link that a letter is to hold: what it may do, its token, and how it is shown."""

    link: Link
    token: str
    shown: AnswerLink


def link_for(runtime: Runtime, letter: Letter, view: View, reader: Link) -> NewLink | None:
    """A new link for the reader of a letter; None where it offers nothing, or no page is public.

    It opens nothing until `keep` has it: one that goes nowhere leaves no row.
    """
    answers = offered(runtime.answers_of(view.dossier.digest), letter, view)
    if not runtime.settings.web.public_address or not answers:
        return None
    token = tokens.new_token()
    address = f"{runtime.settings.web.public_address}{PAGE}{token}"
    return NewLink(reader, token, link_to(address, answers))


@dataclass(frozen=True, slots=True)
class CodeToTell:
    """Who is asked for a signature on a page, and for which centre no code was made yet."""

    person: Person
    centre: str

    @property
    def command(self) -> str:
        return f"pairing centre code {self.centre}"


def codes_to_tell(session: Session, runtime: Runtime, view: View) -> tuple[CodeToTell, ...]:
    """Whom to call, so that they can sign; nobody while no page has a public address."""
    if not runtime.settings.web.public_address:
        return ()
    found = (
        CodeToTell(each, home_as(view.dossier, each.role, each.id).key)
        for each in asked_to_sign(runtime.answers_of(view.dossier.digest), view)
    )
    return tuple(each for each in found if codes.made_at(session, each.centre) is None)


def keep(session: Session, runtime: Runtime, link: Link, token: str) -> None:
    """From now on a link opens its page, until its days are over; its token is kept by hash."""
    until = runtime.clock() + timedelta(days=runtime.settings.web.link_days)
    links.make(session, tokens.hashed(token), link, until)


def renewed(session: Session, runtime: Runtime, claim: Claim) -> Mapping[int, str]:
    """New tokens for a message whose own are gone: none goes with what stands for a link."""
    fresh: dict[int, str] = {}
    if claim.tokens or not has_slots(claim.frozen):
        return fresh
    for link in links.of_message(session, claim.id):
        if has_slot(claim.frozen, link.letter):
            fresh[link.letter] = tokens.new_token()
            keep(session, runtime, link, fresh[link.letter])
    return fresh


def known(session: Session, token: str, now: datetime) -> Link | None:
    """The link of a token; None for whatever is no token of ours, or has expired.

    All are looked up alike, so that no answer comes sooner than another.
    """
    return links.live(session, tokens.hashed(token), now)


def without_tokens(text: str) -> str:
    """A letter as others may see it: whoever holds a link may answer by it."""
    return _WRITTEN.sub(rf"\1{PAGE}...", text)
