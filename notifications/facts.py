"""Facts on their way into a letter: only plain values pass, and each must be what was declared."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime

from engine.letters.catalogue import Catalogue, Fact, LetterError
from engine.letters.fact_types import FactType, read_value
from notifications.directions import closed

MOST_TEXT = 20_000  # characters of one text
MOST_ENTRIES = 500  # entries of one list; two nested loops stay within a second
PEOPLE = "people."  # where facts about the people of a case are found
_OF_A_CASE = ("fact.", "case.", "parties.", "event.")  # where facts about one case are found
_DEEPEST = 3  # a list of items, one with a list
_BREAKS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
# Controls, lone surrogates, and the marks that turn the direction of the text that follows: but
# for isolates that end in it, which turn nothing.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067\ud800-\udfff]")
_SCALARS = (str, int, float, bool, date, datetime)


def checked(catalogue: Catalogue, facts: Mapping[str, object]) -> dict[str, object]:
    """Copy the facts as plain values, or raise LetterError naming the first that does not fit."""
    return {name: _checked(_declared(catalogue, name), value) for name, value in facts.items()}


def without_case(catalogue: Catalogue, names: Collection[str]) -> dict[str, None]:
    """The facts about one case, empty, for a letter that speaks of no one case."""
    return _empty(catalogue, names, _OF_A_CASE)


def without_people(catalogue: Catalogue, names: Collection[str]) -> dict[str, None]:
    """The facts about who runs a case, empty, for a letter that several of them speak in."""
    return _empty(catalogue, names, PEOPLE)


def _empty(
    catalogue: Catalogue, names: Collection[str], found: str | tuple[str, ...]
) -> dict[str, None]:
    about = (catalogue.facts[name] for name in names)
    return {each.name: None for each in about if each.optional and each.source.startswith(found)}


def _declared(catalogue: Catalogue, name: object) -> Fact:
    # A subclass of str could answer differently each time it is asked.
    if type(name) is str and name in catalogue.facts:
        return catalogue.facts[name]
    raise LetterError(f"fact {_shown(name)} is unknown: declare it, or do not give it")


def _checked(fact: Fact, value: object) -> object:
    if value is None:
        if fact.optional:
            return None
        raise LetterError(f"fact {fact.name} is empty: give {fact.means or fact.type}")
    try:
        plain = _plain(value)
    except ValueError as error:
        raise LetterError(f"fact {fact.name}: {error}") from None
    if not _fits(fact.type, plain):
        needed, given = fact.type.replace("_", " "), type(value).__name__
        raise LetterError(f"fact {fact.name} needs a value of type {needed}; this {given} is none")
    return plain


def _fits(kind: FactType, plain: object) -> bool:
    """A value is of its type when the reader of that type has nothing to change in it."""
    try:
        return read_value(kind, plain) == plain
    except ValueError:
        return False


def _plain(value: object, depth: int = _DEEPEST) -> object:
    """Rebuild a value from exact built-in types, so that nothing with methods of its own passes."""
    kind = type(value)
    if isinstance(value, str) and kind is str:
        return _one_line(value)
    if kind in _SCALARS:
        return value
    if depth and isinstance(value, (list, tuple)) and kind in (list, tuple):
        _bound(len(value), MOST_ENTRIES, "entries")
        return tuple(_plain(one, depth - 1) for one in value)
    if depth and isinstance(value, dict) and kind is dict:
        _bound(len(value), MOST_ENTRIES, "names in one item")
        return {_name(name): _part(part, depth - 1) for name, part in value.items()}
    raise ValueError(f"only plain values pass, not {kind.__name__}")


def _part(value: object, depth: int) -> object:
    """A part of an item may be empty: the text asks `if` before it says it."""
    return None if value is None else _plain(value, depth)


def _name(name: object) -> str:
    if isinstance(name, str) and type(name) is str and name.isidentifier():
        return name
    raise ValueError(f"{_shown(name)} cannot name a part of an item")


def _one_line(text: str) -> str:
    """Keep what a person wrote on one line: a fact never opens a paragraph or a header."""
    _bound(len(text), MOST_TEXT, "characters")
    if text.isprintable():
        return text
    return closed(_UNPRINTABLE.sub("\ufffd", _BREAKS.sub(" ", text)))


def _bound(count: int, most: int, what: str) -> None:
    if count > most:
        raise ValueError(f"{count} {what} are too many: at most {most}")


def _shown(name: object) -> str:
    return ascii(name)[:80] if type(name) is str else f"of type {type(name).__name__}"
