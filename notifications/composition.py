"""Several letters to one person in one: which they are, what is asked first, then the news."""

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from engine.letters.attention import Attention
from engine.letters.catalogue import Stage
from notifications.answer_links import parted
from notifications.together import GAP, taken_apart
from notifications.wrapping import one_line

_OPENING, _GREETING, _NEXT = 0, 1, -1  # paragraphs of a letter

OVERVIEW = "overview"
OF_DIGESTS = frozenset({"digest.requests", "digest.news"})  # where a text finds letters it says

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Going:
    """A letter that goes at a moment, as it is asked what else goes in its message.

    ``it`` tells it from others, and is that of the letter in which it goes, where it goes in one;
    ``goes_alone``: the calendar item of that, or the answer that it takes back, is one of the whole
    message; ``can_wait``: it goes at a slot, and in the overview of its reader that goes then.
    """

    reader: Hashable
    role: str
    it: Hashable
    goes_alone: bool = False
    can_wait: bool = False


def messages(
    letters: Iterable[T],
    attention: Mapping[str, Attention],
    going: Callable[[T], Going],
    overviews: Container[Hashable] = (),
) -> Iterator[tuple[T, ...]]:
    """The letters of one moment, by the messages in which they go: all to one person in one.

    What tells of a meeting goes by itself, as its invitation does, a receipt by which an answer is
    taken back, and what goes to a role of which nothing says how to merge. ``overviews``: whose
    overview goes at that moment: what can wait goes in it.
    """
    found: dict[Hashable, list[T]] = {}
    for each in letters:
        found.setdefault(_message(going(each), attention, overviews), []).append(each)
    yield from map(tuple, found.values())


def goes_in_overview(letter: Going, overviews: Container[Hashable]) -> bool:
    """Whether a letter goes in the overview of its reader, where that goes at its moment."""
    return letter.can_wait and not letter.goes_alone and letter.reader in overviews


def _message(
    letter: Going, attention: Mapping[str, Attention], overviews: Container[Hashable]
) -> Hashable:
    if goes_in_overview(letter, overviews):
        return letter.reader, OVERVIEW
    known = attention.get(letter.role)
    is_apart = letter.goes_alone or known is None
    return letter.reader, letter.it if known is None or is_apart else known.merged


@dataclass(frozen=True, slots=True)
class Part:
    """A letter that goes with others: its words, and the day that it names to its reader.

    What is said of all letters of a message stands once around them. Of one it is said here:
    ``about`` its pair; ``asked_by`` who asks, and ``asker`` how a direct answer reaches them;
    ``instead_of`` who is away;
    ``copied_from`` whom it is written to; ``also`` who else gets it; ``readers`` those of one
    mailbox that it is for. ``by_reply``: an answer by mail is recorded by whoever gets it.
    ``said_beside``: what it says will happen next is asked or told in the same message;
    ``is_day_in_title``: its subject names the day by which it asks.
    """

    stage: Stage
    words: Mapping[str, str]
    due_on: date | None = None
    about: str = ""
    asked_by: str = ""
    asker: str = ""
    instead_of: str = ""
    copied_from: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    by_reply: bool = True
    said_beside: bool = False
    is_copy: bool = False
    is_day_in_title: bool = False

    @property
    def asks(self) -> bool:
        """Whether its reader is asked: a copy asks somebody else."""
        return self.stage.asks and not self.is_copy


def asked_alone(letters: Iterable[T], asks: Callable[[T], bool]) -> T | None:
    """The one letter of a message that asks its reader; None where several do, or none does.

    Its words are those of the message: of several, a word does not say which it answers.
    """
    asking = [each for each in letters if asks(each)]
    return asking[0] if len(asking) == 1 else None


def place(part: Part) -> tuple[bool, bool, date, int]:
    """Where a letter stands: what is asked first is first, of one day the shortest; then the news,
    in the order in which they were owed.
    """
    if not part.asks:
        return True, True, date.max, 0
    day = part.due_on
    return False, day is None, day or date.max, part.stage.minutes or 0


def digest_facts(parts: Sequence[Part]) -> dict[str, object]:
    """The facts of the letter in which these go: `requests`, `news`, `first_due`, `total_minutes`
    and `one_reply`, each letter by its subject and its words without the greeting.
    """
    ordered = sorted(parts, key=place)
    asking = [each for each in ordered if each.asks]
    days = [each.due_on for each in asking if each.due_on is not None]
    along = [item for each in asking for item in _along(each)]
    return {
        "requests": [_request(each) for each in asking],
        "news": [*along, *(_news(each) for each in ordered if not each.asks)],
        "first_due": min(days, default=None),
        "total_minutes": sum(each.stage.minutes or 0 for each in asking) or None,
        "one_reply": len(asking) > 1 and all(each.by_reply for each in asking),
    }


def _request(part: Part) -> dict[str, object]:
    paragraphs = GAP.split(part.words["body"].strip())
    ask, link = parted(paragraphs[_OPENING])
    said = [each for at, each in enumerate(paragraphs) if at > _GREETING]
    return {
        **_item(part, [link, *said] if link else said),
        "ask": one_line(ask),
        "preheader": one_line(part.words["preheader"]),
        "due_on": None if part.is_day_in_title else part.due_on,
        "asked_by": part.asked_by,
        "asker": part.asker,
        "instead_of": part.instead_of,
    }


def _along(part: Part) -> Iterator[dict[str, object]]:
    """The news that a letter which asks brings with it: told behind all that is asked."""
    for title, paragraphs in taken_apart(part.words["news"]):
        yield {**_item(part, paragraphs), "title": title, "opening": "", "copied_from": []}


def _news(part: Part) -> dict[str, object]:
    paragraphs = GAP.split(part.words["body"].strip())
    told = paragraphs[:_NEXT] if part.said_beside else paragraphs
    opening = one_line(paragraphs[_OPENING])
    copied_from = list(part.copied_from)
    said = [*told[_GREETING + 1 :], *filter(None, (part.words["news"],))]
    return {**_item(part, said), "opening": opening, "copied_from": copied_from}


def _item(part: Part, paragraphs: Sequence[str]) -> dict[str, object]:
    return {
        "title": one_line(part.words["subject"]),
        "pair": part.about,
        "lines": "\n\n".join(paragraphs).split("\n"),
        "told": one_line(part.words["told"]),
        "also": list(part.also),
        "readers": list(part.readers),
    }
