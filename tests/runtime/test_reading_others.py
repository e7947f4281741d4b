"""What a ladder waits for may stand in other families: its letters go out all the same."""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from runtime.queries.forecast import forecast
from runtime.queries.incidents import incident_lines
from tests.support.grove import Grove, settings
from tests.support.grove import grove as planted
from tests.support.orchard import ORCHARD
from workflows.registry import load_programme

_ALONE = "while_unmet: {check: present, of: record.note}"
_AMONG = "while_unmet: {check: within_capacity, places: 1}"


@pytest.fixture
def crowded(migrated_url: str, tmp_path: Path) -> Iterator[Grove]:
    """Two pairs that each hold a place, where there is one."""
    folder = tmp_path / "crowded"
    shutil.copytree(ORCHARD, folder)
    text = (folder / "pairing.yaml").read_text(encoding="utf-8")
    assert _ALONE in text
    text = text.replace(_ALONE, _AMONG).replace(
        "    phase: growing\n", "    phase: growing\n    holds_place: true\n", 1
    )
    (folder / "pairing.yaml").write_text(text, encoding="utf-8")
    with planted(settings(migrated_url, tmp_path), load_programme(folder)) as made:
        yield made


def test_a_letter_that_waits_for_what_others_hold_goes_out_as_foretold(crowded: Grove) -> None:
    end = crowded.clock() + timedelta(days=20)
    foretold = Counter(
        (each.pair.partition("/")[0], each.letter, each.to)
        for each in forecast(crowded.runtime, end).letters
        if each.end == "accepted"
    )

    for _ in range(20):  # not at once: of reminders that waited through an outage the last goes
        crowded.sends(1)

    came = Counter(
        (each.root, each.letter, crowded.name_of(str(each.person)))
        for each in crowded.letters(state="accepted")
    )
    assert came == foretold
    assert {letter for _, letter, _ in came} >= {"N-2.ask", "N-2.lead"}
    assert incident_lines(crowded.runtime) == ()


def test_letters_that_are_owed_already_are_foretold_too(crowded: Grove) -> None:
    crowded.owes(4)

    found = forecast(crowded.runtime, crowded.clock() + timedelta(days=1))

    assert Counter(each.letter for each in found.letters) == {"N-2.ask": 3}
    assert found.failures == []
