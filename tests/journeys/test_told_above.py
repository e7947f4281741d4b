"""The day on which the lead is told, as letters name it, is the day on which the lead reads it."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from notifications.mailer import Outgoing
from simulation.beats import RowBeats
from simulation.weekly import Weekly
from tests.support.grove import Post
from tests.support.pairs import a_pair
from tests.support.world import World, wp6

LEAD = "lead@example.org"
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
    ("state", "asks"),
    [
        ("diagnostic", "for your decision: diagnostic"),  # for a digest
        ("match_validation", "for your decision: proposal"),  # can wait for a slot
        ("memorandum", "for your decision: memorandum"),  # goes at once
    ],
)
def test_the_lead_is_told_on_the_day_that_the_call_names(
    town: World, state: str, asks: str
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
    assert len(said) == 1
    assert {day.replace("\xa0", " ") for day in named} == {told[0]}
