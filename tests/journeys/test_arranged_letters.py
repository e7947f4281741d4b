"""A facilitator holds a letter back, dates it or leaves a reader out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.decide.ends import OWED
from engine.model.dossier import Dossier
from engine.model.outcomes import By
from engine.model.plan import Plan
from engine.time.zones import local_day
from runtime.permission import NotEntitledError
from runtime.queries.forecast import forecast
from runtime.queries.letter_story import letter_story
from runtime.queries.letters import LetterLine
from runtime.use_cases.arrange_letter import (
    ArrangedError,
    again,
    hold,
    not_before,
    not_to,
    release,
)
from runtime.workers.compose import compose_owed
from storage.database.transactions import reading
from storage.journal import lines
from storage.journal.verify import verify
from tests.support.arranged import WHY, arranged, days_pass, just_formed, letters_of
from tests.support.pairs import Pair, days_go_by
from tests.support.world import START, ZONE, World

ASPIRING = By("vie-bir-aspiring", "aspiring")


@pytest.fixture
def pair(any_town: World) -> Pair:
    return just_formed(any_town)


def test_a_letter_that_is_held_waits_until_it_is_released(any_town: World, pair: Pair) -> None:
    letter = _first(pair)

    hold(any_town.runtime, arranged(letter))
    days_pass(any_town, 3)
    held = letter_story(any_town.runtime, letter.number).letter
    release(any_town.runtime, arranged(letter))
    days_pass(any_town, 1)

    assert (held.state, held.reason, held.goes_at) == (OWED, f"on hold: {WHY}", None)
    told = letter_story(any_town.runtime, letter.number)
    assert told.letter.state == "accepted"
    assert told.message is not None
    assert [each.outcome for each in told.message.tries] == ["accepted"]


def test_a_letter_that_is_dated_goes_on_that_day(any_town: World, pair: Pair) -> None:
    letter = _first(pair)
    day = START.date() + timedelta(days=3)

    not_before(any_town.runtime, arranged(letter), day)
    told = [
        each
        for each in forecast(any_town.runtime, START + timedelta(days=6)).letters
        if each.letter == letter.letter
    ]
    days_pass(any_town, 2)
    waits = _again(pair, letter)
    days_pass(any_town, 2)

    own = [each for each in told if each.number == letter.number]
    assert [(each.end, each.put_off, local_day(each.at, ZONE)) for each in own] == [
        ("accepted", f"not before {day} by Facilitator VIE-BIR: {WHY}", day)
    ]
    assert (waits.state, waits.goes_at is not None) == (OWED, True)
    assert _again(pair, letter).state == "accepted"


def test_a_reminder_waits_with_the_request_that_is_dated(any_town: World, pair: Pair) -> None:
    request = next(each for each in letters_of(pair) if each.letter == "N-06.ask")
    day = START.date() + timedelta(days=17)

    not_before(any_town.runtime, arranged(request), day)
    days_go_by(any_town, 16)
    waits = next(each for each in letters_of(pair) if each.letter == "N-06.offer")
    days_go_by(any_town, 2)

    said = f"withheld: not before {day}: the letter before it waits until then"
    assert (waits.state, waits.reason) == (OWED, said)
    assert _again(pair, request).state == "accepted"
    ended = _again(pair, waits)
    assert (ended.state, ended.reason) == (
        "superseded",
        "superseded: the letter before it goes only now",
    )


def test_one_reader_is_left_out_and_the_others_keep_theirs(any_town: World, pair: Pair) -> None:
    letter, *others = _owed(pair)

    not_to(any_town.runtime, arranged(letter))
    days_pass(any_town, 1)

    found = _again(pair, letter)
    assert (found.state, found.reason) == ("withheld", f"withheld: not to {letter.name}: {WHY}")
    assert {_again(pair, each).state for each in others} == {"accepted"}


def test_what_was_decided_is_an_act_in_the_journal_and_only_the_office_may(
    any_town: World, pair: Pair
) -> None:
    letter = _first(pair)

    with pytest.raises(NotEntitledError):
        hold(any_town.runtime, replace(arranged(letter), by=ASPIRING))
    hold(any_town.runtime, arranged(letter))

    with reading(any_town.runtime.database) as session:
        last = lines.journal_lines(session, pair.case)[-1]
        assert list(verify(session)) == []
    assert (last.kind, last.note) == ("letter_arranged", WHY)


def test_what_is_written_cannot_be_held_and_what_nobody_holds_is_not_released(
    any_town: World, pair: Pair
) -> None:
    letter = _first(pair)

    with pytest.raises(ArrangedError, match="nobody holds letter"):
        release(any_town.runtime, arranged(letter))
    with pytest.raises(ArrangedError, match="goes out by itself"):
        again(any_town.runtime, arranged(letter))
    with pytest.raises(ArrangedError, match="has begun or gone by"):
        not_before(any_town.runtime, arranged(letter), date(2026, 5, 1))
    days_pass(any_town, 1)

    with pytest.raises(ArrangedError, match="only one that is owed and not yet written waits"):
        hold(any_town.runtime, arranged(letter))


@pytest.mark.parametrize("world_url", ["postgres"], indirect=True)
def test_a_letter_that_is_written_while_somebody_holds_it_goes_and_they_hear_so(
    any_town: World, pair: Pair
) -> None:
    letter = _first(pair)
    runtime = any_town.runtime

    def is_faster(_plan: Plan, _before: Dossier) -> None:
        compose_owed(runtime)

    any_town.clock.move_to(any_town.clock() + timedelta(days=1))
    with pytest.raises(ArrangedError, match="is being written this moment: it goes out"):
        hold(replace(runtime, witness=is_faster), arranged(letter))

    assert _again(pair, letter).state == "waiting"
    with reading(runtime.database) as session:  # nor does the journal say that it was held
        assert lines.journal_lines(session, pair.case)[-1].kind != "letter_arranged"


def _owed(pair: Pair) -> list[LetterLine]:
    owed = (each for each in letters_of(pair) if each.state == OWED)
    return [each for each in owed if each.letter == "N-05.coordinator"]


def _first(pair: Pair) -> LetterLine:
    return _owed(pair)[0]


def _again(pair: Pair, letter: LetterLine) -> LetterLine:
    return next(each for each in letters_of(pair) if each.number == letter.number)
