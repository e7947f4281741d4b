"""The light form of letters, taken apart once: paragraphs, lists, headings, addresses.

The text part and the HTML part are both written from these blocks, so neither says more.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

COMMAND = re.compile(r"`(pairing [^`]{1,200})`")  # in a sentence, to be copied as it is typed
EDGE = "\0"  # a line of it stands before and behind the body; no fact can hold one

_ITEM = re.compile(r" *- +(?=\S)")
_NUMBERED = re.compile(r" *\d{1,3}[.)] +(?=\S)")
_HEADING = re.compile(r"# +(?=\S)")
_MONTHS = re.compile(r"\[(\d{1,3})/(\d{1,3})\]")
_RULE = re.compile(r"-{3,}")
_LINK = re.compile(r"https?://\S+")
# What may stand around an address in a sentence, and is no part of it.
_CLOSING = ")]>}»”\N{RIGHT SINGLE QUOTATION MARK}\"'.,;:!?…"
_PAIRED = {")": "(", "]": "[", "}": "{"}
_OPENED = {"(": ")", "[": "]", "{": "}", "<": ">", "«": "»", "“": "”", '"': '"'}


class Kind(Enum):
    """What a block is."""

    PARAGRAPH = auto()
    ITEMS = auto()  # `- ` before each
    NUMBERED = auto()  # `1. ` before each
    HEADING = auto()  # `# ` before it
    LINK = auto()  # an address, alone on its line
    MONTHS = auto()  # `[7/18]`: the month now, of so many
    RULE = auto()  # `----`
    EDGE = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, without their marks; whether an empty line stands above."""

    kind: Kind
    lines: tuple[str, ...]
    is_apart: bool = False
    leads: tuple[str, ...] = ()  # the marks of a list as they are written: `- `, `2. `


_GROWING = frozenset({Kind.PARAGRAPH, Kind.ITEMS, Kind.NUMBERED})


def blocks_of(text: str) -> list[Block]:
    """Take a text apart, line by line."""
    found: list[Block] = []
    is_apart = False
    for line in text.split("\n"):
        if not line.strip(" "):
            is_apart = True
            continue
        for kind, lead, said in _read(line.rstrip(" ")):
            last = found[-1] if found else None
            if last and last.kind is kind and kind in _GROWING and not is_apart:
                found[-1] = Block(kind, (*last.lines, said), last.is_apart, (*last.leads, lead))
            else:
                found.append(Block(kind, (said,), is_apart, (lead,)))
            is_apart = is_apart and kind is Kind.EDGE
    return found


def _read(line: str) -> Iterator[tuple[Kind, str, str]]:
    """What a line is, its mark, and what it says; one with an address in it is several."""
    if "://" in line and (link := _LINK.search(line)):
        yield from _with_link(line, link)
        return
    for kind, mark in ((Kind.ITEMS, _ITEM), (Kind.NUMBERED, _NUMBERED), (Kind.HEADING, _HEADING)):
        if lead := mark.match(line):
            yield kind, lead[0], line[lead.end() :]
            return
    if line == EDGE:
        yield Kind.EDGE, "", ""
    elif _MONTHS.fullmatch(line):
        yield Kind.MONTHS, "", line
    else:
        yield (Kind.RULE if _RULE.fullmatch(line) else Kind.PARAGRAPH), "", line


def _with_link(line: str, link: re.Match[str]) -> Iterator[tuple[Kind, str, str]]:
    """An address stands alone, so that no mark of the sentence is taken for a part of it."""
    address, marks = _bare(link[0])
    before, after = line[: link.start()], line[link.end() :]
    before = _unopened(before.rstrip(" "), marks + after.strip(" ")[:1])
    item = _ITEM.match(line) or _NUMBERED.match(line)
    hanging = " " * item.end() if item else ""
    if before.strip(" "):
        yield from _read(before)
    yield Kind.LINK, hanging, address
    after = after.strip(" ").lstrip(_CLOSING).strip(" ")
    if before.count("(") > before.count(")"):
        after = f") {after}".strip(" ")  # it was opened earlier in the sentence
    if after:
        for kind, lead, said in _read(after):
            yield kind, hanging + lead, said


def _bare(address: str) -> tuple[str, str]:
    """An address without the marks behind it; a bracket that it opened itself is its own."""
    end = len(address)
    while end and address[end - 1] in _CLOSING:
        mark, kept = address[end - 1], address[:end]
        if mark in _PAIRED and kept.count(_PAIRED[mark]) >= kept.count(mark):
            break
        end -= 1
    return address[:end], address[end:]


def _unopened(before: str, marks: str) -> str:
    """What stands before an address, without the bracket or quote that is closed behind it."""
    is_opened = _OPENED.get(before[-1:], "\0") in marks
    return before[:-1].rstrip(" ") if is_opened else before


def months(block: Block) -> tuple[int, int]:
    """The month now, and of how many."""
    now, every = block.lines[0].strip("[]").split("/")
    return int(now), int(every)


@dataclass(frozen=True, slots=True)
class Laid:
    """A letter laid out: what the frame says above it, the letter, what the frame says right below
    it, such as the words of a reply, the news that comes with it, the notes of the frame.
    """

    head: Sequence[Block]
    body: Sequence[Block]
    below: Sequence[Block]
    news: Sequence[Block]
    foot: Sequence[Block]

    @property
    def blocks(self) -> Iterator[Block]:
        """All of it, from top to bottom."""
        yield from (*self.head, *self.body, *self.below, *self.news, *self.foot)


def laid_out(frame: str, body: str, news: str = "") -> Laid:
    """A letter in its frame; the frame has `EDGE` where the body goes.

    What stands below it before the first rule is of the body; the news come behind that.
    """
    parts: list[list[Block]] = [[], [], []]
    at = 0
    for block in blocks_of(frame.replace(EDGE, f"{EDGE}\n{body}\n{EDGE}", 1)):
        if block.kind is Kind.EDGE:
            at += 1
        else:
            parts[min(at, 2)].append(block)
    head, letter, foot = parts
    rule = next((n for n, block in enumerate(foot) if block.kind is Kind.RULE), 0)
    told = blocks_of(f"\n\n{news}")  # apart from what stands above
    return Laid(head, letter, foot[:rule], told, foot[rule:])
