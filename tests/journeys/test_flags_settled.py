"""Flags of the real programme end with what they were raised for, and bring what is new."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from engine.model.dossier import Child
from engine.model.outcomes import FlagRaised
from storage.database.transactions import reading
from storage.mail.queries import LetterQuery, letters
from tests.support.actors import act
from tests.support.pair_records import objectives
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, World, world

FIRST = "Short objective 1"
BARRIER = {"since": "2026-05-01", "tried": "Asked twice.", "ask": "Lend us one."}


@pytest.fixture
def programme(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as made:
        yield made


def _flags(pair: Pair) -> dict[object, Child]:
    return {each.facts["flag"]: each for each in pair.dossier.children if "flag" in each.facts}


def _stages(pair: Pair, flag: Child) -> list[str]:
    with reading(pair.world.runtime.database) as session:
        return [line.letter for line in letters(session, LetterQuery(case=flag.id))]


def _texts(pair: Pair, words: str) -> list[str]:
    sent = (each.frozen.decode() for each in pair.world.mailbox.letters)
    return [text for text in sent if words in text]


def _slides(pair: Pair) -> None:
    pair.gets_to("onboarding")
    starts = f"{pair.today + timedelta(days=25)}T10:00:00+00:00"
    pair.files("onboarding_date", starts_at=starts)
    days_go_by(pair.world, 23)


def _memorandum(pair: Pair) -> None:
    pair.gets_to("memorandum").files_all()
    pair.signs("coordinator")
    days_go_by(pair.world, 15)


def _blocked(pair: Pair) -> None:
    rows = [{**each, "state": "blocked"} for each in objectives()]
    pair.gets_to("implementation").files("roadmap", objectives=rows)


@pytest.mark.parametrize(
    ("name", "raised", "settled"),
    [
        ("F-01", _slides, lambda pair: pair.files("onboarding_slides")),
        ("F-08", _memorandum, lambda pair: pair.signs("aspiring")),
        ("F-10", _blocked, lambda pair: pair.files("roadmap", objectives=objectives())),
    ],
)
def test_a_flag_ends_with_what_it_was_raised_for_and_reminds_no_more(
    programme: World, name: str, raised: Callable[[Pair], None], settled: Callable[[Pair], object]
) -> None:
    pair = a_pair(programme)
    raised(pair)
    up = _flags(pair)[name]

    settled(pair)
    programme.beat()
    told = _stages(pair, up)
    programme.days_pass(20)
    programme.beat()

    flag = _flags(pair)[name]
    assert up.closed_at is None
    assert flag.state == "closed"
    assert str(flag.facts["outcome"]).startswith("what was open is settled: ")
    assert told.count("N-21.closed") >= 1
    assert _stages(pair, up) == told


def test_a_second_barrier_comes_to_whoever_has_the_flag_and_opens_its_own_session(
    programme: World,
) -> None:
    pair = a_pair(programme).gets_to("implementation")
    pair.files(
        "barrier",
        FACILITATOR,
        what="There is no teacher.",
        objective=FIRST,
        **BARRIER,
    )
    flag = _flags(pair)["F-11"]
    on = (pair.today + timedelta(days=60)).isoformat()
    facts = {"owner": "vie-bir-facilitator", "next_step": "a session", "review_on": on}
    assert programme.pull(flag.id, "acknowledge", FACILITATOR, **facts).accepted
    days_go_by(programme, 1)

    answer = pair.files("barrier", FACILITATOR, what="The ward closes.", **BARRIER)
    days_go_by(programme, 1)

    now = _flags(pair)["F-11"]
    sessions = [e.facts for e in pair.dossier.children if e.workflow == "mentoring"]
    assert answer.opened == ("mentoring",)
    assert [(each["cause"], each["objective"]) for each in sessions] == [
        ("There is no teacher.", FIRST),
        ("The ward closes.", "the roadmap as a whole"),
    ]
    assert (now.id, now.state) == (flag.id, "acknowledged")
    assert now.facts["cause"] == "There is no teacher. The ward closes."
    assert _stages(pair, flag).count("N-21.more") == 2  # red: the lead as well
    assert len(_texts(pair, "- new: The ward closes.")) == 2


@pytest.mark.parametrize("said", ["none", "The system is refused."])
def test_a_barrier_told_in_a_check_in_is_the_flag_of_its_pair_in_its_own_words(
    programme: World, said: str
) -> None:
    pair = a_pair(programme).gets_to("implementation")
    by_hand = FlagRaised("F-11", "The board is gone.", FACILITATOR)
    assert act(programme.runtime, pair.case, by_hand).accepted
    check_in = next(e for e in pair.dossier.children if e.workflow == "check_in")
    note = {
        "summary": "Two of us left.",
        "bottlenecks": said,
        "barrier": True,
        "objective": "Short objective 1",
    }

    Pair(programme, check_in.id).files(
        "note", FACILITATOR, **{**note, "held_on": pair.today.isoformat()}
    )

    words = "Two of us left." if said == "none" else said
    (flag,) = [e for e in pair.dossier.children if e.facts.get("flag") == "F-11"]
    sessions = [e.facts for e in pair.dossier.children if e.workflow == "mentoring"]
    assert flag.facts["cause"] == f"The board is gone. {words}"
    assert [(each["cause"], each.get("objective")) for each in sessions] == [
        ("The board is gone.", "the roadmap as a whole"),
        (words, FIRST),
    ]


@pytest.mark.parametrize("days", [10, 40])
def test_an_agenda_that_came_late_is_asked_of_nobody(programme: World, days: int) -> None:
    pair = a_pair(programme).gets_to("visit_preparation")
    pair.files_all("visit_1_dates", "visit_1_agenda")
    first = pair.today + timedelta(days=days)
    pair.files("visit_1_dates", starts_on=str(first), ends_on=str(first + timedelta(days=1)))
    pair.files("visit_1_agenda", sent_on=str(pair.today))

    warned = pair.goes("begin_visit").warnings
    days_go_by(programme, 1)

    assert bool(warned) is (days < 14)
    assert all("14 days before are asked" in str(each["detail"]) for each in warned)
    assert "F-15" not in _flags(pair)
    assert _texts(pair, "asks you for the agenda") == []


def test_a_reason_more_is_said_by_the_letter_that_raises_the_flag_where_nobody_has_read_it(
    programme: World,
) -> None:
    pair = a_pair(programme).gets_to("implementation")
    for words in ("The board is gone.", "The nurse has left."):
        by_hand = FlagRaised("F-11", words, FACILITATOR)
        assert act(programme.runtime, pair.case, by_hand).accepted

    days_go_by(programme, 1)

    with reading(programme.runtime.database) as session:
        found = letters(session, LetterQuery(case=_flags(pair)["F-11"].id))
    raised = {each.person: each.message for each in found if "raised" in each.letter}
    more = {each.person: each.message for each in found if each.letter == "N-21.more"}
    assert more == raised
    assert _texts(pair, "The nurse has left.")
    assert not _texts(pair, "One more reason")
