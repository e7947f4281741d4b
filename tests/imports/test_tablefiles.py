"""What is not a CSV file of UTF-8 text is named by its first bytes, and never unpacked."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from imports.cells import day
from imports.table import Column, ImportProblemsError, Table, read_table

COLUMNS = (Column("pair"), Column("visit_1", day))
GOOD = "pair,visit_1\nPorto,2026-04-01\n"
FIRST_BYTES = (
    (b"PK\x05\x06" + bytes(18), "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls) or an encrypted one"),
    (b"\x09\x08\x10\x00\x00\x06", "a very old Excel workbook"),
    (b"%PDF-1.7\n", "a PDF document"),
    (b"{\\rtf1", "an RTF document"),
    (gzip.compress(GOOD.encode(), mtime=0), "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"<?xml version='1.0'?><a/>", "an XML document"),
    (b"\n <HTML><table>", "a web page"),
    (b"<!DOCTYPE html>", "a web page"),
    *((GOOD.encode(code), "UTF-16 text") for code in ("utf-16", "utf-32")),
    *((GOOD.encode(code), "byte") for code in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")),
    (b"pair,visit_1\nPor\x00to,2026-04-01\n", "byte 16 (row 2) is NUL"),
    (b"pair,visit_1\nK\xf6ln,2026-04-01\n", "byte 14 (row 2) is 0xf6, which is not UTF-8"),
    (b"\xef\xbb\xbfpair,visit_1\nK\xf6ln,x\n", "byte 17 (row 2) is 0xf6, which is not UTF-8"),
    ("pair\r\nKöln\r\n".encode() + b"\xe9", "byte 13 (row 3) is 0xe9"),
    (b"\xff", "byte 0 (row 1) is 0xff"),
    (b"pair,visit_1\nA,\xed\xa0\x80\n", "byte 15 (row 2) is 0xed"),
    (b"a" * 6_000_000, "the file is larger than 5000000 bytes: split it"),
)


@pytest.mark.parametrize(("content", "sentence"), FIRST_BYTES, ids=lambda part: ascii(part[:16]))
def test_what_is_not_utf_8_text_is_named_and_told_how_to_save(
    content: bytes, sentence: str, tmp_path: Path
) -> None:
    said = _refused(_file(tmp_path, content))

    assert sentence in said
    assert "CSV UTF-8" in said or "split it" in said


def test_a_zip_bomb_is_never_unpacked(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)

    assert "no Excel workbook" in _refused(_file(tmp_path, packed.getvalue()))


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.csv", tmp_path / ("x" * 300), tmp_path / "\0"):
        assert ": " in _refused(path)


@given(
    at=st.integers(0, len(GOOD) - 1),
    piece=st.binary(max_size=3) | st.sampled_from([b'"', b",", b";", b"\n", b"\r", b"\0", b"\t"]),
    replaced=st.booleans(),
)
@example(at=12, piece=b'"', replaced=True)
def test_any_damage_to_a_good_table_is_harmless_or_refused_by_name(
    tmp_path_factory: pytest.TempPathFactory, at: int, piece: bytes, *, replaced: bool
) -> None:
    content = GOOD.encode()
    damaged = content[:at] + piece + content[at + len(piece) * replaced :]
    file = _file(tmp_path_factory.mktemp("damaged"), damaged)

    outcome = _outcome(file)

    assert isinstance(outcome, Table) or outcome.startswith("pairs.csv")


def _file(folder: Path, content: bytes) -> Path:
    file = folder / "pairs.csv"
    file.write_bytes(content)
    return file


def _outcome(file: Path) -> Table | str:
    try:
        return read_table(file, COLUMNS)
    except ImportProblemsError as refused:
        return str(refused)


def _refused(file: Path) -> str:
    with pytest.raises(ImportProblemsError) as refused:
        read_table(file, COLUMNS)
    return str(refused.value)
