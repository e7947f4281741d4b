"""A message is sent once, tried again later, or comes back: each time for the right person."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from notifications.mailer import Outcome, Outgoing, Rejected, TryLater, Unknown
from runtime.settings.settings import MailMode
from runtime.use_cases.retry_letter import retry_letter
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from storage.database.transactions import reading
from storage.directory import directory
from storage.errors import NotFoundError
from storage.mail.queries import LetterLine
from tests.support.grove import Grove, Post
from tests.support.growers import LEAD, PAIRS, key_of

MAIN, DEPUTY = key_of("VIE-BIR", "aspiring"), key_of("VIE-BIR", "aspiring", "deputy")
ADDRESS = f"{MAIN}@example.org"


def _sends(grove: Grove) -> Counter[str]:
    """Deliver once; how many letters each recipient got by it."""
    before = len(grove.post.letters)
    deliver(grove.runtime, grove.post)
    return Counter(each.recipient for each in grove.post.letters[before:])


def _line(grove: Grove, person: str) -> LetterLine:
    return next(each for each in grove.letters() if each.person == person)


def test_each_message_is_sent_once_to_its_reader(any_grove: Grove) -> None:
    any_grove.writes(4)

    first, second = _sends(any_grove), _sends(any_grove)

    assert first == Counter(
        f"{key}@example.org"
        for pair in PAIRS
        for key in (
            key_of(pair, "aspiring"),
            key_of(pair, "aspiring", "deputy"),
            key_of(pair, "coordinator"),
        )
    )
    assert second == {}
    assert {each.state for each in any_grove.letters()} == {"accepted"}


def test_a_message_that_has_to_wait_goes_out_later_and_holds_back_nobody(any_grove: Grove) -> None:
    any_grove.writes(4)
    any_grove.post.will_answer(ADDRESS, TryLater("greylisted"), TryLater("greylisted"))
    sent_at = any_grove.clock()

    others = _sends(any_grove)
    waits, got = [], Counter[str]()
    for _ in range(2):
        next_at = _line(any_grove, MAIN).next_at
        assert next_at is not None
        waits.append(next_at - any_grove.clock())
        any_grove.clock.move_to(next_at - timedelta(seconds=1))
        assert _sends(any_grove) == {}
        any_grove.clock.move_to(next_at)
        got = _sends(any_grove)

    assert len(others) == 5
    assert got == {ADDRESS: 1}
    assert timedelta(minutes=5) <= waits[0] <= timedelta(minutes=6)
    assert timedelta(minutes=10) <= waits[1] <= timedelta(minutes=12)
    assert any_grove.clock() > sent_at
    assert _line(any_grove, MAIN).attempts == 3


@pytest.mark.parametrize("outcome", [TryLater("full"), Unknown("no answer")])
def test_after_five_days_a_person_decides_and_the_same_bytes_go_out(
    outcome: Outcome, grove: Grove
) -> None:
    grove.writes(4)
    before = grove.message(_line(grove, MAIN).message).frozen
    grove.clock.move_to(grove.clock() + timedelta(days=5, minutes=1))
    grove.post.will_answer(ADDRESS, outcome)
    _sends(grove)
    number = _line(grove, MAIN).id

    stands = _line(grove, MAIN).state
    retry_letter(grove.runtime, number, LEAD)
    got = _sends(grove)

    assert stands == "needs_human"
    assert got == {ADDRESS: 1}
    assert grove.post.letters[-1].frozen == before
    with pytest.raises(NotFoundError, match="waits for a person"):
        retry_letter(grove.runtime, number, LEAD)


def test_a_message_of_doubt_is_sent_again_three_times_and_no_more(grove: Grove) -> None:
    grove.writes(4)
    grove.post.will_answer(ADDRESS, *[Unknown("cut off")] * 9)

    for _ in range(6):
        _sends(grove)
        grove.clock.move_to(grove.clock() + timedelta(hours=5))

    line = _line(grove, MAIN)
    assert (line.state, line.attempts) == ("needs_human", 4)


def test_a_refused_address_is_dead_and_who_got_the_letter_of_the_team_gets_no_second(
    any_grove: Grove,
) -> None:
    any_grove.writes(4)
    any_grove.post.will_answer(ADDRESS, Rejected("550 unknown user"))

    first = _sends(any_grove)
    compose_owed(any_grove.runtime)
    got = _sends(any_grove)

    assert first[f"{DEPUTY}@example.org"] == 1
    assert got == {f"{key_of('VIE-BIR', 'facilitator')}@example.org": 1}
    with reading(any_grove.runtime.database) as session:
        dead = {each.key: each.dead_reason for each in directory.people(session) if each.dead_since}
    assert dead == {MAIN: "550 unknown user"}
    told = next(each for each in any_grove.letters() if each.letter == "N-2.lost")
    assert (told.root, told.facts["instead"]) == ("VIE-BIR", any_grove.name_of(DEPUTY))


def test_where_nobody_is_left_to_ask_a_flag_says_so(grove: Grove) -> None:
    grove.writes(4)
    for key in (MAIN, DEPUTY):
        grove.post.will_answer(f"{key}@example.org", *[Rejected("550 unknown user")] * 2)

    for _ in range(3):
        _sends(grove)
        compose_owed(grove.runtime)

    flags = {
        pair: [
            child.facts["flag"] for child in grove.dossier(pair).children if "flag" in child.facts
        ]
        for pair in PAIRS
    }
    assert flags == {"VIE-BIR": ["F-2"], "LIS-ELM": []}


def test_an_address_that_was_put_right_meanwhile_is_not_dead(grove: Grove) -> None:
    grove.writes(4)
    grove.moves_to(MAIN, "new@example.org")
    grove.post.will_answer(ADDRESS, Rejected("550 unknown user"))

    _sends(grove)

    with reading(grove.runtime.database) as session:
        assert directory.person(session, MAIN).reachable


def test_an_address_has_been_dead_since_the_day_of_the_office(grove: Grove) -> None:
    """An hour before midnight by the world's clock it is tomorrow at the office."""
    grove.writes(4)
    grove.clock.move_to(grove.clock().replace(hour=23, minute=30))
    grove.post.will_answer(ADDRESS, Rejected("550 unknown user"))

    _sends(grove)

    with reading(grove.runtime.database) as session:
        assert directory.person(session, MAIN).dead_since == date(2026, 3, 7)


