"""The overview of a week names each letter that the office holds back or has put off (0061)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from engine.model.outcomes import By
from runtime.queries.letters import LetterLine, Sought, letter_lines
from runtime.use_cases.arrange_letter import Arrangement, hold, not_before, release
from runtime.workers.sweep import sweep
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.word_replies import words_of
from tests.support.world import World, wp6

MONDAY = datetime(2026, 5, 18, 6, tzinfo=UTC)  # 08:00 where the office is
BY = By("vie-bir-facilitator", "facilitator")
HELD = "is held back by Facilitator VIE-BIR: Ask by phone."


def test_the_overview_says_which_letter_is_held_by_whom_why_and_until_when(
    any_town: World,
) -> None:
    pair = a_pair(any_town).gets_to("onboarding")
    any_town.runtime = replace(any_town.runtime, programme=wp6())
    sweep(any_town.runtime)
    first, second = _polls(pair)
    hold(any_town.runtime, Arrangement(first.number, "Ask by phone.", BY))
    day = MONDAY.date() + timedelta(days=10)
    not_before(any_town.runtime, Arrangement(second.number, "A congress.", BY), day)

    any_town.clock.move_to(MONDAY)
    any_town.beat()
    told = _overview(any_town)
    release(any_town.runtime, Arrangement(first.number, "They called.", BY))
    days_go_by(any_town, 8)  # Whit Monday is a holiday
    after = _overview(any_town)

    assert "Withheld: 2." in told
    assert f"{first.name}: 1, letter {first.number} {HELD}" in told
    until = f"letter {second.number} is put off until {day:%A} {day.day} May 2026"
    assert f"{second.name}: 1, {until} by Facilitator VIE-BIR: A congress." in told
    assert HELD not in after
    assert until in after


def _polls(pair: Pair) -> list[LetterLine]:
    found = letter_lines(pair.world.runtime, Sought(pair.case))
    return sorted((e for e in found if e.letter == "N-07.poll"), key=lambda each: each.number)


def _overview(town: World) -> str:
    """The last overview that the facilitator got, in one line."""
    reader = "facilitator.vie-bir@example.org"
    sent = [each for each in town.mailbox.letters if each.recipient == reader]
    mine = [each for each in sent if ".overview." in each.message_id]
    return " ".join(words_of(mine[-1]).split())
