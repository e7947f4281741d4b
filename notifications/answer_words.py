"""The reply words of the answers that a letter offers, in every language of the programme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from engine.letters.answers import Answer, Asked, PassOn, Wish
from engine.letters.spoken import NOTHING, SOURCE, Spoken
from engine.time.working_days import Workdays
from notifications.inbound.plain_words import plain
from notifications.inbound.reply_words import Readable, WordOffered
from notifications.wording import Reader, short

_WEEK = timedelta(days=7)
_LONGEST_REST = 28  # days
_AHEAD = 3 * _WEEK  # an example of a later day: nobody asks for the next few days
Languages = Mapping[str, Spoken]  # what the programme says in each further language

WORDS = "letter.words"  # where the fact of a letter comes from that shows them
_MARK = "- "  # before each word in the text of a letter


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an example keeps to: the others of the team of its reader, by name; the day up to
    which a matter can wait, if it cannot wait for ever; the days of the meeting that is sought,
    and the working days of each centre that comes to it.
    """

    team: tuple[str, ...] = ()
    waits_until: date | None = None
    opens: date | None = None
    ends: date | None = None
    workdays: tuple[Workdays, ...] = ()


_UNBOUND = Bounds()


@dataclass(frozen=True, slots=True)
class Shown:
    """A word as the letter shows it, with what it means."""

    word: str
    says: str


def readable(
    spoken: Languages, answers: Iterable[Answer], ours: str, today: date, writer: str
) -> Readable:
    """What a reply to a letter of ours is read with: only words that stand in the letter count.

    They count in each language, in whichever the letter was written.
    """
    offered = tuple(_offered(spoken, each) for each in answers if each.word)
    lines = ours.splitlines()
    there = tuple(each for each in offered if any(_shows(line, each) for line in lines))
    return Readable(there, (SOURCE, *sorted(spoken)), today, writer)


def shown(
    spoken: Languages, answers: Iterable[Answer], reader: Reader, bounds: Bounds = _UNBOUND
) -> tuple[Shown, ...]:
    """The words as their reader is told them; beside one that takes a day, or the name of somebody
    else in their team, stands an example that does what it says.
    """
    terms = spoken.get(reader.language, NOTHING).terms
    return tuple(
        Shown(
            f"{terms.get(each.word, each.word)}{_example(each, reader, bounds)}",
            terms.get(each.says, each.says),
        )
        for each in answers
        if each.word
    )


def _shows(line: str, offered: WordOffered) -> bool:
    said = line.removeprefix(_MARK)
    return said != line and any(
        said.startswith((f"{word}:", f"{word} ", f"{word}\N{NO-BREAK SPACE}"))
        for word in offered.words
    )


def _offered(spoken: Languages, answer: Answer) -> WordOffered:
    others = (each.terms.get(answer.word) for each in spoken.values())
    words = (answer.word, *(word for word in others if word))
    taken, known = _days_of(answer), tuple(dict.fromkeys(words))
    if taken is None:
        return WordOffered(answer.name, known, name=_name_of(answer))
    if taken.are_options:
        return WordOffered(answer.name, known, numbers=taken.value.name)
    return WordOffered(answer.name, known, taken.value.name, several=taken.are_days)


def _days_of(answer: Answer) -> Asked | None:
    """The value that stands beside the word: `pairing check` sees to it that it is days, or
    numbers of options.
    """
    return next((each for each in answer.asks if not each.value.optional), None)


def _name_of(answer: Answer) -> str:
    """The value that a name is, which may stand beside the word."""
    takes_name = answer.does == PassOn(Wish.SOMEONE_ELSE)
    return next((each.value.name for each in answer.asks if takes_name), "")


def _example(answer: Answer, reader: Reader, bounds: Bounds) -> str:
    taken = _days_of(answer)
    if taken is None:
        return f" {bounds.team[0]}" if bounds.team and _name_of(answer) else ""
    if taken.are_options:
        return ""
    first = reader.sent_on + _AHEAD
    if answer.does == PassOn(Wish.NOT_BEFORE):
        first = min(first, bounds.waits_until or first)
    days = _within(first, bounds) if taken.are_days else (first,)
    return f" {', '.join(short(each, reader) for each in days)}"


def _within(first: date, bounds: Bounds) -> tuple[date, ...]:
    """Two days about a week apart, within the window of the meeting as long as that is ahead, on
    which every centre works.
    """
    first = _at_work(max(first, bounds.opens or first), bounds)
    last, second = bounds.ends or date.max, _at_work(first + _WEEK, bounds)
    if last < first:
        return first, second
    return tuple(each for each in (first, second) if each <= last)


def _at_work(day: date, bounds: Bounds) -> date:
    """The next day on which all of them work; the day itself where there is none for weeks."""
    days = (day + timedelta(days=ahead) for ahead in range(_LONGEST_REST))
    together = (d for d in days if all(each.is_working_day(d) for each in bounds.workdays))
    return next(together, day)


def unclear(spoken: Languages, answers: Iterable[Answer]) -> str:
    """The word that stands for two of these answers, in whatever languages; empty where none does.

    What is unclear is told by the first of them.
    """
    meant: dict[str, str] = {}
    for each in (_offered(spoken, answer) for answer in answers if answer.word):
        for word in map(plain, each.words):
            if meant.setdefault(word, each.answer) != each.answer:
                return f"{each.words[0]} and the word of {meant[word]} are the same"
    return ""
