"""What comes back by mail to the letters of the programme: answers of calendars, and replies."""

import pytest

from runtime.queries.show_case import show_case
from runtime.workers.arrived import take
from storage.database.transactions import reading
from storage.journal.verify import verify
from storage.mail import inbound
from tests.support.calendar_mail import items
from tests.support.calendar_replies import reply as answer
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair
from tests.support.world import FACILITATOR, World

COORDINATOR = "coordinator.vie-bir@example.org"


@pytest.fixture
def pair(town: World) -> Pair:
    found = a_pair(town).gets_to("onboarding")
    found.files("onboarding_date", FACILITATOR, starts_at="2026-06-25T10:00+02:00")
    town.beat()
    return found


def _accepts(pair: Pair) -> dict[str, bool | None]:
    lines = show_case(pair.world.runtime, pair.case).meetings
    return {each.side: each.accepts for line in lines for each in line.answers}


def _by_mail(ics: bytes, sender: str = COORDINATOR) -> bytes:
    head = f"From: {sender}\r\nTo: pairing@example.org\r\nSubject: Accepted\r\n"
    kind = "Content-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n"
    return f"{head}{kind}".encode("ascii") + ics


def test_a_yes_that_a_calendar_mails_is_the_answer_of_its_side(pair: Pair) -> None:
    entry = [each for reader, each in items(pair.world) if reader == COORDINATOR][-1]

    states = [take(pair.world.runtime, _by_mail(answer(entry, COORDINATOR))) for _ in range(2)]

    assert states == [inbound.DONE, "known"]
    assert _accepts(pair)["coordinator"] is True


def test_a_calendar_that_may_come_or_not_is_told_to_the_facilitator(pair: Pair) -> None:
    entry = [each for reader, each in items(pair.world) if reader == COORDINATOR][-1]

    state = take(pair.world.runtime, _by_mail(answer(entry, COORDINATOR, "TENTATIVE")))
    pair.world.beat()

    ((reader, text),) = _told(pair)
    assert (state, reader) == (inbound.PASSED_ON, "facilitator")
    assert "- Coordinator VIE-BIR may come or not to Online onboarding" in text
    assert f'{COORDINATOR} answers the letter "Accepted"' in text


def test_a_reply_in_any_words_reaches_the_facilitator_of_the_pair(pair: Pair) -> None:
    raw = f"From: {COORDINATOR}\nTo: pairing@example.org\n\nGladly,\nbut later.\n"

    state = take(pair.world.runtime, raw.encode("ascii"))
    pair.world.beat()

    ((_, text),) = _told(pair)
    assert state == inbound.PASSED_ON
    assert f"Coordinator VIE-BIR, {COORDINATOR} writes to the programme" in text
    assert "- Gladly, - but later." in text
    with reading(pair.world.runtime.database) as session:
        assert list(verify(session)) == []


def _told(pair: Pair) -> list[tuple[str, str]]:
    """The letters about mail that came in: who read them, and their text."""
    return [(to, text) for to, subject, text in arrived(pair) if subject.startswith("Mail from")]
