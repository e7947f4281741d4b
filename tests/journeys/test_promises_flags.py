"""One flag of a kind for a whole family: what a check-in finds, the pair raises."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from engine.model.outcomes import FlagRaised, Triggered
from storage.database.transactions import reading
from storage.journal.verify import verify
from storage.mail.queries import LetterQuery, letters
from tests.support.actors import act
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, World, world

FOUR_MONTHS = 130


@pytest.fixture
def programme(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as made:
        yield made


def _missed(pair: Pair) -> list[tuple[object, object]]:
    """Every flag of a missed check-in: its severity and why it was raised."""
    return [
        (child.facts["severity"], child.facts["cause"])
        for child in pair.dossier.children
        if child.facts.get("flag") == "F-03"
    ]


def test_a_missed_check_in_raises_the_flag_of_its_pair(programme: World) -> None:
    pair = a_pair(programme).gets_to("implementation")

    days_go_by(programme, FOUR_MONTHS)

    why = "Too much time has passed since the last contact with the aspiring centre."
    assert _missed(pair) == [("red", why)]
    (told,) = [line for line in pair.journal if line.kind == "flag_raised"]
    assert told.note == why
    with reading(programme.runtime.database) as session:
        assert list(verify(session)) == []


def test_a_missed_check_in_opens_no_second_flag(programme: World) -> None:
    pair = a_pair(programme).gets_to("implementation")
    by_hand = FlagRaised("F-03", "Nobody picks up the phone.", FACILITATOR)
    assert act(programme.runtime, pair.case, by_hand).accepted

    days_go_by(programme, FOUR_MONTHS)

    why = "Too much time has passed since the last contact with the aspiring centre."
    assert _missed(pair) == [("red", f"Nobody picks up the phone. {why}")]


@pytest.mark.parametrize(
    ("put_aside", "days", "letter"),
    [
        ("mitigate", 20, "review_due"),
        ("snooze", 130, "review_ahead"),
        ("acknowledge", 130, "review_ahead"),
    ],
)
def test_a_flag_put_aside_is_asked_about_and_no_review_is_due_before_its_day(
    programme: World, put_aside: str, days: int, letter: str
) -> None:
    pair = a_pair(programme).gets_to("formalised")
    assert act(programme.runtime, pair.case, FlagRaised("F-08", "Seen.", FACILITATOR)).accepted
    flag = pair.dossier.children[-1].id
    far = (pair.today + timedelta(days=300)).isoformat()
    told = {"review_on": far, "owner": "vie-bir-facilitator", "next_step": "A call."}
    step = Triggered(put_aside, FACILITATOR, "They called each other.", told)
    assert act(programme.runtime, flag, step).accepted

    days_go_by(programme, days)

    with reading(programme.runtime.database) as session:
        asked = [x for x in letters(session, LetterQuery(case=flag)) if "review" in x.letter]
    assert {(line.letter, line.state) for line in asked} == {(f"N-21.{letter}", "accepted")}
