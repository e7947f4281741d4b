"""P5: after a downtime nobody is flooded, and nobody is escalated who had no time to answer."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from engine.model.outcomes import Filed
from runtime.wiring import Runtime
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep
from tests.support.actors import act
from tests.support.pair_records import content
from tests.support.pairs import a_pair
from tests.support.world import FACILITATOR, START, World, world

SIGNING = (("formalised", START - timedelta(days=100)), ("memorandum", START))


@pytest.fixture
def programme(tmp_path: Path, world_url: str | None) -> Iterator[World]:
    with world(tmp_path, world_url) as made:
        yield made


def _with_batches_of(one: int, runtime: Runtime) -> Runtime:
    engine = runtime.settings.engine.model_copy(update={"batch": one})
    return replace(runtime, settings=runtime.settings.model_copy(update={"engine": engine}))


def _signing(programme: World, reference: str = "VIE-BIR") -> None:
    """A pair that is to sign its memorandum, with all that the letters speak of."""
    pair = a_pair(programme, reference, SIGNING)
    for record in ("visit_1", "indicators", "roadmap"):  # it was taken over with these
        filed = Filed(record, content(record, pair.today), FACILITATOR, imported=True)
        assert act(programme.runtime, pair.case, filed).accepted
    pair.files("memorandum")


def _received(programme: World) -> Counter[str]:
    return Counter(letter.recipient for letter in programme.mailbox.letters)


def test_every_batch_of_a_catch_up_knows_since_when_the_engine_was_down(programme: World) -> None:
    programme.runtime = _with_batches_of(1, programme.runtime)
    for reference in ("VIE-BIR", "GRZ-CLJ", "LNZ-IAS"):
        _signing(programme, reference)
    programme.beat()
    programme.days_pass(40)

    programme.beat()

    # Everybody below was asked on the last day before it: three working days come first.
    assert _received(programme)["lead@example.org"] == 0


def test_the_same_holds_when_the_catch_up_itself_is_cut_short(programme: World) -> None:
    for reference in ("VIE-BIR", "GRZ-CLJ"):
        _signing(programme, reference)
    programme.beat()
    programme.days_pass(40)
    stops = iter((False, True))

    sweep(_with_batches_of(1, programme.runtime), stop=lambda: next(stops))
    programme.days_pass(0.01)
    programme.beat()

    assert _received(programme)["lead@example.org"] == 0


def test_a_reminder_not_yet_written_when_the_engine_went_down_is_left_out(
    programme: World,
) -> None:
    _signing(programme)
    sweep(programme.runtime)
    programme.days_pass(12)

    sweep(programme.runtime)
    compose_owed(programme.runtime)
    deliver(programme.runtime, programme.mailbox)

    received = _received(programme)
    assert received["coordinator.vie-bir@example.org"] == 1
    assert set(received.values()) == {1}
