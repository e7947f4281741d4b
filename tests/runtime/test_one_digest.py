"""What goes to one person at one moment goes in one message, however many workers write."""

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from tests.support.at_slots import orchard_at_slots
from tests.support.grove import Grove, settings
from tests.support.grove import grove as planted
from tests.support.growers import PAIRS, key_of
from workflows.registry import load_programme

WORKERS = 4
READER = key_of("VIE-BIR", "coordinator")


@pytest.fixture
def at_slots(database_url: str, tmp_path: Path) -> Iterator[Grove]:
    """Two pairs with one coordinator, and all that is asked of both is owed."""
    folder = orchard_at_slots(tmp_path)
    where = settings(database_url, tmp_path)
    own = where.programme.model_copy(update={"folder": str(folder)})
    where = where.model_copy(update={"programme": own})
    with planted(where, load_programme(folder)) as made:
        made.empties("LIS-ELM", "coordinator")
        made.gives("LIS-ELM", "coordinator", READER)
        made.owes(4)
        yield made


def test_several_workers_write_one_digest_to_one_reader(at_slots: Grove) -> None:
    start, failures = threading.Barrier(WORKERS), list[Exception]()

    def work() -> None:
        start.wait()
        try:
            compose_owed(at_slots.runtime)
            deliver(at_slots.runtime, at_slots.post)
        except Exception as error:  # noqa: BLE001 - told by the test
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    compose_owed(at_slots.runtime)
    deliver(at_slots.runtime, at_slots.post)

    asked = [each for each in at_slots.letters() if each.letter == "N-2.ask"]
    assert failures == []
    assert {each.state for each in asked} == {"accepted"}
    assert set(at_slots.post.copies.values()) == {1}
    mine = [each for each in asked if each.recipient == f"{READER}@example.org"]
    assert {each.root for each in mine} == set(PAIRS)
    assert len({each.message for each in mine}) == 1
    by_message = Counter(each.message for each in asked)
    assert len(by_message) == len({each.recipient for each in asked})
