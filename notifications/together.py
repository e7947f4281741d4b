"""Two letters in one: what happened, said in the letter that asks for what comes next."""

import re
from collections.abc import Mapping

from engine.letters.catalogue import LetterError
from notifications.wrapping import one_line

GAP = re.compile(r"\n\s*\n")
_OPENING = 2  # paragraphs: what is asked, and the greeting
_LAST = 1  # what happens next
_MARK = "# "  # of a heading


def said_too(asking: Mapping[str, str], telling: Mapping[str, str]) -> dict[str, str]:
    """The words of a letter that asks, with those of one that tells as the news behind them.

    The subject of the other is a heading above it; what it asks, its greeting and what it says will
    happen next are left out. It went to more people, or to the same.
    """
    told = GAP.split(telling["body"].strip())[_OPENING:-_LAST]
    if len(GAP.split(asking["body"], maxsplit=_OPENING)) <= _OPENING or not told:
        raise LetterError(
            "both begin with what is asked and a greeting, each a paragraph of its own, and end "
            "with what happens next"
        )
    heading = f"{_MARK}{one_line(telling['subject'])}"
    news = "\n\n".join((*filter(None, (asking["news"],)), heading, *told))
    return {**asking, "news": news, "told": telling["told"]}


def taken_apart(news: str) -> list[tuple[str, list[str]]]:
    """The news behind a letter, each by its heading, with its paragraphs."""
    found: list[tuple[str, list[str]]] = []
    for paragraph in filter(None, GAP.split(news.strip())):
        if paragraph.startswith(_MARK):
            found.append((paragraph.removeprefix(_MARK), []))
        elif found:
            found[-1][1].append(paragraph)
    return found
