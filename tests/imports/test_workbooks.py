"""Excel workbooks are read as a person sees them, and what only looks like one is named."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from engine.literals import number, whole_number, yes_no
from imports.cells import day
from imports.table import Column, ImportProblemsError, Table, read_table
from tests.support.workbooks import Cell, Raw, workbook

COLUMNS = (
    Column("pair"),
    Column("visit_1", day),
    Column("staff", whole_number, required=False),
    Column("score", number, required=False),
    Column("signed", yes_no, required=False),
)
HEAD: list[Cell] = ["pair", "visit_1", "staff", "score", "signed"]


def test_a_sheet_is_read_as_a_person_sees_it(tmp_path: Path) -> None:
    first: list[Cell] = ["Köln", date(2026, 4, 1), 3, 2.5, True]
    second: list[Cell] = ["Porto", "3 Nov 2026", 12, None, None]
    book = workbook(tmp_path / "pairs.xlsx", {"Pairs": [HEAD, first, [], second]})

    rows = read_table(book, COLUMNS).rows

    assert [row.number for row in rows] == [2, 4]
    assert dict(rows[0].values) == dict(zip(map(str, HEAD), first, strict=True))
    assert rows[1].values["visit_1"] == date(2026, 11, 3)


def test_the_sheet_that_names_the_columns_is_the_one_that_is_read(tmp_path: Path) -> None:
    notes: list[list[Cell]] = [["What this is"], ["pairs"]]
    pairs: list[list[Cell]] = [["pair", "visit_1"], ["Porto", date(2026, 4, 1)]]
    book = workbook(tmp_path / "pairs.xlsx", {"Notes": notes, "Pairs": pairs})

    assert [row.values["pair"] for row in read_table(book, COLUMNS).rows] == ["Porto"]


def test_a_problem_of_a_sheet_is_told_with_its_row_and_column(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        HEAD,
        ["Porto", 46113, None, None, None],
        [None, None, "x", None, None],
    ]
    book = workbook(tmp_path / "pairs.xlsx", {"Pairs": rows})

    told = _refused(book)

    assert 'pairs.xlsx, row 2, column "visit_1": "46113" is an Excel serial date' in told
    assert 'pairs.xlsx, row 3, column "staff": "x" is not a whole number' in told


@pytest.mark.parametrize(
    ("cell", "held"),
    [
        (' t="e"><v>#REF!</v>', "#REF!"),
        (' t="e"><f>A1+B1</f><v>#N/A</v>', "#N/A"),
        ("><f>A1+B1</f>", "#VALUE! of =A1+B1"),
        ("><f>A1+B1</f><v></v>", "#VALUE! of =A1+B1"),
    ],
)
@pytest.mark.parametrize("column", range(len(HEAD)))
def test_a_cell_that_could_not_be_worked_out_is_refused_never_taken_for_empty(
    column: int, cell: str, held: str, tmp_path: Path
) -> None:
    row: list[Cell] = ["Porto", date(2026, 4, 1), 3, 2.5, True]
    row[column] = Raw(cell)
    book = workbook(tmp_path / "pairs.xlsx", {"Pairs": [HEAD, row]})

    assert f'row 2, column "{HEAD[column]}": holds "{held}", which is no value' in _refused(book)


def test_what_a_formula_gave_is_read_also_where_that_is_empty(tmp_path: Path) -> None:
    row: list[Cell] = ["Porto", date(2026, 4, 1), Raw("><f>1+2</f><v>3</v>")]
    row.append(Raw(' t="str"><f>IF(A1="","x","")</f><v></v>'))
    book = workbook(tmp_path / "pairs.xlsx", {"Pairs": [HEAD[:4], row]})

    (read,) = read_table(book, COLUMNS).rows

    assert (read.values["staff"], read.values["score"]) == (3, None)


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    old: list[list[Cell]] = [["pair", "visit_1"], ["Old", date(2026, 4, 1)]]
    new: list[list[Cell]] = [["pair", "visit_1"], ["Porto", date(2026, 4, 1)]]
    book = workbook(tmp_path / "pairs.xlsx", {"Old": old, "Pairs": new}, hidden="Old")

    assert [row.values["pair"] for row in read_table(book, COLUMNS).rows] == ["Porto"]


def test_of_several_sheets_that_hold_the_table_none_is_taken_unasked(tmp_path: Path) -> None:
    first: list[list[Cell]] = [["pair", "visit_1"], ["Old", date(2026, 4, 1)]]
    second: list[list[Cell]] = [["visit_1", "pair", "staff"], [date(2026, 4, 1), "Porto", 2]]
    template: list[list[Cell]] = [HEAD]
    book = workbook(tmp_path / "pairs.xlsx", {"2025": first, "2026": second, "Empty": template})

    assert _refused(book) == (
        'pairs.xlsx: the sheets "2025" and "2026" hold such a table each: '
        "hide all but the one meant"
    )
    alone = workbook(tmp_path / "one.xlsx", {"Empty": template, "2026": second})
    assert [row.values["pair"] for row in read_table(alone, COLUMNS).rows] == ["Porto"]


@pytest.mark.parametrize("line", ["sep=;\n", '"sep=;"\r\n', "SEP=;\n", "sep=;;\n"], ids=ascii)
def test_a_line_that_names_the_separator_is_no_row(line: str, tmp_path: Path) -> None:
    (tmp_path / "pairs.csv").write_text(f"\ufeff{line}pair;visit_1\nA,B;2026-04-01\nC;x\n")

    told = _refused(tmp_path / "pairs.csv")

    assert told.startswith('pairs.csv, row 4, column "visit_1": "x" is not a date')


def test_tabs_separate_what_is_copied_out_of_a_spreadsheet(tmp_path: Path) -> None:
    (tmp_path / "pairs.csv").write_text("pair\tvisit_1\nPorto, north\t1.4.2026\n")

    found = read_table(tmp_path / "pairs.csv", COLUMNS)

    assert isinstance(found, Table)
    assert found.rows[0].values["pair"] == "Porto, north"


def test_what_only_looks_like_a_workbook_is_named(tmp_path: Path) -> None:
    book = tmp_path / "pairs.xlsx"
    with zipfile.ZipFile(book, "w") as packed:
        packed.writestr("readme.txt", "no workbook")
    assert "is a zip archive, no Excel workbook: save the table as .xlsx" in _refused(book)

    book.write_bytes(b"PK\x03\x04rest")
    assert "the workbook is damaged: save it anew as .xlsx" in _refused(book)

    workbook(book, {"Pairs": []})
    assert "the file is empty: name the columns in the first row" in _refused(book)


def test_a_workbook_that_unpacks_without_end_is_never_unpacked(tmp_path: Path) -> None:
    book = workbook(tmp_path / "pairs.xlsx", {"Pairs": [HEAD]})
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/image.bin", b"0" * 210_000_000)

    assert "the workbook unpacks to more than 200000000 bytes: split it" in _refused(book)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_damaged_part_is_told_in_one_sentence(part: str, tmp_path: Path) -> None:
    good = workbook(tmp_path / "good.xlsx", {"Pairs": [HEAD]})
    bad = tmp_path / "pairs.xlsx"
    with zipfile.ZipFile(good) as read, zipfile.ZipFile(bad, "w") as packed:
        for info in read.infolist():
            packed.writestr(info, b"<broken" if info.filename == part else read.read(info))

    told = _refused(bad)

    assert told.startswith("pairs.xlsx: ")
    assert "\n" not in told


def _refused(file: Path) -> str:
    with pytest.raises(ImportProblemsError) as refused:
        read_table(file, COLUMNS)
    return str(refused.value)
