"""The HTML part of a letter, written from the same blocks as its text part."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from notifications.blocks import COMMAND, Block, Kind, Laid, months
from notifications.directions import OUTSIDE, closed, in_html
from notifications.hypertext.pieces import Piece, pieces
from notifications.languages import Language, language_of

# `What happens next: ...`: some words and a colon, in French with a space before it.
_LABEL = re.compile(rf"([^:.;?!]{{2,40}}?)\s?: (?=\S){OUTSIDE}")
_TERM = 28  # characters of a label that fits beside what it says
_BUTTON = 50
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_NUMBER = re.compile(r"(\d) (?=\w)")
_IN_A_LINE = 3  # cells, in the source of the page
_LISTS = frozenset({Kind.ITEMS, Kind.NUMBERED})
_MOST_ENTITIES = 0.1  # of a page; beyond that its letters travel as they are


@dataclass(frozen=True, slots=True)
class Outside:
    """What an HTML page says of a letter outside its text: to machines, and above it."""

    subject: str
    heading: str
    preheader: str
    language: str
    direction: str


def page(laid: Laid, outside: Outside, *, asks: bool) -> str:
    """A whole page, of ASCII where its language is written in Latin letters.

    The first paragraph of the body says what is asked, or that nothing is.
    """
    elements = pieces(outside.direction).elements
    opening = "asks" if asks else "tells"
    writing = _Writing(elements, language_of(outside.language), opening, _labels(laid.foot))
    written = pieces(outside.direction).filled(
        {
            "subject": escape(outside.subject),
            "heading": _said(outside.heading),
            "preheader": _said(outside.preheader),
            "language": escape(outside.language),
            "direction": outside.direction,
            "head": "".join(writing.head(laid.head)),
            "letter": "".join(
                (
                    *writing.body(laid.body),
                    *writing.below(laid.below),
                    *writing.below(laid.news),
                )
            ),
            "foot": "".join(writing.foot(laid.foot)),
        }
    )
    plain = written.encode("ascii", "xmlcharrefreplace").decode("ascii")
    return plain if len(plain) <= len(written) * (1 + _MOST_ENTITIES) else written


class _Writing:
    """Blocks on their way into elements; the first address with a label gets the button."""

    def __init__(
        self,
        elements: Mapping[str, Piece],
        language: Language,
        opening: str,
        notes: frozenset[str],  # what a merged letter says of each in it begins as they do
    ) -> None:
        self._elements = elements
        self._language = language
        self._opening = opening
        self._notes = notes
        self._has_button = False

    def _put(self, name: str, *inner: str) -> str:
        return self._elements[name].around(*inner) + "\n"

    def head(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            yield self._put("context", _rows(block.lines))

    def body(self, blocks: Sequence[Block]) -> Iterator[str]:
        for at in range(len(blocks)):
            yield from self._block(blocks, at, is_first=at == 0)

    def below(self, blocks: Sequence[Block]) -> Iterator[str]:
        """What stands below what is asked or told first: no panel stands around its beginning."""
        for at in range(len(blocks)):
            yield from self._block(blocks, at, is_first=False)

    def _block(self, blocks: Sequence[Block], at: int, *, is_first: bool) -> Iterator[str]:
        block = blocks[at]
        match block.kind:
            case Kind.PARAGRAPH:
                yield from self._paragraph(blocks, at, is_first=is_first)
            case Kind.LINK:
                yield self._link(block, blocks[at - 1] if at else None)
            case _:
                yield self._other(block)

    def _paragraph(self, blocks: Sequence[Block], at: int, *, is_first: bool) -> Iterator[str]:
        block = blocks[at]
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        lines = block.lines
        if after is not None and after.kind is Kind.LINK and _button_of(block):
            lines = lines[:-1]  # it is the label of the button
        if not lines:
            return
        if is_first:
            yield self._put(self._opening, _rows(lines))
        elif (told := _LABEL.match(lines[-1])) and told[0] in self._notes:
            yield self._put("note", "<br>\n".join(_note(line.strip(" ")) for line in lines))
        elif after is None and (label := _LABEL.match(lines[0])):
            yield self._put("next", _labelled(label, _rows(lines)))
        else:
            is_led_in = after is not None and after.kind in _LISTS and not after.is_apart
            yield self._put("leadin" if is_led_in else "paragraph", _rows(lines))

    def _link(self, block: Block, before: Block | None) -> str:
        address = escape(block.lines[0])
        label = _button_of(before)
        if not label:
            return self._put("link", address, address)
        if self._has_button:
            return self._put("link", address, _said(label)) + self._put("address", address)
        self._has_button = True
        return self._put("act", address, _said(label)) + self._put("address", address)

    def _other(self, block: Block) -> str:
        match block.kind:
            case Kind.HEADING:
                return self._put("heading", _said(block.lines[0]))
            case Kind.MONTHS:
                return self._months(block)
            case Kind.NUMBERED:
                items = "".join(self._put("item", _said(line)) for line in block.lines)
                return self._put("numbered", re.sub(r"\D", "", block.leads[0]), items)
            case Kind.ITEMS:
                return self._items(block)
            case _:
                return ""

    def _items(self, block: Block) -> str:
        """A list; a table where each of several entries says first what it is about."""
        labels = [_LABEL.match(line) for line in block.lines]
        terms = [label for label in labels if label and len(label[1]) <= _TERM]
        if len(terms) < len(labels) or len(terms) == 1:
            return self._put("items", "".join(self._put("item", _said(x)) for x in block.lines))
        rows = (self._put("fact", _begun(t[1]), _said(t.string[t.end() :])) for t in terms)
        return self._put("facts", "".join(rows))

    def foot(self, blocks: Sequence[Block]) -> Iterator[str]:
        """Where the pair stands, beside its months; then the notes."""
        notes: list[str] = []
        stand = ""
        for block in blocks:
            if block.kind is Kind.MONTHS:
                stand = self._months(block)
            elif stand:
                stood = "<br>\n".join(map(_note, block.lines))
                yield self._put("stand", stand + self._put("stood", stood))
                stand = ""
            elif block.kind is not Kind.RULE:
                said = map(self._with_mail, map(_note, block.lines))
                notes += [self._put("note", each) for each in said]
        if notes:
            yield self._put("foot", "".join(notes))

    def _months(self, block: Block) -> str:
        now, every = months(block)
        cells = [
            self._elements[_cell(month, now)].around(self._language.digits(str(month)))
            for month in range(1, every + 1)
        ]
        rows = ("".join(cells[at : at + _IN_A_LINE]) for at in range(0, every, _IN_A_LINE))
        return self._put("months", "\n".join(rows))

    def _with_mail(self, said: str) -> str:
        return _MAIL.sub(lambda found: self._elements["mail"].around(found[0], found[0]), said)


def _labels(blocks: Iterable[Block]) -> frozenset[str]:
    """What lines begin with that say first what they are about."""
    found = (_LABEL.match(line) for block in blocks for line in block.lines)
    return frozenset(label[0] for label in found if label)


def _cell(month: int, now: int) -> str:
    if month == now:
        return "now"
    return "done" if month < now else "todo"


def _button_of(block: Block | None) -> str:
    """What the last line of a paragraph calls the address below it: `To join:`."""
    if block is None or block.kind is not Kind.PARAGRAPH:
        return ""
    line = block.lines[-1]
    is_label = line.endswith(":") and len(line) <= _BUTTON and ". " not in line
    return line.rstrip(": \N{NO-BREAK SPACE}") if is_label else ""


def _said(text: str) -> str:
    """Words of the letter; a number keeps the word behind it: `14 December`, `3 minutes`.

    A command is an element without the marks around it, to be copied as it is typed.
    """
    words = COMMAND.split(closed(text))
    words[::2] = [_NUMBER.sub(r"\1&nbsp;", escape(each)) for each in words[::2]]
    words[1::2] = [f"<code>{escape(each)}</code>" for each in words[1::2]]
    return in_html("".join(words))


def _begun(label: str) -> str:
    """A label that begins a line of its own."""
    return _said(label[:1].upper() + label[1:])


def _note(line: str) -> str:
    label = _LABEL.match(line)
    return _labelled(label, _said(line)) if label else _said(line)


def _labelled(label: re.Match[str], said: str) -> str:
    end = len(_said(label[0].rstrip()))
    return f"<strong>{said[:end]}</strong>{said[end:]}"


def _rows(lines: Iterable[str]) -> str:
    return "<br>\n".join(_said(line.strip(" ")) for line in lines)
