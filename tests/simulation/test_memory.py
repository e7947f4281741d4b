"""What one family does to another reaches it in memory as it does in rows."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from engine.model.outcomes import Triggered
from runtime.families import dossier_of
from runtime.past import known
from simulation.beats import Beats, RowBeats
from simulation.mailbox import Mailbox
from simulation.memory import Memory
from simulation.memory_beats import MemoryBeats
from simulation.weekly import Weekly
from storage.database.transactions import reading
from tests.support.grove import Grove, settings
from tests.support.grove import grove as planted
from tests.support.growers import LEAD, OPENED
from tests.support.orchard import ORCHARD
from workflows.registry import load_programme

DEAD = "lead@example.org"
FIRST, SECOND = "VIE-BIR", "LIS-ELM"  # at eight in the morning of Bucharest, then of Reykjavik


WAITS_FOR_A_PLACE = {
    "while_unmet: {check: present, of: record.note}": (
        "while_unmet: {check: within_capacity, places: 1}"
    ),
    "    pauses: true\n": "    holds_place: true\n",  # who rests holds the one place
    "    to: resume\n": "    to: planted\n",
}


@pytest.fixture
def grove(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Grove]:
    """Two pairs of the orchard, its definition changed here and there."""
    folder = tmp_path / "orchard"
    shutil.copytree(ORCHARD, folder)
    text = (folder / "pairing.yaml").read_text(encoding="utf-8")
    for old, new in request.param.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "pairing.yaml").write_text(text, encoding="utf-8")
    where = settings(f"sqlite:///{tmp_path}/pairing.db", tmp_path)
    with planted(where, load_programme(folder)) as made:
        yield made


@pytest.fixture(params=["rows", "memory"])
def beats(request: pytest.FixtureRequest, grove: Grove) -> Beats:
    """The beats of either store; the address of the lead is dead."""
    mailbox = Mailbox(grove.clock, {DEAD: OPENED})
    if request.param == "rows":
        return RowBeats(grove.runtime, mailbox, Weekly(grove.runtime))
    store = Memory(known(grove.runtime))
    grove.runtime = replace(grove.runtime, store=store)
    for pair in grove.pairs:
        grove.dossier(pair)  # read of rows once
    return MemoryBeats(grove.runtime, store, mailbox, Weekly(grove.runtime))


crowded = pytest.mark.parametrize("grove", [WAITS_FOR_A_PLACE], indirect=True, ids=["crowded"])
plain = pytest.mark.parametrize("grove", [{}], indirect=True, ids=["plain"])


def _asked(grove: Grove, pair: str) -> set[str]:
    """The rungs that wait for a place."""
    with reading(grove.runtime.database) as session:
        dossier = dossier_of(grove.runtime, session, grove.pairs[pair])
    return {
        each.rung for each in dossier.timers if each.ladder == "growing" and not each.settled_at
    }


def _days_pass(grove: Grove, beats: Beats, days: int) -> None:
    until = grove.clock() + timedelta(days=days)
    while (due := beats.due(OPENED)[0]) is not None and due <= until:
        grove.clock.move_to(due)
        beats.sweep(due)
        beats.mail()
    grove.clock.move_to(until)


@crowded
def test_who_waits_for_a_place_looks_again_when_another_one_frees_it(
    grove: Grove, beats: Beats
) -> None:
    assert grove.does(FIRST, Triggered("suspend", LEAD)).accepted
    assert grove.files_note(SECOND).accepted
    assert _asked(grove, SECOND) == {"ask", "lead"}

    assert grove.does(FIRST, Triggered("resume", LEAD)).accepted
    beats.sweep(grove.clock())

    assert _asked(grove, SECOND) == set()


@plain
def test_an_address_that_died_in_one_pair_is_dead_in_the_next(grove: Grove, beats: Beats) -> None:
    _days_pass(grove, beats, 20)

    leads = sorted((x.pair, x.person, x.state) for x in beats.letters() if x.letter == "N-2.lead")
    assert leads == [
        (SECOND, "lead-deputy", "accepted"),  # never tried at the dead address
        (FIRST, "lead", "refused"),
        (FIRST, "lead-deputy", "accepted"),
    ]
