"""Hostile names reach no other reader and no other header at a real Postfix (B10, security 23)."""

import pytest

from engine.errors import ProjectError
from notifications.addresses import Correspondent
from notifications.mailer import Delivered
from tests.notifications.sending import PATIENT, mailer, nothing
from tests.notifications.test_hostile_people import SEED, check_headers, letter_to
from tests.support.hostile_people import hostile
from tests.support.postfix import Postfix

pytestmark = pytest.mark.services


def test_a_real_server_takes_a_hostile_name_for_one_reader(exchanger: Postfix) -> None:
    exchanger.forgets()
    people = [person for each in hostile(SEED) if (person := _person(each.name, each.address))]

    with mailer(exchanger, PATIENT) as smtp:
        outcomes = [smtp.send(letter_to(each), nothing) for each in people]

    taken = exchanger.taken
    by_address = {each.address: each for each in people}
    assert len(people) > 50
    assert {type(each) for each in outcomes} == {Delivered}
    assert sorted(each.recipients for each in taken) == sorted((each.address,) for each in people)
    for found in taken:
        check_headers(found.data, by_address[found.recipients[0]])


def _person(name: str, address: str) -> Correspondent | None:
    """Somebody of the domain that the server takes mail for, unless they are refused."""
    try:
        found = Correspondent(name, address)
        letter_to(found)
    except ProjectError:
        return None
    return found if found.address.endswith("@example.org") else None
