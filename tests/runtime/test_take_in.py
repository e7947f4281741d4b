"""What comes back by mail has its effect once: an address is marked, a reply is passed on."""

import pytest

from runtime.queries.incidents import incident_lines
from runtime.workers.arrived import KNOWN, take
from runtime.workers.compose import compose_owed
from storage.database.transactions import reading
from storage.directory import directory
from storage.mail import inbound
from tests.support.came_back import failure, reply
from tests.support.grove import Grove
from tests.support.inboxes import FERN, MAIN, PAIR, listed, sent, told, with_inbox


def _is_reachable(grove: Grove, person: str = MAIN) -> bool:
    with reading(grove.runtime.database) as session:
        return directory.person(session, person).reachable


def test_a_failure_marks_the_address_and_the_next_contact_is_asked(any_grove: Grove) -> None:
    with_inbox(any_grove)
    letter = sent(any_grove)

    state = take(any_grove.runtime, failure(letter))

    any_grove.sends()
    assert state == inbound.DONE
    assert not _is_reachable(any_grove)
    assert [each.person for each in any_grove.letters(PAIR) if each.letter == "N-2.lost"] == [FERN]
    line = next(each for each in any_grove.letters(PAIR) if each.person == MAIN)
    assert (line.state, line.reason) == ("refused", "550 5.1.1 no such user")


def test_a_failure_that_came_to_the_return_path_needs_no_other_proof(grove: Grove) -> None:
    with_inbox(grove)
    letter = sent(grove)
    (path,) = (
        each.sender for each in grove.post.letters if each.recipient == f"{MAIN}@example.org"
    )

    state = take(grove.runtime, failure(letter, token="", sent_to=path))

    assert state == inbound.DONE
    assert not _is_reachable(grove)


def test_the_same_failure_read_twice_is_one(any_grove: Grove) -> None:
    with_inbox(any_grove)
    raw = failure(sent(any_grove))

    states = [take(any_grove.runtime, each) for each in (raw, raw, b"Received: x\n" + raw)]

    assert states == [inbound.DONE, KNOWN, KNOWN]
    assert len(listed(any_grove)) == 1
    assert len([each for each in any_grove.letters(PAIR) if each.letter == "N-2.lost"]) == 1


def test_a_failure_of_an_address_that_was_put_right_does_nothing(grove: Grove) -> None:
    with_inbox(grove)
    letter = sent(grove)
    grove.moves_to(MAIN, "new@example.org")

    state = take(grove.runtime, failure(letter))

    assert state == inbound.NOTHING
    assert _is_reachable(grove)
    assert listed(grove)[0].outcome == "the address was put right meanwhile"


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"code": "5.2.2"}, inbound.PASSED_ON),  # a full mailbox
        ({"token": "0" * 32}, inbound.NOTHING),  # a token that nobody was given
        ({"token": ""}, inbound.FOR_A_PERSON),  # it cannot prove that it knows the letter
        ({"message_id": "<another@example.org>"}, inbound.PASSED_ON),
        ({"address": "somebody.else@example.org"}, inbound.PASSED_ON),  # mail is passed on there
        ({"address": "somebody.else@example.org", "token": ""}, inbound.NOTHING),
        ({"address": "nobody"}, inbound.NOTHING),
        ({"action": "delayed"}, inbound.NOTHING),
    ],
)
def test_a_failure_that_is_not_surely_so_marks_no_address(
    change: dict[str, str], state: str, grove: Grove
) -> None:
    with_inbox(grove)
    letter = sent(grove)

    taken = take(grove.runtime, failure(letter, **change))

    assert taken == state
    assert _is_reachable(grove)
    assert len(told(grove)) == (state == inbound.PASSED_ON)


def test_a_letter_to_the_facilitator_that_fails_leads_to_no_other_letter(grove: Grove) -> None:
    with_inbox(grove)
    letter = sent(grove)
    take(grove.runtime, reply(letter, "Yes.\n"))
    told(grove)
    line = next(each for each in grove.letters(PAIR) if each.letter == "N-2.wrote")
    before = len(grove.letters())

    state = take(grove.runtime, failure(grove.message(line.message).frozen, code="5.2.2"))

    grove.sends()
    assert state == inbound.FOR_A_PERSON
    assert len(grove.letters()) == before


