"""Long answers are written while they come, for people and for machines."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count, islice

import pytest

from cli.shared.bodies import json_parts
from cli.shared.table import Table, drawn


def test_a_table_is_as_wide_as_its_cells() -> None:
    table = Table(("pair", "state"), [("VIE-BIR", "planted"), ("LIS", "in harvest")])

    assert list(drawn(table, 80)) == [
        "pair      state",
        "─" * 20,
        "VIE-BIR   planted",
        "LIS       in harvest",
    ]


def test_a_table_that_is_too_wide_is_folded_between_words() -> None:
    table = Table(("pair", "why"), [("VIE-BIR", "the note is not on file"), ("LIS", "x" * 12)])

    assert list(drawn(table, 20))[2:] == [
        "VIE-BIR   the note",
        "          is not on",
        "          file",
        "LIS       xxxxxxxxxx",
        "          xx",
    ]


def test_wide_letters_take_two_places() -> None:
    table = Table(("centre", "state"), [("東京", "planted"), ("Oslo", "ended")])

    assert list(drawn(table, 80))[2:] == ["東京     planted", "Oslo     ended"]


def test_a_table_of_nothing_says_so() -> None:
    assert list(drawn(Table(("pair",), [], "Pairs", empty="no pair yet"), 80)) == [
        "Pairs",
        "no pair yet",
    ]


def test_rows_are_shown_before_the_last_one_is_known() -> None:
    endless = ((f"P-{number}", "planted") for number in count())

    lines = list(islice(drawn(Table(("pair", "state"), endless), 80), 5_000))

    assert lines[2].split() == ["P-0", "planted"]
    assert lines[-1].split() == ["P-4997", "planted"]


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    on: date


@dataclass(frozen=True, slots=True)
class Lines:
    from_: str
    lines: Iterable[Line]
    last: tuple[Line, ...]


@pytest.mark.parametrize("many", [0, 1, 3])
def test_machines_get_one_object_however_its_lists_are_made(many: int) -> None:
    line = Line(1, date(2026, 3, 1))

    text = "".join(json_parts(Lines("here", iter([line] * many), (line,))))

    plain = {"number": 1, "on": "2026-03-01"}
    assert json.loads(text) == {"from": "here", "lines": [plain] * many, "last": [plain]}
    assert text.count("\n") == 1


def test_a_list_for_machines_is_written_before_its_last_line_is_known() -> None:
    def lines() -> Iterator[Line]:
        for number in count():
            yield Line(number, date(2026, 3, 1))

    parts = islice(json_parts(Lines("here", lines(), ())), 1_000)

    assert '"number": 900' in "".join(parts)
