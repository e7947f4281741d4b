"""Whoever runs a pair is told to call whom, so that they can sign on a page (security 13)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cli.shared.filing import next_lines
from runtime.queries.why import why
from runtime.use_cases.dead_address import mark_dead
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from tests.support.linked import code_of, linked
from tests.support.pairs import Pair, a_pair
from tests.support.word_replies import letters_to, opened, words_of
from tests.support.world import LEAD, World, wp6

HOW = "tell on the phone the code to sign with:"
MONDAY = datetime(2026, 5, 18, 6, tzinfo=UTC)  # 08:00 where the office is


def _said(pair: Pair) -> list[str]:
    """What a step says below itself, of codes."""
    lines = next_lines("VIE-BIR", why(pair.world.runtime, pair.case))
    return lines[lines.index(HOW) + 1 :] if HOW in lines else []


def _overview(pair: Pair) -> str:
    """The overview of the facilitator in the week after."""
    world = pair.world
    office = replace(world.runtime, programme=wp6())
    world.clock.move_to(MONDAY)
    compose_owed(office)
    deliver(office, world.mailbox)
    [overview] = letters_to(pair, "facilitator", "Monday 18 May")
    return " ".join(words_of(overview).split())


def _of_the_lead(pair: Pair) -> str:
    """The overview of the lead in the same week."""
    sent = [e for e in pair.world.mailbox.letters if e.recipient == "lead@example.org"]
    [overview] = [e for e in sent if "Monday 18 May" in str(opened(e)["Subject"])]
    return " ".join(words_of(overview).split())


@pytest.fixture
def pair(town: World) -> Pair:
    return a_pair(linked(town)).gets_to("first_visit").files_all()


def test_the_step_that_begins_the_signing_says_whom_to_call_until_a_code_was_made(
    pair: Pair,
) -> None:
    before = _said(pair)
    pair.goes("finish_visit")
    begun = _said(pair)
    code_of(pair.world, "VIE-BIR-c")

    assert before == []
    assert [" ".join(each.split()) for each in begun] == [
        "pairing centre code VIE-BIR-c Coordinator VIE-BIR",
        "pairing centre code VIE-BIR-a Aspiring VIE-BIR",
    ]
    assert _said(pair) == begun[1:]


def test_who_has_signed_need_not_be_called(pair: Pair) -> None:
    pair.goes("finish_visit")
    pair.files("memorandum")
    pair.signs("coordinator")

    assert [each.split()[3] for each in _said(pair)] == ["VIE-BIR-a"]


def test_the_overview_of_the_week_has_the_call_with_its_command(pair: Pair) -> None:
    pair.goes("finish_visit")

    text = _overview(pair)

    what = "the code of their centre, with which they sign on the page of their letter"
    assert "- Coordinator VIE-BIR (" in text
    assert f": {what} (the command is `pairing centre code VIE-BIR-c`)" in text
    assert "centre code" not in _of_the_lead(pair)  # it would end what was told


def test_the_lead_is_asked_to_call_where_nobody_runs_the_pair(pair: Pair) -> None:
    pair.goes("finish_visit")
    for each in ("vie-bir-facilitator", "vie-bir-facilitator-deputy"):
        mark_dead(pair.world.runtime, each, "It bounced.", LEAD)

    pair.world.clock.move_to(MONDAY)
    office = replace(pair.world.runtime, programme=wp6())
    compose_owed(office)
    deliver(office, pair.world.mailbox)

    assert "`pairing centre code VIE-BIR-c`" in _of_the_lead(pair)


def test_where_no_page_has_an_address_nobody_is_called(town: World) -> None:
    pair = a_pair(town).gets_to("first_visit").files_all()
    pair.goes("finish_visit")

    assert _said(pair) == []
    assert "centre code" not in _overview(pair)
