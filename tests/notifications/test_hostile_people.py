"""400 hostile addresses and names are refused in a sentence, or reach one reader (B10)."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from engine.errors import ProjectError
from notifications.addresses import Correspondent
from notifications.mailer import Delivered, Outgoing
from notifications.message import compose
from notifications.smtp import Smtp
from tests.notifications.sending import mailer, nothing
from tests.notifications.test_message import ENVELOPE, HEADERS, LETTER
from tests.support.hostile_people import OWN, THIEF, Hostile, hostile
from tests.support.witness import Witness

SEED = 10
BY_FAMILY: dict[str, list[Hostile]] = defaultdict(list)
for each in hostile(SEED):
    BY_FAMILY[each.family].append(each)
# Of these nothing at all may be written to, whoever they are.
REFUSED = {
    *("a line break", "a line break inside", "an encoded line break", "a comma", "a semicolon"),
    *("two @", "quotes", "too long", "brackets", "a route", "a detour", "ourselves", "an option"),
    *("dots", "a line break in a name", "an encoded line break in a name", "a code in a code"),
    *("half a code", "turned in a name"),
}


@pytest.fixture(scope="module")
def sink() -> Iterator[tuple[Witness, Smtp]]:
    with Witness() as witness, mailer(witness) as smtp:
        yield witness, smtp


def test_there_are_four_hundred_of_them() -> None:
    assert len(set(hostile(SEED))) >= 400
    assert set(BY_FAMILY) >= REFUSED


@pytest.mark.parametrize("family", BY_FAMILY)
def test_nobody_but_the_reader_that_is_meant_gets_a_letter(
    family: str, sink: tuple[Witness, Smtp]
) -> None:
    ends = Counter(_sent(each, sink) for each in BY_FAMILY[family])

    assert set(ends) <= ({"refused"} if family in REFUSED else {"refused", "sent"})


def _sent(who: Hostile, sink: tuple[Witness, Smtp]) -> str:
    if refusal := _refusal(who):
        assert refusal.isprintable()
        assert 20 < len(refusal) < 300
        return "refused"
    witness, smtp = sink
    person = Correspondent(who.name, who.address)
    assert isinstance(smtp.send(letter_to(person), nothing), Delivered)
    taken = witness.taken[-1]
    assert taken.recipients == (person.address,)
    assert person.address != THIEF
    check_headers(taken.data, person)
    return "sent"


def _refusal(who: Hostile) -> str:
    """Why somebody cannot be written to; empty for who can."""
    try:
        letter_to(Correspondent(who.name, who.address))
    except ProjectError as error:
        return str(error)
    return ""


def letter_to(person: Correspondent) -> Outgoing:
    """A letter to somebody, in whose name it is sent as well, and whom a reply reaches."""
    sender = Correspondent(person.name, OWN)
    around = replace(ENVELOPE, sender=sender, reply_to=(person,), recipient=person)
    composed = compose(around, LETTER)
    return Outgoing(composed.message_id, OWN, composed.recipient, composed.frozen)


def check_headers(data: bytes, person: Correspondent) -> None:
    """Nothing stands in the head but what was meant, and it names one person."""
    read = message_from_bytes(data, policy=policy.default)
    assert read.keys() == HEADERS
    for header, address in (("To", person.address), ("Reply-To", person.address), ("From", OWN)):
        (found,) = read[header].addresses
        assert (found.addr_spec, found.display_name.split()) == (address, person.name.split())
