"""The engine is down while letters wait for slots: each reader then gets one mail a day."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from engine.time.zones import local_time
from tests.support.letter_words import words_of
from tests.support.pairs import a_pair
from tests.support.world import World, make, wp6

SIDES = ("coordinator.", "aspiring.")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[World]:
    """Readers have hours and slots, as in the programme."""
    made = make(tmp_path, programme=wp6())
    yield made
    made.close()


def _goes_on(world: World, hours: int) -> Counter[tuple[str, date]]:
    """An hour at a time; how many mails each of the two sides got, by address and day."""
    arrived: Counter[tuple[str, date]] = Counter()
    for _ in range(hours):
        world.mailbox.letters.clear()
        world.beat()
        arrived.update((sent.recipient, world.clock().date()) for sent in world.mailbox.letters)
        world.clock.move_to(world.clock() + timedelta(hours=1))
    return Counter({key: n for key, n in arrived.items() if key[0].startswith(SIDES)})


@pytest.mark.parametrize("days", [4, 10, 13, 30, 66])
def test_what_waited_and_what_is_due_since_come_in_one_mail(town: World, days: int) -> None:
    a_pair(town).gets_to("memorandum").files("memorandum")
    _goes_on(town, 48)
    town.days_pass(days)

    arrived = _goes_on(town, 96)

    assert arrived
    assert max(arrived.values()) == 1


def test_what_waited_comes_in_working_hours_with_what_is_urgent(town: World) -> None:
    a_pair(town).gets_to("memorandum").files("memorandum")
    _goes_on(town, 48)
    town.days_pass(66)  # to a Saturday

    while not (mine := _to_coordinator(town)):
        town.clock.move_to(town.clock() + timedelta(hours=1))

    (text,) = mine
    moment = local_time(town.clock(), "Europe/Vienna")
    assert (moment.strftime("%A"), moment.hour) == ("Monday", 8)
    assert "asks you to sign" in text
    assert "ONBOARDING MINUTES" in text


def _to_coordinator(world: World) -> list[str]:
    """The texts of the mails that they get at this beat."""
    world.mailbox.letters.clear()
    world.beat()
    return [
        words_of(message_from_bytes(each.frozen, policy=policy.default))
        for each in world.mailbox.letters
        if each.recipient == "coordinator.vie-bir@example.org"
    ]
