"""Long answers are written while they come, for people and for machines."""

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count, islice
from pathlib import Path

import pytest

from cli.shared.bodies import json_parts
from cli.shared.table import Table, drawn, fitted
from tests.support.commands import pairing
from tests.support.orchard import Orchard


def test_a_table_is_as_wide_as_its_cells() -> None:
    table = Table(("pair", "state"), [("VIE-BIR", "planted"), ("LIS", "in harvest")])

    assert list(drawn(table, 80)) == [
        "pair      state",
        "─" * 20,
        "VIE-BIR   planted",
        "LIS       in harvest",
    ]


def test_a_table_that_is_too_wide_is_folded_between_words() -> None:
    table = Table(("pair", "why"), [("VIE-BIR", "the note is not on file"), ("LIS", "x" * 10)])

    assert list(drawn(table, 20))[2:] == [
        "VIE-BIR   the note",
        "          is not on",
        "          file",
        "LIS       xxxxxxxxxx",
    ]


def test_a_table_without_room_for_its_words_is_told_row_by_row_and_cuts_none() -> None:
    rows = [("VIE-BIR", "continued_implementation", ""), ("LIS", "planted", "soon")]
    table = Table(("pair", "state", "due"), rows)

    assert list(drawn(table, 33)) == [
        "pair    VIE-BIR",
        "state   continued_implementation",
        "",
        "pair    LIS",
        "state   planted",
        "due     soon",
    ]


@pytest.mark.parametrize("width", [60, 80, 100, 160])
@pytest.mark.parametrize("columns", range(1, 10))
def test_a_table_fits_its_width_and_keeps_its_words_whole(width: int, columns: int) -> None:
    words = ("P-12/red_flag-1", "continued_implementation", "a flag without an owner", "")
    rows = [tuple(words[(row + column) % 4] for column in range(columns)) for row in range(5)]

    lines = list(drawn(Table(tuple(f"column {n}" for n in range(columns)), rows), width))

    assert max(map(len, lines)) <= width
    seen = " ".join(lines)
    assert all(word in seen for row in rows for cell in row for word in cell.split())


def test_a_word_that_nobody_would_miss_is_cut_where_it_must() -> None:
    lines = list(drawn(Table(("file",), [("x" * 90,)]), 60))

    assert [len(line) for line in lines[2:]] == [60, 30]


def test_a_moment_is_told_by_the_clocks_of_the_office() -> None:
    table = Table(("since",), [(datetime(2026, 7, 31, 22, 30, tzinfo=UTC),)])

    assert list(drawn(table, 80, "Europe/Paris"))[2] == "2026-08-01 00:30 CEST"
    assert list(drawn(table, 80))[2] == "2026-07-31 22:30Z"


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


def test_a_line_that_is_too_long_goes_on_below_and_a_command_can_be_typed_as_it_stands() -> None:
    text = "  whose turn: the lead of us all\n    pairing pair undo P-1 --reason wrong\nshort"

    assert list(fitted(text, 28)) == [
        "  whose turn: the lead of us",
        "    all",
        "    pairing pair undo P-1 \\",
        "      --reason wrong",
        "short",
    ]
    assert list(fitted(text, 0)) == text.split("\n")  # in a pipe


@pytest.mark.parametrize("verb", ["show", "why"])
def test_what_is_told_of_a_pair_fits_a_terminal_of_60_columns(verb: str, tmp_path: Path) -> None:
    with closing(Orchard(tmp_path)):
        shown = pairing("pair", verb, "VIE-BIR", folder=tmp_path, COLUMNS="60").out

    assert [line for line in shown.splitlines() if len(line) > 60] == []
