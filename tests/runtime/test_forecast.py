"""A forecast looks ahead, and not for ever."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from runtime.queries.forecast import HorizonError, forecast, letters_due
from tests.storage.rows import meddle
from tests.support.grove import Grove
from tests.support.world import START, world

_MOMENT = timedelta(minutes=1)


def test_ten_years_are_foretold_and_not_a_minute_more(tmp_path: Path) -> None:
    last = START.replace(year=START.year + 10)

    with world(tmp_path) as town:
        assert forecast(town.runtime, last).until == last

        with pytest.raises(
            HorizonError, match=r"^at most 10 years .*: name a day until 2036-05-11$"
        ):
            letters_due(town.runtime, last + _MOMENT)


def test_nothing_is_foretold_of_what_has_gone_by(tmp_path: Path) -> None:
    with world(tmp_path) as town:
        assert forecast(town.runtime, START).until == START

        with pytest.raises(HorizonError, match=r"has gone by, it is 2026-05-11 11:00: name a day"):
            forecast(town.runtime, START - _MOMENT)


@pytest.mark.parametrize("facts", ["[1]", "{"])
def test_a_family_that_cannot_be_read_leaves_the_others_their_future(
    facts: str, grove: Grove
) -> None:
    until = grove.clock() + timedelta(days=8)
    whole = forecast(grove.runtime, until)
    text = "UPDATE cases SET facts = :facts WHERE reference = 'VIE-BIR'"
    assert meddle(grove.runtime.database, text, facts=facts)

    found = forecast(grove.runtime, until)

    # Of fewer messages each has another number.
    assert [replace(each, mail=0) for each in found.letters] == [
        replace(each, mail=0) for each in whole.letters if each.pair.startswith("LIS-ELM")
    ]
    assert found.letters
    assert [each.partition(":")[0] for each in found.failures] == ["VIE-BIR"]


def test_a_child_that_stays_open_when_its_pair_has_ended_is_foretold(grove: Grove) -> None:
    grove.files_note("VIE-BIR")
    assert grove.steps("VIE-BIR", "harvest").accepted

    found = forecast(grove.runtime, grove.clock() + timedelta(days=8))
    grove.sends(8)

    assert [(e.pair, e.letter) for e in found.letters if e.pair.startswith("VIE-BIR")] == [
        ("VIE-BIR/check_in-1", "N-1.ask")
    ]
    assert [each.letter for each in grove.letters("VIE-BIR", state="accepted")] == ["N-1.ask"]