def test_a_failure_that_is_told_is_told_once_of_a_letter(grove: Grove) -> None:
    with_inbox(grove)
    letter = sent(grove)

    states = [
        take(grove.runtime, failure(letter, code="5.2.2", address=address))
        for address in (f"{MAIN}@example.org", f"{MAIN.upper()}@example.org")
    ]

    assert states == [inbound.PASSED_ON, inbound.FOR_A_PERSON]
    assert len(told(grove)) == 1


def test_a_failure_of_a_letter_that_was_never_tried_is_for_a_person(grove: Grove) -> None:
    with_inbox(grove)
    grove.writes(4)
    line = next(each for each in grove.letters(PAIR) if each.person == MAIN)

    take(grove.runtime, failure(grove.message(line.message).frozen))

    assert _is_reachable(grove)


def test_the_words_of_a_reply_reach_the_facilitator_without_what_they_quote(
    any_grove: Grove,
) -> None:
    with_inbox(any_grove)
    letter = sent(any_grove)

    state = take(any_grove.runtime, reply(letter, "The note follows on Friday.\n"))

    texts = told(any_grove)
    line = listed(any_grove)[0]
    assert state == inbound.PASSED_ON
    assert len(texts) == 1
    assert "- The note follows on Friday." in texts[0]
    assert any_grove.name_of(MAIN) in texts[0]
    assert texts[0].count("- ") == 1
    assert (line.kind, line.case, line.state) == ("reply", PAIR, "passed_on")


def test_a_reply_of_somebody_else_who_holds_the_letter_names_them(grove: Grove) -> None:
    with_inbox(grove)
    letter = sent(grove)

    take(grove.runtime, reply(letter, "I answer for her.\n", sender="colleague@example.org"))

    assert "colleague@example.org answers" in told(grove)[0]


def test_a_reply_with_a_token_that_nobody_was_given_is_told_to_nobody(grove: Grove) -> None:
    with_inbox(grove)
    letter = sent(grove)

    state = take(grove.runtime, reply(letter, "Yes.\n", token="f" * 32, sender="a@example.org"))

    assert state == inbound.NOTHING
    assert told(grove) == []


def test_mail_of_somebody_in_one_pair_that_answers_no_letter_is_passed_on_too(
    grove: Grove,
) -> None:
    with_inbox(grove)
    raw = f"From: {MAIN}@example.org\nTo: pairing@example.org\nSubject: x\n\nGood day.\n"

    state = take(grove.runtime, raw.encode("ascii"))

    assert state == inbound.PASSED_ON
    assert "- Good day." in told(grove)[0]


def test_whoever_writes_again_and_again_is_passed_on_so_often_only(grove: Grove) -> None:
    with_inbox(grove)
    letter = sent(grove)

    states = [take(grove.runtime, reply(letter, f"Number {at}.\n")) for at in range(25)]

    assert states == [inbound.PASSED_ON] * 20 + [inbound.FOR_A_PERSON] * 5
    assert len([each for each in incident_lines(grove.runtime) if each.kind == "inbound"]) == 1


def test_what_the_facilitator_writes_is_not_sent_back_to_them(grove: Grove) -> None:
    with_inbox(grove)
    letter = sent(grove)

    state = take(grove.runtime, reply(letter, "Noted.\n", sender=f"{FERN}@example.org"))

    assert state == inbound.NOTHING
    assert told(grove) == []


def test_letters_among_the_office_are_answered_directly(grove: Grove) -> None:
    with_inbox(grove)
    letter = sent(grove)
    take(grove.runtime, reply(letter, "Yes.\n"))
    compose_owed(grove.runtime)

    line = next(each for each in grove.letters(PAIR) if each.letter == "N-2.wrote")

    assert b"pairing+" not in grove.message(line.message).frozen
    assert b"Reply-To: Pairing Programme <pairing+" in letter


def test_without_an_inbox_replies_go_to_the_facilitator_as_before(grove: Grove) -> None:
    letter = sent(grove)

    assert f"<{FERN}@example.org>".encode("ascii") in letter.partition(b"Reply-To:")[2][:90]
