"""Words of the programme in a letter: kept as they are, said in the reader's language."""

import re
from collections.abc import Callable, Mapping

from engine.letters.catalogue import Catalogue
from engine.letters.fact_types import FactType
from notifications.languages import Language

_JOINTS = ("; ", ", ")  # between several terms in one
_COUNTED = {
    "month": ("{count} month", "{count} months"),
    "day": ("{count} day", "{count} days"),
    "working day": ("{count} working day", "{count} working days"),
}
_SPAN = re.compile(rf"(\d+) ({'|'.join(_COUNTED)})s?")
# What the engine says of itself in a word; a catalogue says it in its language.
ENGINE_WORDS = ("info", "amber", "red", "nothing", "yes", "no")
# What it says of one thing of the programme; a catalogue says the rest of the sentence.
ENGINE_SENTENCES = (
    "what came of {what} on its day, or another day",
    "nobody has filed the {what} yet",
)
_OF_ONE = {
    sentence: re.compile(re.escape(sentence).replace(r"\{what\}", "(.+)"))
    for sentence in ENGINE_SENTENCES
}

Said = Callable[[str], str | None]


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


class _Words:
    """What is called what in one language."""

    def __init__(self, terms: Mapping[str, str], language: Language) -> None:
        self._terms = terms
        self._language = language

    def told(self, value: object, kind: FactType) -> object:
        if kind in {FactType.TERM, FactType.LIST_OF_TERMS, FactType.LIST_OF_ITEMS}:
            return self._all(value)
        return value

    def _all(self, value: object) -> object:
        if isinstance(value, str):
            found = self._one(value) or self._joined(value)
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
        if (span := _SPAN.fullmatch(text)) is not None:
            return self._language.several(*_COUNTED[span[2]], int(span[1]))
        return self._sentence(text)

    def _sentence(self, text: str) -> str | None:
        for sentence, pattern in _OF_ONE.items():
            found = pattern.fullmatch(text)
            # Within a sentence a title may begin small.
            named = {found[1], found[1][:1].upper() + found[1][1:]} if found is not None else set()
            for title in named & self._terms.keys():
                return self._language.say(sentence, what=self._terms[title])
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
