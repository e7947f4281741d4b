"""From facts to words: the texts of a letter, compiled once and written for a reader."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from engine.letters.catalogue import Catalogue, LetterError, Stage
from engine.letters.spoken import NOTHING, SOURCE, Spoken
from notifications.answer_links import AnswerLink, with_link
from notifications.blocks import EDGE, laid_out
from notifications.compiling import Text, compiled
from notifications.facts import checked
from notifications.hypertext.writing import Outside, page
from notifications.languages import LANGUAGES, direction, language_of
from notifications.sandbox import IN_FULL, READER, Environment
from notifications.sheets import Part, Shelf
from notifications.terms import called, in_language
from notifications.together import said_too
from notifications.wording import Reader
from notifications.wrapping import one_line, plain, subject_line

FRAME_WORDS = frozenset({"body", "told", "reason"})  # what the frame gets beside the facts
_HEADING = "heading"  # the subject again, with its days in full
_TWICE = re.compile(r"\b(\w+) \1\b", re.IGNORECASE)  # `Monday Monday 7 December 2026`

Along = Sequence[tuple[str, Mapping[str, object]]]  # stages with their facts

_NONE: Mapping[str, str] = MappingProxyType({})
_UNSPOKEN: Mapping[str, Spoken] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Rendered:
    """One letter in words: `text` is framed, folded to 72 columns and ends with a line break.

    `html` is a whole page with the same words, and the subject with its days in full above them.
    """

    subject: str
    preheader: str
    text: str
    html: str


class Templates:
    """The texts of a catalogue in one folder, compiled at first use and then kept (P12)."""

    def __init__(
        self,
        catalogue: Catalogue,
        folder: Path,
        kept: Mapping[str, str] = _NONE,
        spoken: Mapping[str, Spoken] = _UNSPOKEN,
    ) -> None:
        self.catalogue = catalogue
        self.shelf = Shelf(folder, None, spoken)
        # What is taken where the folder has no text that fits.
        self._kept = Shelf(folder, kept, spoken)
        self._environments = {code: Environment(code) for code in LANGUAGES}
        self._in_full = {code: Environment(code, IN_FULL) for code in LANGUAGES}
        self._letters: dict[tuple[str, str], _Letter] = {}
        self._frames: dict[str, Text] = {}

    def used_facts(self, stage_id: str, language: str = SOURCE) -> frozenset[str]:
        """Every fact that the stage says, in its text, its two lines and the frame."""
        return self._letter(stage_id, language).used

    def said_facts(self, stage_id: str, language: str = SOURCE) -> frozenset[str]:
        """The facts that the stage itself says: without the frame around every letter."""
        return frozenset().union(
            *(p.names for p in self._letter(stage_id, language).parts.values())
        )

    def subject_facts(self, stage_id: str) -> frozenset[str]:
        """The facts that the subject of the stage says."""
        return self._letter(stage_id, SOURCE).parts["subject"].names

    def needed(self, stage_id: str, language: str = SOURCE) -> frozenset[str]:
        """The facts without which the stage cannot be rendered: those used and not optional."""
        facts = self.catalogue.facts
        return frozenset(n for n in self.used_facts(stage_id, language) if not facts[n].optional)

    def frame_facts(self, language: str) -> frozenset[str]:
        """The facts that the frame around every letter says."""
        return self._frame(language).names - FRAME_WORDS

    def understood(self, reader: Reader, *stage_ids: str) -> Reader:
        """The reader with the first of their languages that all these stages are written in, else
        with the source language. A letter is never in two.
        """
        wishes = (reader.language, *reader.besides)
        found = (each for each in wishes if self._speaks(each, stage_ids))
        return replace(reader, language=next(found, SOURCE), besides=())

    def named(self, term: str, language: str) -> str:
        """A word of the programme, or a sentence about a case, in a language; else as it is."""
        return called(term, self.shelf.spoken.get(language, NOTHING).terms, language_of(language))

    def _speaks(self, language: str, stage_ids: Sequence[str]) -> bool:
        """Whether these stages say in a language what they say in the source language."""
        if language == SOURCE:
            return True
        try:
            return all(
                self._letter(each, language).used == self._letter(each, SOURCE).used
                for each in stage_ids
            )
        except LetterError:
            return False

    def render(
        self,
        stage_id: str,
        facts: Mapping[str, object],
        reader: Reader,
        along: Along = (),
        link: AnswerLink | None = None,
    ) -> Rendered:
        """Write the letter, or raise LetterError with the stage and the fact that is wrong.

        ``along`` are the letters that go in it, each with its own facts. Where one of them is not
        written in the reader's language, all are in the source language.
        """
        words = self.words(stage_id, facts, reader, along, link)
        reader = self.understood(reader, stage_id, *(other for other, _ in along))
        values = self._values(stage_id, facts, reader)
        return self._framed(self.catalogue.stage(stage_id), values, words, reader)

    def words(
        self,
        stage_id: str,
        facts: Mapping[str, object],
        reader: Reader,
        along: Along = (),
        link: AnswerLink | None = None,
    ) -> dict[str, str]:
        """What a letter says by itself, part by part, without the frame; errors as `render`."""
        reader = self.understood(reader, stage_id, *(other for other, _ in along))
        words = self._words(stage_id, self._values(stage_id, facts, reader), reader)
        for other, known in along:
            telling = self._words(other, self._values(other, known, reader), reader)
            try:
                words = said_too(words, telling)
            except LetterError as error:
                raise LetterError(f"letter {other} goes with {stage_id}: {error}") from None
        if link is not None:
            words["body"] = with_link(words["body"], link, reader.words)
        return words

    def _framed(
        self, stage: Stage, values: Mapping[str, object], words: Mapping[str, str], reader: Reader
    ) -> Rendered:
        """The two forms of a letter, from the same blocks."""
        around = {name: words[name] for name in FRAME_WORDS} | {"body": EDGE}
        frame = self._frame(reader.language).write({**values, **around})
        laid = laid_out(frame, words["body"], words["news"])
        subject, preheader = subject_line(words["subject"]), one_line(words["preheader"])
        outside = Outside(
            subject,
            subject_line(_TWICE.sub(r"\1", words[_HEADING])),
            preheader,
            reader.language,
            direction(reader.language),
        )
        html = page(laid, outside, asks=stage.asks)
        return Rendered(subject, preheader, plain(laid.blocks), html)

    def _values(
        self, stage_id: str, facts: Mapping[str, object], reader: Reader
    ) -> dict[str, object]:
        letter = self._letter(stage_id, reader.language)
        try:
            values = self._complete(letter, checked(self.catalogue, facts))
        except LetterError as error:
            raise LetterError(f"letter {stage_id}: {error}") from None
        terms = self.shelf.spoken.get(reader.language, NOTHING).terms
        values = in_language(self.catalogue, values, terms, reader.words)
        return {**values, READER: reader}

    def _words(self, stage_id: str, values: Mapping[str, object], reader: Reader) -> dict[str, str]:
        parts = self._letter(stage_id, reader.language).parts
        words = {name: part.write(values) for name, part in parts.items()}
        return words | {name: words[name].strip("\n") for name in ("body", "news")}

    def _complete(self, letter: "_Letter", values: dict[str, object]) -> dict[str, object]:
        for name in sorted(letter.used - values.keys()):
            fact = self.catalogue.facts[name]
            if not fact.optional:
                raise LetterError(f"fact {name} is missing: give {fact.means or fact.type}")
            values[name] = None
        return values

    def _letter(self, stage_id: str, language: str) -> "_Letter":
        found = self._letters.get((stage_id, language))
        if found is None:
            found = self._compile(self.catalogue.stage(stage_id), language)
            self._letters[stage_id, language] = found
        return found

    def _compile(self, stage: Stage, language: str) -> "_Letter":
        if language not in self._environments:
            raise LetterError(
                f"no wording for language {language!r}; there is: {', '.join(LANGUAGES)}"
            )
        try:
            parts = self._parts(self.shelf, stage, language)
        except LetterError:
            if not self._kept.has(self._kept.path(stage, language)):
                raise
            parts = self._parts(self._kept, stage, language)
        frame = self._frame(language)
        used = (frame.names - FRAME_WORDS).union(*(part.names for part in parts.values()))
        return _Letter(parts, used)

    def _parts(self, shelf: Shelf, stage: Stage, language: str) -> dict[str, Text]:
        sheet = shelf.sheet(stage, language)
        heading = replace(sheet[0], name=_HEADING)
        return {part.name: self._text(part, stage.id, language) for part in (*sheet, heading)}

    def _frame(self, language: str) -> Text:
        if language not in self._frames:
            self._frames[language] = self._compiled_frame(language)
        return self._frames[language]

    def _compiled_frame(self, language: str) -> Text:
        try:
            return self._text(self.shelf.frame(language), "frame", language, FRAME_WORDS)
        except LetterError:
            if not self._kept.has(self._kept.frame_path(language)):
                raise
            return self._text(self._kept.frame(language), "frame", language, FRAME_WORDS)

    def _text(
        self, part: Part, letter: str, language: str, words: frozenset[str] = frozenset()
    ) -> Text:
        where = f"letter {letter}, {part.name}" if words == frozenset() else letter
        known = self.catalogue.facts.keys() | words
        environments = self._in_full if part.name == _HEADING else self._environments
        return compiled(environments[language], part, where, known)


@dataclass(frozen=True, slots=True)
class _Letter:
    """The compiled texts of one stage in one language, and every fact they use."""

    parts: Mapping[str, Text]
    used: frozenset[str]
