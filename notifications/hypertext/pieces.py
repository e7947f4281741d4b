"""The page of a letter in pieces, each with its styles in it: inlined once, not per letter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from css_inline import CSSInliner

from notifications.languages import RIGHT_TO_LEFT

_FOLDER = Path(__file__).parent
_PIECE = re.compile(r"<!--piece (\w+)-->(.*?)<!--end-->", re.DOTALL)
_RULES = re.compile(r"<style>.*?</style>", re.DOTALL)  # the inliner puts them first in the head
_SAMPLES = re.compile(r"(</div>)\n\n<!--piece .*(?=</body>)", re.DOTALL)
_GAP = re.compile(r"\{(\w*)\}")
_LONG = 900  # characters; 990 may travel as they are
_LEFT, _RIGHT = "left", "right"


@dataclass(frozen=True, slots=True)
class Piece:
    """An element with gaps in it: `parts` are what stands around them."""

    parts: tuple[str, ...]

    def around(self, *inner: str) -> str:
        """The element with its gaps filled, one after the other; what is put in is HTML."""
        first, *rest = self.parts
        return first + "".join(map("".join, zip(inner, rest, strict=True)))


@dataclass(frozen=True, slots=True)
class Pieces:
    """The page with its named gaps, and the elements that go into it."""

    page: tuple[str, ...]  # text, the name of a gap, text, ...
    elements: Mapping[str, Piece]

    def filled(self, words: Mapping[str, str]) -> str:
        """The page with these words; what is put in is HTML."""
        page = list(self.page)
        page[1::2] = [words[name] for name in page[1::2]]
        return "".join(page)


@cache
def pieces(direction: str) -> Pieces:
    """The pieces for languages that are written `ltr` or `rtl`; made at first use, in a moment."""
    start, end = (_RIGHT, _LEFT) if direction == RIGHT_TO_LEFT else (_LEFT, _RIGHT)
    css = (_FOLDER / "letter.css").read_text(encoding="utf-8")
    css = css.replace("START", start).replace("END", end)
    page = (_FOLDER / "letter.html").read_text(encoding="utf-8")
    inliner = CSSInliner(
        extra_css=css, keep_at_rules=True, minify_css=True, load_remote_stylesheets=False
    )
    inlined = _with_rules_behind_title(inliner.inline(page)).replace("<!--in-->", "{}")
    elements = {name: Piece(tuple(_GAP.split(said)[::2])) for name, said in _PIECE.findall(inlined)}
    page = _SAMPLES.sub(r"\1\n", inlined)
    return Pieces(tuple(_GAP.split(_in_few_lines(page))), elements)


def _in_few_lines(page: str) -> str:
    """The same in long lines: whoever reads a message reads it line by line."""
    lines: list[str] = []
    for line in filter(None, (line.strip(" ") for line in page.split("\n"))):
        is_alone = _GAP.search(line) or not lines or _GAP.search(lines[-1])
        if is_alone or len(lines[-1]) + len(line) > _LONG:
            lines.append(line)
        else:
            lines[-1] += f" {line}"
    return "".join(f"{line}\n" for line in lines)


def _with_rules_behind_title(page: str) -> str:
    """A client that reads only the beginning finds the character set and the title there."""
    [rules] = _RULES.findall(page)
    return page.replace(rules, "", 1).replace("</title>", f"</title>\n{rules}", 1)
