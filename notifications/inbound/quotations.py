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
_MARKED = re.compile(r">[>\s]*[^>\s].*")  # HTML has a mark too, with nothing behind it
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

    Where lines are marked as quoted, what stands apart from them without a mark is the writer's,
    whatever it says. An address alone on its line is nobody's word: scanners of mail write those
    of ours anew.
    """
    known = _words(ours)
    joined = known.replace(" ", "")
    return [
        line
        for line, is_apart in _unmarked(text)
        if (said := _words(line)) and (is_apart or not _is_of(said, known, joined))
    ]


def _is_of(line: str, known: str, joined: str) -> bool:
    letters = line.replace(" ", "")
    return f" {line} " in f" {known} " or (len(letters) >= _LONG and letters in joined)


def _unmarked(text: str) -> Iterator[tuple[str, bool]]:
    """The lines below that no mark, no head of a letter and no signature shows to be quoted.

    With each goes whether an empty line parts it from those that bear the mark.
    """
    lines = [line.strip() for line in text.splitlines()]
    below = in_head = in_signature = is_marked = is_apart = False
    for at, line in enumerate(lines):
        if opens_a_quotation(lines[at : at + 4]):
            below, in_signature = True, line == _SIGNATURE
            in_head = not in_signature and not line.startswith(">")
            is_marked = bool(_MARKED.fullmatch(line)) or (is_marked and line == ">")
            is_apart = False
        elif in_head and line and _HEAD.fullmatch(line):
            continue
        else:
            in_head = False
            is_apart = is_apart or (is_marked and not line)
            if below and line and not in_signature:
                yield line, is_apart


def _words(text: str) -> str:
    return _MARKS.sub(" ", _LINK.sub("", text)).strip().casefold()
