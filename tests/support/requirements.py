"""The ledger of docs/requirements.md: its rows, and the files that name each id.

``python -m tests.support.requirements`` writes the files it finds into the table.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tests.architecture.tree import ROOMS, ROOT

PAGE = ROOT / "docs" / "requirements.md"
COLUMNS = ("definitions", "code", "tests")

_ID = r"(?:[A-Z]-\d\d[a-z]?|P\d{1,2})"
_ROW = re.compile(rf"\| (?P<id>{_ID}) \|(?P<cells>.*)\|")
_LIVED_IN = frozenset({".py", ".yaml", ".txt"})
_NOTHING = "\N{EN DASH}"
_FEW = 4  # names in one cell; more of them help nobody
# These tests speak of invented programmes that borrow ids as names: only their words count.
_BORROWERS = ("tests/engine/", "tests/storage/", "tests/workflows/", "tests/notifications/")


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement: P (of the protocol) or D (ours), its sentence, and where it lives."""

    id: str
    mark: str
    says: str
    places: Mapping[str, tuple[str, ...]]  # by column, as paths from the root
    reason: str  # why it lives nowhere; empty when it does
    line: str = ""  # as it stands in the page

    def __str__(self) -> str:
        cells = [self.id, self.mark, self.says]
        cells += [", ".join(map(_short, self.places[name])) or _NOTHING for name in COLUMNS]
        return f"| {' | '.join([*cells, self.reason])} |".replace("|  |", "| |")


def rows(page: str) -> Iterator[Row]:
    """Every row of the page, in its order."""
    for found in _ROW.finditer(page):
        mark, says, *places, reason = (cell.strip() for cell in found["cells"].split("|"))
        named = zip(COLUMNS, places, strict=True)
        yield Row(
            found["id"], mark, says, {name: _paths(cell) for name, cell in named}, reason, found[0]
        )


def names(path: str, requirement: str) -> bool:
    """Whether a file names an id, in a rule, a comment, a docstring or a name that uses it."""
    return requirement in _named(path)


def found(requirement: str) -> dict[str, list[str]]:
    """The files that name an id, by column."""
    every = [path for path in _files() if names(path, requirement)]
    return {column: [path for path in every if _column(path) == column] for column in COLUMNS}


def filled(page: str) -> str:
    """The page with its places renewed: those that still hold stay, others are found anew."""
    for row in rows(page):
        there = found(row.id)
        kept = {c: [p for p in row.places[c] if p in there[c]] for c in COLUMNS}
        places = {c: tuple(dict.fromkeys(kept[c] + there[c]))[:_FEW] for c in COLUMNS}
        page = page.replace(row.line, str(replace(row, places=places)))
    return page


@cache
def _files() -> tuple[str, ...]:
    every = (path for room in (*ROOMS, "tests") for path in (ROOT / room).rglob("*"))
    paths = (path.relative_to(ROOT).as_posix() for path in every if path.suffix in _LIVED_IN)
    return tuple(sorted(path for path in paths if _column(path)))


def _column(path: str) -> str:
    if path.startswith("workflows/") and path.endswith((".yaml", ".txt")):
        return "definitions"
    if not path.startswith("tests/"):
        return "code"
    # This ledger's own test lists every id, and fixtures are no tests.
    is_test = Path(path).name.startswith("test_") and not path.startswith("tests/architecture/")
    return "tests" if is_test else ""


@cache
def _named(path: str) -> frozenset[str]:
    text = (ROOT / path).read_text(encoding="utf-8")
    if path.startswith(_BORROWERS):
        text = "\n".join(re.findall(r'"""[^"]*"""|#[^\n]*', text))
    return frozenset(re.findall(rf"(?<![\w-]){_ID}(?![\w-])", text))


def _paths(cell: str) -> tuple[str, ...]:
    return tuple(_long(name) for name in re.findall(r"`([^`]+)`", cell))


def _short(path: str) -> str:
    name = path.removeprefix("workflows/wp6/")
    return f"`{path if '/' in name else name}`"


def _long(name: str) -> str:
    return name if "/" in name else f"workflows/wp6/{name}"


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
