"""Two letters in one: what happened, said in the letter that asks for what comes next."""

import re
from collections.abc import Mapping

from engine.letters.catalogue import LetterError
from notifications.wrapping import one_line

GAP = re.compile(r"\n\s*\n")
_OPENING = 2  # paragraphs: what is asked, and the greeting
_LAST = 1  # what happens next


def said_too(asking: Mapping[str, str], telling: Mapping[str, str]) -> dict[str, str]:
    """The words of a letter that asks, with those of one that tells behind its greeting.

    The subject of the other is a heading above it; what it asks, its greeting and what it says will
    happen next are left out. It went to more people, or to the same.
    """
    rest = GAP.split(asking["body"], maxsplit=_OPENING)
    news = GAP.split(telling["body"].strip())[_OPENING:-_LAST]
    if len(rest) <= _OPENING or not news:
        raise LetterError(
            "both begin with what is asked and a greeting, each a paragraph of its own, and end "
            "with what happens next"
        )
    heading = f"# {one_line(telling['subject'])}"
    body = "\n\n".join((*rest[:_OPENING], heading, *news, *rest[_OPENING:]))
    return {**asking, "body": body, "told": telling["told"]}
