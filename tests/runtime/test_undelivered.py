"""A merged mail that reaches nobody: each letter goes to the next, and one notice tells of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from notifications.mailer import Rejected
from storage.database.transactions import transaction
from storage.directory import directory, roles
from storage.directory.roles import Role
from tests.support.at_slots import both_pairs
from tests.support.grove import Grove, read
from tests.support.growers import key_of

COORDINATOR = key_of("VIE-BIR", "coordinator")
DEAD = Rejected("550 5.1.1 the mailbox does not exist")


@pytest.fixture
def grove(migrated_url: str, tmp_path: Path, at_slots: Path) -> Iterator[Grove]:
    """One coordinator for two pairs, with a deputy in both, whose address is dead."""
    with both_pairs(at_slots, migrated_url, tmp_path, COORDINATOR) as made:
        with transaction(made.runtime.database) as session:
            number = directory.person_id(session, key_of("VIE-BIR", "coordinator", "deputy"))
            since, pair = made.clock().date(), made.pairs["LIS-ELM"]
            roles.give(session, Role("coordinator", number, since, pair, main=False))
        made.post.will_answer(f"{COORDINATOR}@example.org", DEAD)
        yield made


def test_a_mail_of_two_letters_that_is_refused_is_told_once_with_its_pairs(grove: Grove) -> None:
    facilitator = key_of("VIE-BIR", "facilitator")
    grove.empties("LIS-ELM", "facilitator")
    grove.gives("LIS-ELM", "facilitator", facilitator)

    grove.sends(7)

    refused = [each for each in grove.letters() if each.state == "refused"]
    assert {each.root for each in refused} == {"VIE-BIR", "LIS-ELM"}
    [told] = [each for each in grove.letters() if each.letter == "N-2.lost"]
    assert told.person == facilitator
    assert str(told.facts["subject"]).endswith("(VIE-BIR, LIS-ELM)")
    grove.sends(1)
    [line] = [each for each in grove.letters() if each.id == told.id]
    [came_back, told_of_it] = read([grove.message(e.message).frozen for e in (refused[0], line)])
    assert told_of_it["In-Reply-To"] == came_back["Message-ID"]


def test_of_two_facilitators_each_is_told_once(grove: Grove) -> None:
    grove.sends(7)

    told = [each.person for each in grove.letters() if each.letter == "N-2.lost"]
    assert told == [key_of(pair, "facilitator") for pair in ("VIE-BIR", "LIS-ELM")]


def test_each_letter_of_a_mail_that_is_refused_is_owed_to_the_next_contact(grove: Grove) -> None:
    grove.sends(7)

    deputy = key_of("VIE-BIR", "coordinator", "deputy")
    asked = [each for each in grove.letters() if each.letter == "N-2.ask" and each.person == deputy]
    assert {each.root for each in asked} == {"VIE-BIR", "LIS-ELM"}
