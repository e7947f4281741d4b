"""Which letter of ours a message is about, and whether that is proven; who wrote it."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.model.dossier import CaseId, PersonId
from notifications.addresses import AddressError, checked_address
from notifications.inbound.arrivals import About
from notifications.inbound.quotations import words_of_ours, written_below
from notifications.inbound.tokens import tokens_in
from notifications.inbound.words import above
from runtime.families import Families
from storage.directory import directory
from storage.directory.directory import Contact
from storage.mail import messages, sent_letters
from storage.mail.enclosed import Enclosed, enclosed
from storage.mail.sent_letters import SentLetter


@dataclass(frozen=True, slots=True)
class Answered:
    """A letter of ours, with what it carried; `proven` where its token was known to whoever wrote.

    An id of a message can be guessed by whoever had another letter; a token cannot (B15).
    """

    letter: SentLetter
    carried: tuple[Enclosed, ...]
    proven: bool

    @property
    def case(self) -> CaseId | None:
        return self.carried[0].letter.case_id if self.carried else None

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(each.letter.number for each in self.carried)

    @property
    def root(self) -> CaseId | None:
        return self.carried[0].root if self.carried else None


def answered(acting: Families, about: About) -> Answered | None:
    """The one letter of ours that a message is about; None where it is none, or in doubt.

    A token that we never gave is in doubt, whatever else the message names.
    """
    tokens = tokens_in(acting.runtime.settings.inbox.address, about.sent_to)
    found = sent_letters.sent(acting.session, about.message_ids, tokens)
    by_token = [each for each in found if each.token in tokens]
    if tokens:
        named = by_token if len(by_token) == 1 else []
    else:
        near = about.message_ids
        named = sorted(found, key=lambda each: near.index(each.message_id))
    if not named:
        return None
    carried = enclosed(acting.session, named[0].id)
    return Answered(named[0], carried, proven=bool(tokens))


def readers_of(acting: Families, addresses: Iterable[str]) -> frozenset[PersonId]:
    """Whom we sent the letters whose tokens stand in these addresses: nobody else knows them."""
    tokens = tokens_in(acting.runtime.settings.inbox.address, addresses)
    if not tokens:
        return frozenset()
    found = sent_letters.sent(acting.session, (), tokens)
    carried = (enclosed(acting.session, each.id) for each in found)
    return frozenset(each.reader for letters in carried for each in letters)


def writer(acting: Families, address: str) -> Contact | None:
    """Whoever reads that address, where it is exactly one person."""
    plain = plain_address(address)
    keys = [
        key
        for email, key in directory.mailboxes(acting.session)
        if plain and plain_address(email) == plain
    ]
    return directory.person(acting.session, keys[0]) if len(keys) == 1 else None


def new_lines(acting: Families, found: Answered | None, text: str) -> list[str]:
    """What a reply says beside what it quotes: above it, below it, and between its lines."""
    if found is None:
        return [*above(text, ""), *written_below(text, "")]
    ours = words_of_ours(messages.message(acting.session, found.letter.id).frozen)
    return [*above(text, found.letter.text), *written_below(text, ours)]


def plain_address(address: str) -> str:
    """An address as two spellings of it are compared; empty where it is none."""
    try:
        return checked_address(address).lower()
    except AddressError:
        return ""
