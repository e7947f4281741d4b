"""The words of a message: the text part, else what its HTML part shows, and what is new in them."""

import re
from collections.abc import Callable, Sequence
from email.message import Message
from html import unescape

from notifications.inbound.attached import is_attached
from notifications.inbound.opening import Opened, text_of, visible

_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "hr", "table"})
_CELLS = frozenset({"td", "th"})
_HIDDEN = frozenset({"style", "script", "title", "template"})
_TAG = re.compile(r"(<[^<>]{1,2000}>)")
# Lines with which mail software, in any language of the programme, opens what it quotes.
_QUOTED = re.compile(
    r">.*|-{2,}\s*(?:original|forwarded|message|ursprüngliche|weitergeleitete).*|_{10,}\s*|--",
    re.IGNORECASE,
)
_WROTE = re.compile(  # one line, or two where it was broken: "On ... Somebody" / "<...> wrote:"
    r"(?:on|le|am|el|il|op)\s.{3,300}(?:wrote|écrit|ecrit|schrieb|escribió|scritto|schreef).{0,80}:",
    re.IGNORECASE,
)
_FROM = re.compile(r"\W{0,3}(?:from|von|de|da|van)\s?:.{3,200}", re.IGNORECASE)
_SENT = re.compile(r"\W{0,3}(?:sent|to|date|gesendet|an|datum|envoyé|à|objet)\s?:.*", re.IGNORECASE)
# In whatever language: the line that names whom we wrote as, above lines that bear the mark; and
# the head of a letter, four lines with a name each, of which one says the day and the time.
_WRITER = re.compile(r".{0,200}<\s?[^<>@\s]{1,64}@[^<>@\s]{1,200}>.{0,80}:")
_NAMED = re.compile(r"\W{0,3}[^\W\d_][^:\d]{0,24}:\s*\S.*")
_TIME = re.compile(r".*\b20\d\d\b.*\d[:.]\d\d\b.*")
_HEAD = 4
_LONGEST_HINT = 300  # characters of a text that only says that the words are in the HTML part
_BLANKS = re.compile(r"\s+")


def words_of(message: Opened) -> str:
    """The words of a message as lines of text; empty where it has none."""
    text = _said(message, "text/plain", text_of)
    said = " ".join(text.split())
    if said and (len(said) > _LONGEST_HINT or "html" not in said.casefold()):
        return text
    page = _said(message, "text/html", shown)
    # What somebody wrote about HTML stands in both parts.
    return page if page and _plain(said) not in _plain(page) else text or page


def _said(message: Opened, kind: str, read: Callable[[Message], str]) -> str:
    parts = (each for each in message.parts if each.get_content_type() == kind)
    # Some programs begin a new part below each picture.
    return "\n".join(
        text for each in parts if not is_attached(each) if (text := read(each)).strip()
    )


def above(text: str, ours: str) -> list[str]:
    """The lines that are new: before what is quoted, without any line of our own letter."""
    known = {_plain(line) for line in ours.splitlines()} - {""}
    lines = [line.strip() for line in text.splitlines()]
    new: list[str] = []
    for at, line in enumerate(lines):
        if opens_a_quotation(lines[at : at + 4]):
            break
        if _plain(line) not in known:
            new.append(line)
    return "\n".join(new).strip().splitlines()


def opens_a_quotation(lines: Sequence[str]) -> bool:
    """Whether a quotation begins at the first of these lines; the others are those below it."""
    first, two = lines[0], " ".join(lines[:2]).strip()
    if _QUOTED.fullmatch(first) or _WROTE.fullmatch(first) or _WROTE.fullmatch(two):
        return True
    if _names_the_writer(lines) or _is_head(lines):
        return True
    # The head of a letter that is quoted, as Outlook writes it.
    return bool(_FROM.fullmatch(first)) and any(_SENT.fullmatch(line) for line in lines[1:])


def _names_the_writer(lines: Sequence[str]) -> bool:
    """One line, or two where it was broken; words above a whole one are no part of it."""
    if _WRITER.fullmatch(lines[0]):
        below = lines[1:]
    elif _WRITER.fullmatch(" ".join(lines[:2])) and not _is_whole(lines[1]):
        below = lines[2:]
    else:
        return False
    return next((line for line in below if line), "").startswith(">")


def _is_whole(line: str) -> bool:
    """Whether a line names the writer by itself, so that the one above it is somebody's words."""
    return bool(_WRITER.fullmatch(line) or _WROTE.fullmatch(line))


def _is_head(lines: Sequence[str]) -> bool:
    is_named = len(lines) == _HEAD and all(_NAMED.fullmatch(line) for line in lines)
    return is_named and "@" in lines[0] and any(_TIME.fullmatch(line) for line in lines[1:])


def _plain(line: str) -> str:
    return _BLANKS.sub("", line.lstrip("> ").casefold())


def shown(part: Message) -> str:
    """The text that a reader of the HTML would see; what is quoted bears the mark of quotations.

    By hand: the standard library takes minutes over tags that somebody left open on purpose.
    """
    seen: list[str] = []
    hidden = ""
    for at, piece in enumerate(_TAG.split(text_of(part))):
        if at % 2 == 0:
            seen += [] if hidden else [_BLANKS.sub(" ", unescape(piece))]
            continue
        name = piece.lstrip("</ ").partition(">")[0].partition(" ")[0].strip("/").lower()
        if hidden:
            hidden = "" if piece.startswith("</") and name == hidden else hidden
        elif name in _HIDDEN and not piece.startswith("</"):
            hidden = name
        elif name == "blockquote" or "gmail_quote" in piece:
            seen.append("\n> \n")
        elif name in _BREAKS:
            seen.append("\n")
        elif name in _CELLS:
            seen.append(" ")
    return visible("".join(seen))