def test_who_is_told_to_stop_sends_nothing(grove: Grove) -> None:
    grove.writes(4)

    deliver(grove.runtime, grove.post, stop=lambda: True)

    assert grove.post.letters == []


def test_the_wait_between_tries_never_grows_beyond_four_hours(grove: Grove) -> None:
    grove.writes(4)
    grove.post.will_answer(ADDRESS, *[TryLater("full")] * 9)
    waits = []
    for _ in range(9):
        _sends(grove)
        next_at = _line(grove, MAIN).next_at
        assert next_at is not None
        waits.append(next_at - grove.clock())
        grove.clock.move_to(next_at)

    assert waits[:6] == sorted(waits[:6])
    assert timedelta(hours=3, minutes=20) <= max(waits) <= timedelta(hours=4)


@pytest.mark.parametrize(("minutes", "sent"), [(8, 1), (10, 0)])
def test_whoever_was_held_up_begins_no_text_whose_answer_could_come_after_the_lease(
    minutes: int, sent: int, grove: Grove
) -> None:
    """Of a lease of twenty minutes, DATA and the final dot may take eleven (P9)."""
    grove.writes(4)
    mail = grove.runtime.settings.mail.model_copy(update={"mode": MailMode.SMTP})
    asked = iter((False,))

    def held_up(message: Outgoing, before_data: Callable[[], None]) -> Outcome:
        grove.clock.move_to(grove.clock() + timedelta(minutes=minutes))
        return Post.send(grove.post, message, before_data)

    grove.post.send = held_up  # type: ignore[method-assign]  # a server that is slow to agree
    deliver(grove.with_settings(mail=mail), grove.post, stop=lambda: next(asked, True))

    assert len(grove.post.letters) == sent
