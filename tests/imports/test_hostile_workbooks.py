"""Workbooks that would fill the memory, by mistake or by malice, are refused in one sentence."""

from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from imports.table import Column, ImportProblemsError, read_table
from tests.support.workbooks import workbook

COLUMNS = (Column("pair"), Column("visit_1", required=False))
SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
END = "</sheetData>"
FAR = "empty what stands far from the table"
NO_CELL = "and none of Excel is called so (the last is XFD1048576): save it anew as .xlsx"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ('<row><c r="XFD1048576"><v>1</v></c></row>', ("reaches to the cell XFD1048576", FAR)),
        ('<row><c r="B1048576"><v>1</v></c></row>', ("reaches to the cell B1048576", FAR)),
        ('<row><c r="XFD200"><v>1</v></c></row>', ("reaches to the cell XFD200", FAR)),
        ('<row r="1048576"><c/><c><v>1</v></c></row>', ("reaches to the cell B1048576", FAR)),
        ('<row><c r="A1048577"><v>1</v></c></row>', ('names a cell "A1048577"', NO_CELL)),
        ('<row><c r="XFE1"><v>1</v></c></row>', ('names a cell "XFE1"', NO_CELL)),
        ('<row><c r="ZZZZ5"><v>1</v></c></row>', ('names a cell "ZZZZ5"', NO_CELL)),
        ('<row><c r="A4294967295"><v>1</v></c></row>', ('names a cell "A4294967295"', NO_CELL)),
        ('<row r="4294967295"><c><v>1</v></c></row>', ('names a cell "A4294967295"', NO_CELL)),
        ('<row r="0"><c r="A0"><v>1</v></c></row>', ('names a cell "A0"', NO_CELL)),
        ('<row><c r="-"><v>1</v></c></row>', ('names a cell "-"', NO_CELL)),
        ('<row><c r="XFD3"><v>1</v></c></row>', ("the cell XFD3 stands in a column without a",)),
        ('<row><c r="AA3"><v>1</v></c></row>', ("the cell AA3 stands in a column without a",)),
    ],
)
def test_a_cell_far_from_the_table_is_named(
    rows: str, told: tuple[str, ...], tmp_path: Path
) -> None:
    book = _changed(tmp_path, {SHEET: lambda sheet: sheet.replace(END, f"{rows}{END}")})

    refusal = _refused(book)

    assert "\n" not in refusal
    for piece in told:
        assert piece in refusal


@pytest.mark.parametrize(
    "harmless",
    [
        '<row><c r="XFD1048576" s="1"/></row>',
        '<row><c r="XFD1048576" s="1"><v></v></c></row>',
        '<row r="1048576" ht="15"/>',
    ],
)
def test_what_is_only_painted_far_from_the_table_harms_nobody(
    harmless: str, tmp_path: Path
) -> None:
    size = '<dimension ref="A1:XFD1048576"/><sheetData>'
    book = _changed(
        tmp_path,
        {SHEET: lambda s: s.replace("<sheetData>", size).replace(END, f"{harmless}{END}")},
    )

    assert [row.values["pair"] for row in read_table(book, COLUMNS).rows] == ["Porto"]


def test_a_cell_that_does_not_say_where_it_stands_shows_its_error_too(tmp_path: Path) -> None:
    row = '<row><c t="str"><v>Lund</v></c><c t="e"><v>#REF!</v></c></row>'
    book = _changed(tmp_path, {SHEET: lambda sheet: sheet.replace(END, f"{row}{END}")})

    assert 'row 3, column "visit_1": holds "#REF!", which is no value' in _refused(book)


def test_a_long_text_that_very_many_cells_show_is_not_copied_for_each(tmp_path: Path) -> None:
    rows = '<row><c t="s"><v>0</v></c></row>' * 1_700
    book = _changed(
        tmp_path,
        {
            SHEET: lambda sheet: sheet.replace(END, f"{rows}{END}"),
            TEXTS: lambda _: f"<sst><si><t>{'x' * 30_000}</t></si></sst>",
        },
    )

    assert "shows more than 50000000 characters up to the cell A1669: split it" in _refused(book)


def test_very_many_marks_are_no_table(tmp_path: Path) -> None:
    book = _changed(tmp_path, {TEXTS: lambda _: f"<sst>{'<si/>' * 4_000_001}</sst>"})

    assert f"its part {TEXTS} holds more than 4000000 marks: split it" in _refused(book)


@pytest.mark.parametrize("part", [SHEET, TEXTS])
def test_words_that_unfold_are_refused_unread(part: str, tmp_path: Path) -> None:
    ten = "".join(f'<!ENTITY w{n} "{f"&w{n - 1};" * 10}">' for n in range(1, 10))
    words = f'<!DOCTYPE sst [<!ENTITY w0 "word">{ten}]>'
    book = _changed(tmp_path, {part: lambda _: f"{words}<sst><si><t>&w9;</t></si></sst>"})

    assert "it defines words of its own): save it anew as .xlsx" in _refused(book)


def test_a_part_that_is_longer_than_it_says_is_damaged(tmp_path: Path) -> None:
    book = workbook(tmp_path / "pairs.xlsx", {"Pairs": [["pair"], ["Porto"]]})
    with ZipFile(book, "a", ZIP_DEFLATED) as packed:
        packed.writestr(TEXTS, "<sst>" + " " * 1_000_000 + "</sst>")
        packed.getinfo(TEXTS).file_size = 11

    assert "the workbook is damaged: save it anew as .xlsx" in _refused(book)


def test_parts_that_readers_could_take_for_each_other_are_refused(tmp_path: Path) -> None:
    book = _changed(tmp_path, {SHEET.upper().replace("XML", "xml"): lambda _: "<worksheet/>"})

    assert "holds two parts of one name: save it anew as .xlsx" in _refused(book)


def test_a_sheet_that_is_named_and_not_there_is_damage(tmp_path: Path) -> None:
    links = "xl/_rels/workbook.xml.rels"
    book = _changed(tmp_path, {links: lambda each: each.replace("sheet1.xml", "sheet7.xml")})

    assert 'it holds nothing of its sheet "Pairs"): save it anew' in _refused(book)


def _changed(folder: Path, changes: Mapping[str, Callable[[str], str]]) -> Path:
    """A workbook of one pair, some of its parts changed."""
    whole = workbook(folder / "whole.xlsx", {"Pairs": [["pair", "visit_1"], ["Porto", None]]})
    with ZipFile(whole) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    with ZipFile(folder / "pairs.xlsx", "w", ZIP_DEFLATED) as packed:
        for name in sorted({*parts, *changes}):
            content = parts.get(name, "")
            packed.writestr(name, changes[name](content) if name in changes else content)
    return folder / "pairs.xlsx"


def _refused(file: Path) -> str:
    with pytest.raises(ImportProblemsError) as refused:
        read_table(file, COLUMNS)
    return str(refused.value)
