"""The one answer that a reply gives by its words, or why it gives none: then a person reads it.

Nothing is guessed. What is new in the reply is one line, and this line is one answer that the
letter offers; words beside it, two answers, or none of them are for a person.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from engine.literals import shown
from engine.model.people import Person
from notifications.inbound.colleagues import called, named_in
from notifications.inbound.plain_words import plain
from notifications.inbound.written_day import written_day

_LONGEST = 200  # characters of a line that may be an answer
_AROUND = " .!,;:*_\"'«»“”„"  # what stands around an answer and says nothing; a question mark does
_BEFORE_A_DAY = re.compile(r"\s*[:,-]\s*|\s+")
# Lines that programs for mail add by themselves, in the words that they come with.
_OF_A_PROGRAM = re.compile(
    r"sent from (?:my )?(?:iphone|ipad|mobile(?: phone| device)?|android(?: phone| device)?|"
    r"(?:samsung )?galaxy(?: smartphone| tablet)?|outlook for (?:ios|android)|mail for windows|"
    r"yahoo mail (?:on|for) (?:android|iphone)|proton mail)|"
    r"get outlook for (?:ios|android)|telecharger outlook pour (?:ios|android)|"
    r"envoye (?:de(?:puis)? )?mon (?:iphone|ipad|mobile|telephone|smartphone)|"
    r"envoye a partir de outlook pour (?:ios|android)"
)
# And in the other languages of Europe: a verb of sending, and what it was sent from.
_SENT_FROM = re.compile(
    r"(?:enviado|inviato|wys[l\u0142]ane|verzonden|verstuurd|trimis|saadetud|elkuldve|odeslano|"
    r"odoslane|lahetetty|skickat|sendt|poslano|gesendet|envoye|obtener|obter|scarica|pobierz)"
    r"(?: [^ ]+){0,5} (?:iphone|ipad|ios|android|galaxy|outlook)[^ ]{0,9}(?: [^ ]+){0,2}|"
    r"von mein(?:em|er) (?:[^ ]+ ){1,4}gesendet"
)
_NUMBERS = re.compile(r"\d{1,2}(?:\s*[,;\u060c]\s*\d{1,2}){0,20}")
_ADDRESS = re.compile(r"<?https?://\S+>?")


@dataclass(frozen=True, slots=True)
class WordOffered:
    """An answer of a letter with its word in every language; `day` names the value that it takes.

    Empty where the word says all. It is one day, or several with commas between them. ``name``: the
    value that is somebody of the writer's team, whose name or address may follow the word;
    ``numbers``: the one that chooses among numbered options, of which the word is an example.
    """

    answer: str
    words: tuple[str, ...]
    day: str = ""
    several: bool = False
    name: str = ""
    numbers: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """The one answer that was given, with the values that stood in its line."""

    answer: str
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Unsure:
    """Why nothing was understood, for whoever reads the reply."""

    why: str


@dataclass(frozen=True, slots=True)
class Readable:
    """What is known before a reply is read: what is offered, in which languages, to whom, when."""

    offered: tuple[WordOffered, ...]
    languages: tuple[str, ...]
    today: date
    writer: str = ""  # their name, as it is on file
    team: tuple[Person, ...] = ()  # the others on their side


def answer_in(new: Iterable[str], known: Readable) -> Understood | Unsure:
    """The answer that the new lines of a reply give.

    A line below it with nothing but the name of the writer, or what a program for mail adds by
    itself, is no word of theirs.
    """
    lines = [line for line in new if line.strip()]
    found = [each for line in lines if (each := _answers(line, known)) is not None]
    if not found:
        return Unsure("no line of it is a word that the letter offers")
    if len(found) > 1:
        return Unsure(f"more than one answer stands in it: {_named(lines, known)}")
    if _answers(lines[0], known) is None or not all(_is_no_word(each, known) for each in lines[1:]):
        return Unsure("words stand beside the answer")
    return found[0]


def _answers(line: str, known: Readable) -> Understood | Unsure | None:
    """What a whole line answers; nothing where it begins with no word that is offered."""
    if len(line) > _LONGEST:
        return None
    said = plain(line).strip(_AROUND)
    for each in known.offered:
        if each.numbers and _NUMBERS.fullmatch(said):
            return Understood(each.answer, MappingProxyType({each.numbers: said}))
        for word in map(plain, each.words):
            if said == word:
                return (
                    Unsure(f"{shown(line)} names no day") if each.day else Understood(each.answer)
                )
            if each.name and (rest := _after(word, said)):
                return _with_name(each, rest, known)
            if each.day and (rest := _after(word, said)):
                return _with_day(each, rest, known)
    return None


def _after(word: str, said: str) -> str:
    if not said.startswith(word):
        return ""
    gap = _BEFORE_A_DAY.match(said, len(word))
    return said[gap.end() :] if gap else ""


def _with_day(offered: WordOffered, rest: str, known: Readable) -> Understood | Unsure:
    try:
        parts = re.split("[,;]", rest) if offered.several else [rest]
        days = [written_day(each.strip(), known.languages, known.today) for each in parts]
    except ValueError as error:
        return Unsure(str(error))
    named = ", ".join(each.isoformat() for each in days)
    return Understood(offered.answer, MappingProxyType({offered.day: named}))


def _with_name(offered: WordOffered, rest: str, known: Readable) -> Understood | Unsure:
    named = named_in(rest, known.team)
    if len(named) != 1:
        who = "more than one" if named else "nobody else"
        return Unsure(f"{shown(rest)} names {who} in their team")
    name = called(known.team)[known.team.index(named[0])]
    return Understood(offered.answer, MappingProxyType({offered.name: name}))


def _is_no_word(line: str, known: Readable) -> bool:
    said = plain(_ADDRESS.sub("", line)).strip(_AROUND)
    is_name = bool(known.writer) and said == plain(known.writer).strip(_AROUND)
    return is_name or any(each.fullmatch(said) for each in (_OF_A_PROGRAM, _SENT_FROM))


def _named(lines: Sequence[str], known: Readable) -> str:
    return ", ".join(shown(each.strip()) for each in lines if _answers(each, known) is not None)
