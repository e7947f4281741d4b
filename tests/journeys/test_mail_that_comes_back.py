"""What comes back by mail to the letters of the programme: answers of calendars, and replies."""

import pytest

from runtime.workers.arrived import take
from storage.database.transactions import reading
from storage.journal.verify import verify
from storage.mail import inbound
from tests.support.calendar_mail import items, reads_replies
from tests.support.calendar_replies import by_mail
from tests.support.calendar_replies import reply as answer
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair
from tests.support.world import FACILITATOR, World

COORDINATOR = "coordinator.vie-bir@example.org"


@pytest.fixture
def pair(town: World) -> Pair:
    reads_replies(town)
    found = a_pair(town).gets_to("onboarding")
    found.files("onboarding_date", FACILITATOR, starts_at="2026-06-25T10:00+02:00")
    town.beat()
    return found


def test_a_calendar_that_may_come_or_not_is_told_to_the_facilitator(pair: Pair) -> None:
    entry = [each for reader, each in items(pair.world) if reader == COORDINATOR][-1]

    state = take(pair.world.runtime, by_mail(answer(entry, COORDINATOR, "TENTATIVE"), COORDINATOR))
    pair.world.beat()

    ((reader, text),) = _told(pair)
    assert (state, reader) == (inbound.PASSED_ON, "facilitator")
    assert "- Coordinator VIE-BIR may come or not to Online onboarding" in text
    assert f'{COORDINATOR} answers the letter "Online onboarding"' in text


def test_words_beside_a_yes_come_with_what_was_recorded_of_it(pair: Pair) -> None:
    entry = [each for reader, each in items(pair.world) if reader == COORDINATOR][-1]
    ics = answer(entry, COORDINATOR, comment="May I bring two nurses?")

    state = take(pair.world.runtime, by_mail(ics, COORDINATOR))
    pair.world.beat()

    ((_, text),) = _told(pair)
    assert state == inbound.DONE
    assert "- May I bring two nurses?" in text
    assert "recorded: Coordinator VIE-BIR says yes to Online onboarding. Only the words" in text
    assert "nothing has been recorded" not in text
    assert f'{COORDINATOR} answers the letter "Online onboarding"' in text


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
