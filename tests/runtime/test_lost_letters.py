"""What a dead address has lost goes out by itself once its reader can be written to again."""

from engine.model.plan import Plan
from notifications.mailer import Rejected
from runtime.use_cases.dead_address import mark_alive
from runtime.use_cases.directory import add_person
from runtime.use_cases.directory_checks import NewContact
from runtime.use_cases.substitute import Change, substitute
from storage.directory.rows import Contact
from storage.mail.queries import LetterLine
from tests.support.grove import Grove
from tests.support.growers import LEAD
from tests.support.inboxes import MAIN, PAIR

OLD, NEW = f"{MAIN}@example.org", "new@example.org"


def _loses_the_ask(grove: Grove) -> None:
    grove.post.will_answer(OLD, Rejected("550 5.1.1 no such user"))
    grove.sends(4)


def _asks(grove: Grove) -> list[LetterLine]:
    return [each for each in grove.letters(PAIR) if (each.letter, each.person) == ("N-2.ask", MAIN)]


def _to(grove: Grove, address: str) -> int:
    return len([each for each in grove.post.letters if each.recipient == address])


def test_what_is_asked_still_goes_to_the_address_that_was_put_right(any_grove: Grove) -> None:
    _loses_the_ask(any_grove)

    any_grove.moves_to(MAIN, NEW)
    any_grove.sends()

    assert [each.state for each in _asks(any_grove)] == ["accepted"]
    assert (_to(any_grove, OLD), _to(any_grove, NEW)) == (0, 1)


def test_it_goes_once_however_often_the_address_is_entered(grove: Grove) -> None:
    _loses_the_ask(grove)

    for address in (NEW, NEW, "newer@example.org"):
        grove.moves_to(MAIN, address)
        grove.sends()

    assert (_to(grove, NEW), _to(grove, "newer@example.org")) == (1, 0)


def test_what_was_done_meanwhile_is_not_asked_again(grove: Grove) -> None:
    _loses_the_ask(grove)
    grove.files_note(PAIR)

    grove.moves_to(MAIN, NEW)
    grove.sends()

    assert [each.state for each in _asks(grove)] == ["refused"]
    assert _to(grove, NEW) == 0


def test_an_address_that_works_after_all_gets_the_same_bytes(grove: Grove) -> None:
    _loses_the_ask(grove)
    (lost,) = _asks(grove)
    before = grove.message(lost.message).frozen
    grove.post.answers.clear()

    entered = mark_alive(grove.runtime, MAIN, LEAD)
    grove.sends()

    assert entered.letters == 1
    assert grove.post.bytes_of[grove.message(lost.message).message_id] == before


def test_whoever_follows_a_lost_reader_is_asked_what_they_were(grove: Grove) -> None:
    _loses_the_ask(grove)
    centre = grove.dossier(PAIR).party_of("aspiring").key
    add_person(grove.runtime, NewContact(Contact("ash", "Ash", "ash@example.org"), centre), LEAD)

    outcome = substitute(grove.runtime, grove.pairs[PAIR], Change("aspiring", MAIN, "ash"), LEAD)
    grove.sends()

    assert isinstance(outcome, Plan), outcome
    assert _to(grove, "ash@example.org") == 1


def test_another_address_of_somebody_who_is_reached_sends_nothing_again(grove: Grove) -> None:
    grove.sends(4)

    grove.moves_to(MAIN, NEW)
    grove.sends()

    assert (_to(grove, OLD), _to(grove, NEW)) == (1, 0)
