"""Words of the programme in a letter: kept as they are, said in the reader's language."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from engine.letters.catalogue import Catalogue
from engine.letters.fact_types import FactType
from engine.letters.spoken import SOURCE
from notifications.languages import Language
from notifications.sentences import Sentences

_JOINTS = ("; ", ", ")  # between several terms in one
_COUNTED = {
    "month": ("{count} month", "{count} months"),
    "day": ("{count} day", "{count} days"),
    "working day": ("{count} working day", "{count} working days"),
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_KINDS = frozenset({FactType.TERM, FactType.LIST_OF_TERMS, FactType.LIST_OF_ITEMS})
_SPAN = re.compile(rf"(\d{{1,9}}) ({'|'.join(_COUNTED)})s?")
# What the engine says of itself in a word; a catalogue says it in its language.
# What an overview says of trouble, by its kind; its cause and its place only a command tells.
TROUBLES: Mapping[str, str] = MappingProxyType(
    {
        "bounce": "an address does not work, and its letters wait",
        "inbound": "mail that came in waits for a person",
        "letter": "a letter could not be written",
        "lookup": "a case could not look again at what changed elsewhere",
        "mail": "letters are held up on their way to the mail server",
        "message": "a letter was tried as often as may be",
        "overview": "an overview of the week could not be written, or did not arrive",
        "timer": "what fell due in a case could not be done",
    }
)
# What an overview says of a call to whoever signs on a page.
SIGNS_BY_CODE = "the code of their centre, with which they sign on the page of their letter"
ENGINE_WORDS = (
    SIGNS_BY_CODE,
    *TROUBLES.values(),
    *("info", "amber", "red", "nothing", "yes", "no", "not known"),
)


class Term(str):
    """A word of the programme: compared as it is kept, printed as it is said."""

    __slots__ = ("said",)
    said: str

    @classmethod
    def of(cls, kept: str, said: str) -> "Term":
        term = cls(kept)
        term.said = said
        return term


def said(value: str) -> str:
    """What a reader sees of a text, which may be a term."""
    return value.said if isinstance(value, Term) else value


def in_language(
    catalogue: Catalogue, values: Mapping[str, object], terms: Mapping[str, str], language: Language
) -> dict[str, object]:
    """The facts of a letter, those that are terms with what they are called in a language.

    What the programme has no word for is left as its author wrote it.
    """
    words = _Words(terms, language)
    return {
        name: words.told(value, catalogue.facts[name].type) if name in catalogue.facts else value
        for name, value in values.items()
    }


def called(text: str, terms: Mapping[str, str], language: Language) -> str:
    """A word of the programme, a day, or a sentence about a case, in a language; else as it is."""
    return _Words(terms, language).called(text) or text


class _Words:
    """What is called what in one language."""

    def __init__(self, terms: Mapping[str, str], language: Language) -> None:
        self._terms = terms
        self._language = language
        # In the source language every word is said as it is.
        self._sentences = Sentences(self._one if language.code != SOURCE else str, language)

    def told(self, value: object, kind: FactType) -> object:
        """In the source language only the days within terms are others than they are kept."""
        is_source = self._language.code == SOURCE
        kinds = _KINDS - {FactType.LIST_OF_ITEMS} if is_source else _KINDS
        return self._all(value) if kind in kinds else value

    def called(self, text: str) -> str | None:
        return self._one(text) or self._sentences.told(text) or self._joined(text)

    def _all(self, value: object) -> object:
        if isinstance(value, str):
            found = self.called(value)
            return Term.of(value, found) if found is not None else value
        if isinstance(value, tuple):
            return tuple(map(self._all, value))
        if isinstance(value, dict):
            return {name: self._all(part) for name, part in value.items()}
        return value

    def _one(self, text: str) -> str | None:
        if text in self._terms:
            return self._terms[text]
        if text in ENGINE_WORDS:
            return self._language.word(text)
        if _DAY.fullmatch(text) and (day := _read(text)) is not None:
            return self._language.whole_date(day)
        if (span := _SPAN.fullmatch(text)) is not None:
            return self._language.several(*_COUNTED[span[2]], int(span[1]))
        return None

    def _joined(self, text: str) -> str | None:
        """Several terms in one; a number among them is a place in a list."""
        for joint in _JOINTS:
            parts = text.split(joint)
            found = [self._one(part) or (part if part.isdecimal() else None) for part in parts]
            known = [each for each in found if each is not None]
            if len(parts) > 1 and len(known) == len(parts):
                return joint.join(map(self._language.digits, known))
        return None


def _read(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
