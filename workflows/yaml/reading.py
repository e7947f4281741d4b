"""Strict YAML: the small, unsurprising part of the language that definitions are written in."""

import re
from functools import lru_cache
from pathlib import Path as FilePath

from engine.places import Place
from workflows.yaml.composing import compose
from workflows.yaml.located import (
    DefinitionSyntaxError,
    Located,
    Path,
    Plain,
    Scalar,
    complaint,
    syntax_refusal,
)

__all__ = [
    "DefinitionSyntaxError",
    "Located",
    "Path",
    "Plain",
    "Scalar",
    "complaint",
    "read",
    "read_file",
]

_LARGEST = 1_000_000
_FOREIGN = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_BYTE_ORDER_MARK = "\ufeff"  # with which many programs begin a file, above all on Windows

# Every character PyYAML refuses, and those that hide text or break lines only for some readers.
_UNWELCOME = re.compile(
    r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
    r"|\r(?!\n)"
)
_NAMED = {
    "\x00": "a NUL character: remove it, and save the file as UTF-8",
    "\t": r"a tab: write spaces (inside double quotes, write \t)",
    "\r": "a lone carriage return: save the file with ordinary line ends",
    "\ufeff": "a byte order mark, which stands at the very beginning or nowhere: remove it",
}


def read_file(path: FilePath) -> Located:
    """Read a definition from disk, and never more of it than a definition may hold."""
    name = str(path)
    try:
        if not path.is_file():
            raise syntax_refusal(Place(name, 1, 1), "there is no such file: check the name")
        with path.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name is possible"
        problem = f"the file cannot be read ({reason.lower()}): check its name and permissions"
        raise syntax_refusal(Place(name, 1, 1), problem) from error
    return read(content, name)


@lru_cache(maxsize=8)
def read_once(content: bytes, file: str) -> Located:
    """What a file says that several look at one after the other, and nobody changes."""
    return read(content, file)


def read(content: str | bytes, file: str) -> Located:
    """Read strict YAML from text or UTF-8 bytes; `file` is the name that errors show.

    Raises DefinitionSyntaxError at the first thing that is not strict YAML.
    """
    text = _decoded(content, file)
    unwelcome = _UNWELCOME.search(text)
    if unwelcome:
        character = unwelcome.group()
        named = _NAMED.get(character, f"the hidden character U+{ord(character):04X}: remove it")
        raise syntax_refusal(_place_of(text, unwelcome.start(), file), f"this is {named}")
    return compose(text, file)


def _decoded(content: str | bytes, file: str) -> str:
    # The size is checked before anything looks at the content.
    size = len(content) if isinstance(content, bytes) else _size(content)
    if size > _LARGEST:
        raise syntax_refusal(
            Place(file, 1, 1), f"the file is larger than {_LARGEST} bytes: split the definition"
        )
    if isinstance(content, str):
        return content.removeprefix(_BYTE_ORDER_MARK)
    if content.startswith(_FOREIGN) or b"\x00" in content[:4]:
        raise syntax_refusal(Place(file, 1, 1), "the file is UTF-16 or UTF-32: save it as UTF-8")
    try:
        return content.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        problem = f"byte 0x{content[error.start]:02x} is not UTF-8: save the file as UTF-8"
        raise syntax_refusal(_place_of(before, len(before), file), problem) from error


def _size(text: str) -> int:
    return len(text) if len(text) > _LARGEST else len(text.encode("utf-8", "surrogatepass"))


def _place_of(text: str, offset: int, file: str) -> Place:
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(file, text.count("\n", 0, offset) + 1, offset - line_start + 1)
