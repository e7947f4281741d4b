"""A pair that runs already comes with what is another in it: settings, and what it waives."""

from datetime import date
from pathlib import Path

import pytest

from engine.errors import ProjectError
from runtime.queries.find_case import find_case
from runtime.use_cases.adopt import adopt
from tests.support.adoptions import Row, enter, example, written
from tests.support.pairs import Pair
from tests.support.world import LEAD, World


@pytest.fixture
def office(town: World) -> World:
    enter(town)
    return town


def _adopted(office: World, table: Path) -> None:
    adopt(office.runtime, table, date(2027, 12, 1), LEAD, dry_run=False)


def _pair(office: World, reference: str) -> Pair:
    return Pair(office, find_case(office.runtime, reference))


def test_what_is_another_in_a_pair_is_taken_over_with_it(office: World, tmp_path: Path) -> None:
    because = {"because": "Both sides agreed on it."}
    adapts = {"settings": "check_in_opens=P2M", "waives": "check_ins_held", **because}
    empty = dict.fromkeys(adapts, "")
    table = [{**row, **(adapts if row["reference"] == "ESM-ASH" else empty)} for row in example()]

    _adopted(office, written(tmp_path, table))

    dossier = _pair(office, "ESM-ASH").dossier
    assert dossier.records["adaptation"][-1].content["settings"] == [
        {"setting": "check_in_opens", "value": "P2M"}
    ]
    assert dossier.waivers["check_ins_held"].reason == because["because"]
    assert "adaptation" not in _pair(office, "VIE-HAZ").dossier.records


@pytest.mark.parametrize(
    ("adapts", "told"),
    [
        ({"settings": "check_in_opens=P2M"}, 'column "because": no reason is given'),
        ({"settings": "P2M", "because": "x"}, "P2M sets nothing: write name=value"),
        ({"settings": "check_in_opns=P2M", "because": "x"}, "check_in_opens"),
        ({"waives": "check_in_held", "because": "x"}, "no requirement check_in_held"),
    ],
)
def test_an_adaptation_that_cannot_be_is_refused_with_its_row(
    adapts: Row, told: str, office: World, tmp_path: Path
) -> None:
    empty = dict.fromkeys(("settings", "waives", "because"), "")
    table = [{**row, **empty, **(adapts if not n else {})} for n, row in enumerate(example())]

    with pytest.raises(ProjectError) as refused:
        _adopted(office, written(tmp_path, table))

    assert "row 2" in str(refused.value)
    assert told in str(refused.value)
