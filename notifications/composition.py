"""Several letters to one person in one: what is asked, the first of it first, then the news."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.letters.catalogue import Stage
from notifications.together import GAP
from notifications.wrapping import one_line

_GREETING = 1  # the paragraph behind what is asked


@dataclass(frozen=True, slots=True)
class Part:
    """A letter that goes with others: its words, and the day by which it asks for something.

    ``about`` says of which pair, where the message is about several.
    """

    stage: Stage
    words: Mapping[str, str]
    due_on: date | None = None
    about: str = ""

    @property
    def asks(self) -> bool:
        return self.stage.asks


def digest_facts(parts: Sequence[Part]) -> dict[str, object]:
    """The facts of the letter in which these go: `requests`, `news`, `first_due` and
    `total_minutes`, each letter by its subject and its words without the greeting.
    """
    ordered = sorted((each for each in parts if each.asks), key=_urgency)
    days = [each.due_on for each in ordered if each.due_on is not None]
    return {
        "requests": [_item(each) for each in ordered],
        "news": [_item(each) for each in parts if not each.asks],
        "first_due": min(days, default=None),
        "total_minutes": sum(each.stage.minutes or 0 for each in ordered) or None,
    }


def _urgency(part: Part) -> tuple[bool, date, int]:
    return (part.due_on is None, part.due_on or date.max, part.stage.minutes or 0)


def _item(part: Part) -> dict[str, object]:
    return {
        "title": one_line(part.words["subject"]),
        "pair": part.about,
        "lines": "\n\n".join(_said(part.words["body"])).split("\n"),
        "told": one_line(part.words["told"]),
    }


def _said(body: str) -> Iterator[str]:
    for number, paragraph in enumerate(GAP.split(body.strip())):
        if number != _GREETING:
            yield paragraph
