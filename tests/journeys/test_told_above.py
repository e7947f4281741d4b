"""The day on which the lead is told, as letters name it, is the day on which the lead reads it."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from engine.model.outcomes import By
from notifications.mailer import Outgoing
from runtime.use_cases.arrange_letter import Arrangement, again
from simulation.beats import RowBeats
from simulation.weekly import Weekly
from storage.database.transactions import reading
from storage.mail.queries import LetterQuery, letters
from tests.support.grove import Post
from tests.support.pairs import a_pair
from tests.support.world import World, wp6

LEAD = "lead@example.org"
OVERDUE = "N-11.overdue"
WEEKS = 12


def _weeks_pass(town: World) -> list[Outgoing]:
    """A beat whenever anything is due, as it would all along; what was sent."""
    office, post = replace(town.runtime, programme=wp6()), Post()
    beats = RowBeats(office, post, Weekly(office))
    beats.mail()
    begins, ends = town.clock(), town.clock() + timedelta(weeks=WEEKS)
    while (moment := min(each or ends for each in beats.due(begins))) < ends:
        town.clock.move_to(max(moment, town.clock()))
        beats.sweep(town.clock())
        beats.mail()
    return post.letters


def _text(letter: Outgoing) -> str:
    """Its subject and its words: of several letters in one the titles are among these."""
    message = message_from_bytes(letter.frozen, policy=policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    return " ".join([str(message["Subject"]), *str(body.get_content()).split()])


def _day(letter: Outgoing) -> str:
    sent = message_from_bytes(letter.frozen, policy=policy.default)["Date"].datetime
    return f"{sent:%A} {sent.day} {sent:%B %Y}"


@pytest.mark.parametrize(
    ("state", "asks", "calls"),
    [
        ("diagnostic", "for your decision: diagnostic", 1),  # for a digest
        ("match_validation", "for your decision: proposal", 1),  # can wait for a slot
        ("memorandum", "for your decision: memorandum", 3),  # goes at once; both sides read it too
    ],
)
def test_the_lead_is_told_on_the_day_that_the_call_names(
    town: World, state: str, asks: str, calls: int
) -> None:
    pair = a_pair(town).gets_to(state)
    if state == "memorandum":
        pair.files("memorandum")

    sent = _weeks_pass(town)

    said = [text for each in sent if "If it is still open on" in (text := _text(each))]
    named = {text.partition("If it is still open on ")[2].partition(", ")[0] for text in said}
    told = [
        _day(each) for each in sent if each.recipient == LEAD and asks in _text(each).casefold()
    ]
    assert len(said) == calls
    assert {day.replace("\xa0", " ") for day in named} == {told[0]}


def test_a_letter_sent_once_more_after_the_lead_was_told_says_so(town: World) -> None:
    a_pair(town).gets_to("memorandum").files("memorandum")
    before = [each for each in _weeks_pass(town) if "Lead follows it with us" in _text(each)]
    with reading(town.runtime.database) as session:
        overdue = next(each for each in letters(session, LetterQuery()) if each.letter == OVERDUE)

    again(
        town.runtime,
        Arrangement(overdue.id, "it was lost", By("vie-bir-facilitator", "facilitator")),
    )
    town.mailbox.letters.clear()
    town.beat()

    (sent,) = (each for each in town.mailbox.letters if "asks you to sign, or to" in _text(each))
    assert before == []
    assert "Lead follows it with us." in _text(sent)
    assert "Who else was told: Lead and Facilitator VIE-BIR." in _text(sent)
