"""The parts of an Excel workbook, unpacked within bounds before any reader believes them."""

from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812

from imports.files import LARGEST

_LARGEST_UNPACKED = 40 * LARGEST  # a workbook packs well; what packs better is made to harm
_MOST_MARKS = 4_000_000  # of XML in one part: each takes memory, however short it is
_NEEDED = frozenset({"[Content_Types].xml", "xl/workbook.xml"})
_READ = (".xml", ".rels")


def unpacked(path: Path) -> dict[str, bytes]:
    """The parts that say something of cells, by name.

    Raises ValueError with a sentence: what the file is, and how to save it instead.
    """
    try:
        with ZipFile(path) as packed:
            parts = packed.infolist()
            if not {part.filename for part in parts} >= _NEEDED:
                raise ValueError(
                    "the file is a zip archive, no Excel workbook: save the table as .xlsx"
                )
            if sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
                raise ValueError(
                    f"the workbook unpacks to more than {_LARGEST_UNPACKED} bytes: split it"
                )
            found = {
                part.filename.replace("\\", "/"): packed.read(part)
                for part in parts
                if part.filename.lower().endswith(_READ)
            }
    except (BadZipFile, ZlibError, EOFError, OSError, RuntimeError):
        raise ValueError("the workbook is damaged: save it anew as .xlsx") from None
    if len({name.lower() for name in found}) < len(found):
        raise ValueError("the workbook holds two parts of one name: save it anew as .xlsx")
    for name, content in found.items():
        if content.count(b"<") > _MOST_MARKS:
            raise ValueError(f"its part {name} holds more than {_MOST_MARKS} marks: split it")
    return found


def packed_again(parts: dict[str, bytes]) -> BytesIO:
    """A workbook of these parts alone: whoever reads it sees nothing that was not looked at.

    A file may say one length of a part and hold another.
    """
    file = BytesIO()
    with ZipFile(file, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    file.seek(0)
    return file
