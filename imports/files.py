"""A file that should be CSV, as text: its bytes are looked at before anything is believed."""

import csv
import re
from pathlib import Path

LARGEST = 5_000_000
_LONGEST_HEADER = 20_000
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_REMEDY = 'open it in a spreadsheet and save it as .xlsx or as "CSV UTF-8"'
_DECLARED = re.compile(r'"?sep=(?P<mark>[,;\t])"?[ ,;\t]*(?:\r\n|\n|\r)', re.IGNORECASE)
_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"PK\x07\x08", "a part of a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls) or an encrypted one"),
    (b"\x09\x08", "a very old Excel workbook"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
    (b"<?xml", "an XML document"),
    (b"<html", "a web page"),
    (b"<!doctype", "a web page"),
)


def read_text(path: Path) -> str:
    """Read a file of UTF-8 text, with or without a byte order mark, up to 5 MB.

    Raises ValueError with a sentence that says what the file is and how to save it instead.
    """
    content = _content(path)
    head = content[:16].lstrip().lower()
    for signature, name in _SIGNATURES:
        if content.startswith(signature) or head.startswith(signature):
            raise ValueError(f"the file is {name}, not CSV: {_REMEDY}")
    if len(content) > LARGEST:
        raise ValueError(f"the file is larger than {LARGEST} bytes: split it")
    nul = content.find(b"\x00")
    if nul >= 0:
        raise ValueError(f"byte {nul} (row {_row(content, nul)}) is NUL, not text: {_REMEDY}")
    try:
        return content.removeprefix(_BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start + len(content) - len(error.object)
        raise ValueError(
            f"byte {offset} (row {_row(content, offset)}) is 0x{content[offset]:02x}, "
            f"which is not UTF-8: {_REMEDY}"
        ) from error


def declared_delimiter(text: str) -> tuple[str, str]:
    """The separator that a first line like `sep=;` names, for spreadsheets, and that line."""
    found = _DECLARED.match(text)
    return (found["mark"], found[0]) if found else ("", "")


def delimiter_of(text: str, known: set[str]) -> str:
    """Return the separator under which the first row names most of the known columns."""
    first = re.split("[\r\n]", text.lstrip("\r\n")[:_LONGEST_HEADER], maxsplit=1)[0]
    return max(",;\t", key=lambda delimiter: _recognised(first, delimiter, known))


def _recognised(line: str, delimiter: str, known: set[str]) -> tuple[int, int]:
    names = next(csv.reader([line], delimiter=delimiter), [])
    return len({name.strip() for name in names} & known), len(names)


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ValueError("it is a folder: name a file in it")
        if not path.is_file():
            raise ValueError("there is no such file: check the name")
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise ValueError(f"the file cannot be read ({reason}): check its permissions") from error


def _row(content: bytes, offset: int) -> int:
    before = content[:offset]
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1
