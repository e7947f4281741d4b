"""What goes to one person at one moment goes in one message, however many workers write."""

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from engine.time.zones import local_time
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from tests.support.at_slots import both_pairs
from tests.support.grove import Grove
from tests.support.growers import PAIRS, key_of

WORKERS = 4
READER, FACILITATOR = key_of("VIE-BIR", "coordinator"), key_of("VIE-BIR", "facilitator")
OFF = timedelta(days=66, hours=10)  # from nine in the morning: it ends in the evening
SLOT = time(13)


@pytest.fixture
def owing(migrated_url: str, tmp_path: Path, at_slots: Path) -> Iterator[Grove]:
    """Two pairs with one coordinator, and all that is asked of both is owed."""
    with both_pairs(at_slots, migrated_url, tmp_path, READER) as made:
        made.owes(4)
        yield made


def test_several_workers_write_one_digest_to_one_reader(owing: Grove) -> None:
    start, failures = threading.Barrier(WORKERS), list[Exception]()

    def work() -> None:
        start.wait()
        try:
            compose_owed(owing.runtime)
            deliver(owing.runtime, owing.post)
        except Exception as error:  # noqa: BLE001 - told by the test
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    compose_owed(owing.runtime)
    deliver(owing.runtime, owing.post)

    asked = [each for each in owing.letters() if each.letter == "N-2.ask"]
    assert failures == []
    assert {each.state for each in asked} == {"accepted"}
    assert set(owing.post.copies.values()) == {1}
    mine = [each for each in asked if each.recipient == f"{READER}@example.org"]
    assert {each.root for each in mine} == set(PAIRS)
    assert len({each.message for each in mine}) == 1
    by_message = Counter(each.message for each in asked)
    assert len(by_message) == len({each.recipient for each in asked})


def test_after_sixty_six_days_off_a_facilitator_gets_one_mail_of_all_pairs_in_office_hours(
    tmp_path: Path, at_slots: Path
) -> None:
    url, other = f"sqlite:///{tmp_path}/pairing.db", key_of("LIS-ELM", "coordinator")
    with both_pairs(at_slots, url, tmp_path, other) as grove:
        grove.empties("LIS-ELM", "facilitator")
        grove.gives("LIS-ELM", "facilitator", FACILITATOR)
        grove.clock.move_to(grove.clock() + OFF)

        arrived = [*_mails(grove, 0), *(each for _ in range(24) for each in _mails(grove, 1))]

        asked = [each for each in grove.letters() if each.person == FACILITATOR]
    assert set(Counter(recipient for recipient, _ in arrived).values()) == {1}
    (moment,) = (at for recipient, at in arrived if recipient == f"{FACILITATOR}@example.org")
    assert local_time(moment, "Europe/Brussels").time() == SLOT
    written = {each.root for each in asked if each.state == "accepted"}
    assert written == set(PAIRS)


def _mails(grove: Grove, hours: int) -> list[tuple[str, datetime]]:
    """Who gets a mail at the beat so many hours later, and when."""
    before = len(grove.post.letters)
    grove.sends(hours / 24)
    return [(each.recipient, grove.clock()) for each in grove.post.letters[before:]]
