"""A letter that could not be written goes out by the command that it names, once it can be."""

import re

import pytest

from runtime.queries.incidents import incident_lines
from runtime.queries.letters import Sought, letter_lines, message
from runtime.use_cases.retry_letter import retry_letter
from storage.database.statements import Change
from storage.database.transactions import reading, transaction
from storage.errors import NotFoundError
from storage.mail.queries import LetterLine, LetterQuery, letters
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import LEAD, World

_NAME = Change("UPDATE centres SET name = :name WHERE key = :key")
_COMMAND = re.compile(r"pairing mail retry (\d+)")


def _named(pair: Pair, name: str) -> None:
    """Straight into the directory, which takes no empty name."""
    with transaction(pair.world.runtime.database) as session:
        session.change(_NAME, name=name, key="VIE-BIR-a")


def _polls(pair: Pair, state: str = "") -> list[LetterLine]:
    with reading(pair.world.runtime.database) as session:
        found = letters(session, LetterQuery(state=state))
    return [each for each in found if each.letter == "N-17.poll"]


@pytest.fixture
def stuck(town: World) -> Pair:
    """A pair whose polls for the workshop could not be written."""
    pair = a_pair(town).gets_to("continued_implementation")
    days_go_by(town, 393)
    _named(pair, "")
    days_go_by(town, 5)
    return pair


def _retried(pair: Pair) -> list[str]:
    """What becomes of each by the command that it names."""
    _named(pair, "Birchwater")
    before = _polls(pair, "needs_human")
    ids = {each.id for each in before}
    shown = letter_lines(pair.world.runtime, Sought(state="needs_human"))
    reasons = [each.reason for each in shown if each.number in ids]
    for reason in reasons:
        number = _COMMAND.search(reason)
        assert number is not None, reason
        retry_letter(pair.world.runtime, int(number[1]), LEAD)
    pair.world.beat()
    return [each.state for each in _polls(pair) if each.id in {each.id for each in before}]


def test_a_letter_names_the_command_that_sends_it_once_what_lacked_is_on_file(
    stuck: Pair,
) -> None:
    runtime = stuck.world.runtime
    number = _polls(stuck)[0].id
    with pytest.raises(NotFoundError, match=rf"letter {number} is not written.*aspiring_centre"):
        message(runtime, number)

    assert _retried(stuck) == ["accepted", "accepted"]

    assert "Your days for the workshop" in message(runtime, number).subject
    assert not [each for each in incident_lines(runtime) if "N-17.poll " in each.cause]
    with pytest.raises(NotFoundError, match=f"no letter {number} waits for a person: it is acc"):
        retry_letter(runtime, number, LEAD)


def test_a_letter_that_waited_over_a_pause_goes_out_after_all(stuck: Pair) -> None:
    until = stuck.today.replace(year=stuck.today.year + 1)
    stuck.goes("suspend", LEAD, note="A strike.", review_on=until.isoformat())
    days_go_by(stuck.world, 20)
    stuck.goes("resume", LEAD, note="It is over.")

    assert _retried(stuck) == ["accepted", "accepted"]


def test_a_letter_that_is_retried_during_a_pause_is_not_lost_and_goes_out_after_it(
    stuck: Pair,
) -> None:
    until = stuck.today.replace(year=stuck.today.year + 1)
    stuck.goes("suspend", LEAD, note="A strike.", review_on=until.isoformat())
    assert _retried(stuck) == ["needs_human", "needs_human"]
    assert "rests" in _polls(stuck)[0].reason

    stuck.goes("resume", LEAD, note="It is over.")

    assert _retried(stuck) == ["accepted", "accepted"]
