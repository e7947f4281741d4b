"""What a calendar mails is believed of whoever was invited: by a token, and not by its head."""

from email import message_from_bytes
from email.utils import parseaddr

import pytest

from runtime.queries.incidents import incident_lines
from runtime.queries.show_case import show_case
from runtime.workers.arrived import take
from storage.mail import inbound
from tests.support.calendar_items import Seen
from tests.support.calendar_mail import Arrived, items, onboarding_fixed
from tests.support.calendar_replies import by_mail, reply
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair
from tests.support.world import FACILITATOR, World

AT_TEN, AT_TWO = "2026-06-25T10:00+02:00", "2026-06-25T14:00+02:00"
COORDINATOR = "coordinator.vie-bir@example.org"
ASPIRING = "aspiring.vie-bir@example.org"
NO = "DECLINED"


@pytest.fixture
def pair(town: World) -> Pair:
    return onboarding_fixed(town, AT_TEN)


def _entry(found: Arrived, address: str = COORDINATOR) -> Seen:
    return [each for reader, each in found if reader == address][-1]


def _accepts(pair: Pair) -> dict[str, bool | None]:
    lines = show_case(pair.world.runtime, pair.case).meetings
    return {each.side: each.accepts for line in lines for each in line.answers}


def _told(pair: Pair) -> list[str]:
    """What the facilitator reads of mail that came in."""
    pair.world.beat()
    return [text for _, subject, text in arrived(pair) if subject.startswith("Mail from")]


def test_each_reader_answers_to_an_organiser_of_their_own_for_ever(pair: Pair) -> None:
    found = items(pair.world)
    for changed in ({"starts_at": AT_TWO}, {"starts_at": AT_TWO, "accepted_by_aspiring": False}):
        pair.files("onboarding_date", FACILITATOR, **changed)
        pair.world.beat()
        found += items(pair.world)

    by_reader = {
        address: {(each.uid, each.organiser) for reader, each in found if reader == address}
        for address in (COORDINATOR, ASPIRING)
    }
    entries = [entry for each in by_reader.values() for entry in each]
    assert [len(each) for each in by_reader.values()] == [1, 1]
    assert len({uid for uid, _ in entries}) == 1
    assert len({organiser for _, organiser in entries}) == 2


def test_a_no_that_bears_the_token_of_its_reader_is_their_answer(pair: Pair) -> None:
    entry = _entry(items(pair.world))

    states = [
        take(pair.world.runtime, by_mail(reply(entry, COORDINATOR, NO), COORDINATOR))
        for _ in range(2)
    ]

    assert states == [inbound.DONE, "known"]
    assert _accepts(pair)["coordinator"] is False


def test_an_answer_to_the_letter_itself_proves_as_much_as_one_to_the_organiser(pair: Pair) -> None:
    letter = next(each for each in pair.world.mailbox.letters if each.recipient == COORDINATOR)
    _, answered_at = parseaddr(message_from_bytes(letter.frozen)["Reply-To"])
    ics = reply(_entry(items(pair.world)), COORDINATOR, organiser="mailto:pairing@example.org")

    state = take(pair.world.runtime, by_mail(ics, COORDINATOR, to=answered_at))

    assert state == inbound.DONE
    assert _accepts(pair)["coordinator"] is True


@pytest.mark.parametrize("whose", ["nobody", "the other side", "invented"])
def test_a_forged_no_takes_no_day_back_and_the_facilitator_hears_of_it(
    pair: Pair, whose: str
) -> None:
    found = items(pair.world)
    organiser = {
        "nobody": "mailto:pairing@example.org",
        "the other side": _entry(found, ASPIRING).organiser,
        "invented": f"mailto:pairing+{'a' * 32}@example.org",
    }[whose]
    ics = reply(_entry(found), COORDINATOR, NO, organiser=organiser)

    state = take(pair.world.runtime, by_mail(ics, COORDINATOR))

    (text,) = _told(pair)
    assert state == inbound.PASSED_ON
    assert _accepts(pair) == {"coordinator": None, "aspiring": None}
    assert "says no to Online onboarding, and nothing in the mail proves that they sent it" in text


def test_what_strangers_send_as_answers_is_listed_once_and_mailed_to_nobody(pair: Pair) -> None:
    entry = _entry(items(pair.world))
    plain = "mailto:pairing@example.org"

    states = [
        take(
            pair.world.runtime,
            by_mail(reply(entry, COORDINATOR, NO, organiser=plain), f"a.{at}@example.org"),
        )
        for at in range(30)
    ]

    assert set(states) == {inbound.FOR_A_PERSON}
    assert _told(pair) == []
    (line,) = incident_lines(pair.world.runtime)
    assert "answers of calendars" in line.cause


def test_whoever_sends_answers_again_and_again_is_passed_on_so_often_only(pair: Pair) -> None:
    entry = _entry(items(pair.world))

    states = [
        take(
            pair.world.runtime,
            by_mail(
                reply(entry, COORDINATOR, "TENTATIVE", begins=f"202606{at:02}T080000Z"), COORDINATOR
            ),
        )
        for at in range(1, 29)
    ]

    assert states == [inbound.PASSED_ON] * 20 + [inbound.FOR_A_PERSON] * 8
