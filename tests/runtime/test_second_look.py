"""A message that waited is looked at once more before it is sent (P3 d, P7)."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.model.plan import Plan
from notifications.mailer import Outcome, TryLater, Unknown
from runtime.queries.incidents import incident_lines
from runtime.use_cases.incidents import retry_incident
from runtime.use_cases.retry_letter import retry_letter
from runtime.use_cases.substitute import Change as Substitution
from runtime.use_cases.substitute import substitute
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from storage.database.statements import Change
from storage.database.transactions import reading, transaction
from storage.directory import directory
from storage.directory.rows import Contact
from storage.mail.queries import LetterLine
from storage.mail.sending import next_due
from tests.support.grove import Grove
from tests.support.growers import LEAD, key_of

MAIN, DEPUTY = key_of("VIE-BIR", "aspiring"), key_of("VIE-BIR", "aspiring", "deputy")
_BREAK = Change("UPDATE definitions SET text = 'broken'")
ADDRESS, NEW = f"{MAIN}@example.org", "new@example.org"


def _line(grove: Grove, person: str) -> LetterLine:
    return next(each for each in grove.letters() if each.person == person)


def _waits(grove: Grove, outcome: Outcome) -> LetterLine:
    """A reminder to the main person of a side was tried once, and waits."""
    grove.writes(4)
    grove.post.will_answer(ADDRESS, outcome)
    deliver(grove.runtime, grove.post)
    return _line(grove, MAIN)


def _joins(grove: Grove, key: str) -> None:
    """Somebody new at the centre of the main person."""
    with transaction(grove.runtime.database) as session:
        centre = directory.person(session, MAIN).centre_id
        who = Contact(key, key.title(), f"{key}@example.org", "en", centre_id=centre)
        directory.add_person(session, who)


def _later(grove: Grove) -> Counter[str]:
    """Whatever waits is tried at its moment, and what is owed then is written and sent."""
    before = len(grove.post.letters)
    with reading(grove.runtime.database) as session:
        moment = next_due(session)
    grove.clock.move_to(moment or grove.clock())
    for _ in range(2):
        deliver(grove.runtime, grove.post)
        compose_owed(grove.runtime)
        grove.clock.move_to(grove.clock() + timedelta(minutes=2))
    return Counter(each.recipient for each in grove.post.letters[before:])


def test_what_was_done_meanwhile_is_not_sent(any_grove: Grove) -> None:
    waits = _waits(any_grove, TryLater("451 later"))
    any_grove.files_note("VIE-BIR")

    got = _later(any_grove)

    line = next(each for each in any_grove.letters() if each.id == waits.id)
    assert ADDRESS not in got
    assert (line.state, line.reason) == ("superseded", "superseded: done meanwhile")
    assert line.attempts == 1
    assert any_grove.message(waits.message).reply == "superseded: done meanwhile"


def test_a_changed_address_gets_the_letter_that_waited_and_the_old_one_nothing(
    any_grove: Grove,
) -> None:
    waits = _waits(any_grove, TryLater("451 later"))
    any_grove.moves_to(MAIN, NEW)

    got = _later(any_grove)

    line = _line(any_grove, MAIN)
    old = any_grove.message(waits.message)
    assert (got[NEW], got[ADDRESS]) == (1, 0)
    assert (line.state, line.recipient) == ("accepted", NEW)
    assert (old.state, old.reply) == ("withheld", "the address of its reader is another by now")
    assert b"To: Aspiring Vie Bir Main <new@example.org>" in any_grove.post.letters[-1].frozen


def test_a_letter_that_is_right_still_goes_byte_for_byte(grove: Grove) -> None:
    waits = _waits(grove, TryLater("451 later"))
    before = grove.message(waits.message).frozen

    got = _later(grove)

    assert got[ADDRESS] == 1
    assert grove.post.letters[-1].frozen == before


def test_who_follows_in_the_role_is_asked_and_who_left_is_not(any_grove: Grove) -> None:
    _waits(any_grove, TryLater("451 later"))
    _joins(any_grove, "follower")
    change = Substitution("aspiring", MAIN, "follower")
    assert isinstance(substitute(any_grove.runtime, any_grove.pairs["VIE-BIR"], change, LEAD), Plan)

    got = _later(any_grove)

    assert (got["follower@example.org"], got[ADDRESS]) == (1, 0)
    assert _line(any_grove, "follower").state == "accepted"


@pytest.mark.parametrize("by_incident", [False, True])
def test_what_may_have_arrived_is_not_written_to_another_address_by_itself(
    grove: Grove, *, by_incident: bool
) -> None:
    waits = _waits(grove, Unknown("no answer"))
    grove.moves_to(MAIN, NEW)

    got = _later(grove)
    stands = _line(grove, MAIN)
    (incident,) = incident_lines(grove.runtime)
    if by_incident:
        retry_incident(grove.runtime, incident.number, LEAD)
    else:
        retry_letter(grove.runtime, waits.id, LEAD)
    after = _later(grove)

    assert got == {}
    assert stands.state == "needs_human"
    assert stands.reason == incident.what
    assert "it may have arrived before" in incident.what
    assert after == {NEW: 1}
    assert incident_lines(grove.runtime) == ()


def test_what_may_have_arrived_and_is_done_is_not_sent_again_and_says_so(grove: Grove) -> None:
    waits = _waits(grove, Unknown("no answer"))
    grove.files_note("VIE-BIR")

    got = _later(grove)

    line = next(each for each in grove.letters() if each.id == waits.id)
    assert ADDRESS not in got
    assert line.reason == "superseded: done meanwhile, and it may have arrived before"


def test_a_person_has_a_letter_written_to_the_address_of_now(grove: Grove) -> None:
    waits = _waits(grove, TryLater("451 later"))
    grove.clock.move_to(grove.clock() + timedelta(days=6))
    grove.post.will_answer(ADDRESS, TryLater("451 later"))
    deliver(grove.runtime, grove.post)
    grove.moves_to(MAIN, NEW)

    entered = retry_letter(grove.runtime, waits.id, LEAD)
    got = _later(grove)

    assert entered.outcome == "owed"
    assert got[NEW] == 1


def test_what_was_written_a_moment_ago_is_not_read_again(grove: Grove) -> None:
    grove.writes(4)
    grove.moves_to(MAIN, NEW)

    deliver(grove.runtime, grove.post)

    assert ADDRESS in {each.recipient for each in grove.post.letters}


def test_two_who_shared_a_mailbox_get_a_letter_each_once_one_of_them_moved(grove: Grove) -> None:
    grove.moves_to(DEPUTY, ADDRESS)
    waits = _waits(grove, TryLater("451 later"))
    together = {each.message for each in grove.letters() if each.recipient == ADDRESS}
    grove.moves_to(MAIN, NEW)

    got = _later(grove)

    assert together == {waits.message}
    assert (got[NEW], got[ADDRESS]) == (1, 1)
    assert {_line(grove, who).state for who in (MAIN, DEPUTY)} == {"accepted"}
    assert not any(b"withheld" in each.frozen for each in grove.post.letters)


def test_a_message_that_cannot_be_looked_at_goes_as_it_is(grove: Grove) -> None:
    _waits(grove, TryLater("451 later"))
    with transaction(grove.runtime.database) as session:
        session.change(_BREAK)
    grove.clock.move_to(grove.clock() + timedelta(minutes=7))

    sent = deliver(replace(grove.runtime, pinned={}), grove.post)

    assert sent.accepted == 1
    assert grove.post.letters[-1].recipient == ADDRESS
