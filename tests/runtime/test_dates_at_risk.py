"""A date that a timer puts off is foretold as it then comes to stand."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from runtime.queries.forecast import forecast
from tests.support.grove import Grove, settings
from tests.support.grove import grove as planted
from tests.support.growers import PAIRS
from tests.support.orchard import ORCHARD
from workflows.registry import load_programme

CHANGES = {
    "  T0: {entered: planted}\n": (
        "  T0: {entered: planted}\n"
        "  bloom: {first_of: [{entered: blooming}, {forecast: planted}]}\n"
    ),
    "above: true}\n": "above: true}\n          - {name: over, at: P70D, fire: bloom}\n",
    "  resting:\n": """\
  blooming:
    title: Blooming
    phase: growing
    acts: [facilitator]
    window: {opens: bloom, target: bloom + P1M, ends: bloom + P2M}
    ladders:
      waiting:
        title: the harvest
        rungs:
          - {name: ask, at: P7D, letter: N-1.ask, to: [facilitator], every: P7D}
  resting:
""",
    "transitions:\n": """\
transitions:
  - {trigger: bloom, title: Bloom, from: planted, to: blooming, by: [system, facilitator]}
  - {trigger: gather, title: Gather, from: blooming, to: harvested, by: [facilitator]}
""",
}


@pytest.fixture
def blooming(tmp_path: Path) -> Iterator[Grove]:
    """Two pairs that bloom by themselves, though later than was planned."""
    folder = tmp_path / "blooming"
    shutil.copytree(ORCHARD, folder)
    text = (folder / "pairing.yaml").read_text(encoding="utf-8")
    for old, new in CHANGES.items():
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "pairing.yaml").write_text(text, encoding="utf-8")
    where = settings(f"sqlite:///{tmp_path}/pairing.db", tmp_path)
    with planted(where, load_programme(folder)) as made:
        yield made


def test_a_date_that_a_timer_puts_off_is_foretold_as_it_comes(blooming: Grove) -> None:
    before = {pair: blooming.dossier(pair).dates["blooming"].forecast for pair in PAIRS}

    future = forecast(blooming.runtime, blooming.clock() + timedelta(days=80))
    blooming.sends(80)

    after = {pair: blooming.dossier(pair).dates["blooming"].forecast for pair in PAIRS}
    told = {each.case: each for each in future.dates if each.milestone == "blooming"}
    assert {pair: told[pair].forecast_on for pair in PAIRS} == before
    assert {pair: told[pair].moves_to for pair in PAIRS} == after
    assert all(str(after[pair]) > str(before[pair]) for pair in PAIRS)
