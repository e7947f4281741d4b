"""What somebody wrote below the letter that they quote: their words stand there as well as above.

Mail software wraps what it quotes anew, and marks it or not. So each line below the beginning of
a quotation is held against the whole of our letter, in both its forms.
"""

import re
from collections.abc import Iterator

from notifications.inbound.opening import header, opened, text_of
from notifications.inbound.words import opens_a_quotation, shown

_MARKS = re.compile(r"[>|*_\s]+")
_LINK = re.compile(r"[<\[(]?(?:https?:|mailto:|tel:|cid:)[^\s>\])]*[>\])]?|\[image[^\]]*\]")
_HEAD = re.compile(r"\W{0,3}[^\W\d_][\w .-]{0,20}\s?:.*|.*:")  # From: ..., as Outlook writes it
_SIGNATURE = "--"  # what follows it is nobody's word until a quotation begins (RFC 3676)
_LONG = 15  # letters of a line that stands in another one by no chance


def words_of_ours(frozen: bytes) -> str:
    """All that a letter of ours says, as text and as a page."""
    message = opened(frozen)
    reads = {"text/plain": text_of, "text/html": shown}
    parts = ((reads.get(part.get_content_type()), part) for part in message.parts)
    said = [read(part) for read, part in parts if read is not None]
    return "\n".join((header(message.head, "Subject"), *said))


def written_below(text: str, ours: str) -> list[str]:
    """The lines below the beginning of a quotation that are of nobody else than the writer.

    An address alone on its line is nobody's word: scanners of mail write those of ours anew.
    """
    known = _words(ours)
    joined = known.replace(" ", "")
    lines = ((line, _words(line)) for line in _unmarked(text))
    return [line for line, said in lines if said and not _is_of(said, known, joined)]


def _is_of(line: str, known: str, joined: str) -> bool:
    letters = line.replace(" ", "")
    return f" {line} " in f" {known} " or (len(letters) >= _LONG and letters in joined)


def _unmarked(text: str) -> Iterator[str]:
    """The lines below that no mark, no head of a letter and no signature shows to be quoted."""
    lines = [line.strip() for line in text.splitlines()]
    below = in_head = in_signature = False
    for at, line in enumerate(lines):
        if opens_a_quotation(lines[at : at + 4]):
            below, in_signature = True, line == _SIGNATURE
            in_head = not in_signature and not line.startswith(">")
        elif in_head and line and _HEAD.fullmatch(line):
            continue
        else:
            in_head = False
            if below and line and not in_signature:
                yield line


def _words(text: str) -> str:
    return _MARKS.sub(" ", _LINK.sub("", text)).strip().casefold()
