"""Markdown pages as a reader follows them: links, commands to type, tables to save."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.tree import ROOT

_FENCE = re.compile(r"^ *```(?P<kind>\w+)\n(?P<text>.*?)^ *```$", re.DOTALL | re.MULTILINE)
_TABLE = re.compile(r"`(?P<name>[\w-]+\.csv)`:\n\n```csv\n(?P<rows>.*?)```", re.DOTALL)
_LINK = re.compile(r"\]\((?P<target>[^)#\s]+)[^)]*\)")


def pages() -> list[Path]:
    """The pages people read first: the README, docs/ and what stands beside the definitions."""
    here = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "workflows" / "wp6" / "README.md"]
    return [*here, *sorted((ROOT / "docs").rglob("*.md"))]


def part(page: str, heading: str) -> str:
    """What stands below a heading of the second level, up to the next one."""
    found = re.search(
        rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE
    )
    assert found is not None, f"no heading {heading}"
    return found[1]


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as a page shows it: its words, and the exit code it announces."""

    words: tuple[str, ...]
    code: int = 0


def commands(page: str) -> Iterator[Typed]:
    """Every command that is to be typed; a remark `# refused` announces exit code 1."""
    for fence in _FENCE.finditer(page):
        for line in fence["text"].splitlines() if fence["kind"] == "console" else ():
            words = shlex.split(line.strip().removeprefix("$ "), comments=True)
            yield Typed(tuple(words), int(line.endswith("# refused")))


def tables(page: str) -> dict[str, str]:
    """The tables that a reader is to save, by name."""
    return {found["name"]: found["rows"] for found in _TABLE.finditer(page)}


def links(page: str) -> list[str]:
    """Where the links inside the tree lead."""
    return [target for target in _LINK.findall(page) if ":" not in target]
