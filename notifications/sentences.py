"""Sentences that the engine puts together about a case: read back, and said in another language.

A case keeps them in the source language, as they were put together, so that its history reads the
same for ever. Here each is held against its pattern, and the catalogue of a language has the
pattern once more in that language.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date

from notifications.answer_sentences import ANSWERED
from notifications.languages import Language
from notifications.unsent import UNSENT

# What is said of a case, mostly what it lacks: the first that fits. How values are said: _SAID.
SENTENCES = (
    "what was open is settled: {title}",
    "{own} asked for time until {day}",
    "the letter to {own} is held back by the office until {day}",
    "the letter to {own} is held back by the office",
    "what came of {title} on its day, or another day",
    "or {rest}",
    "{rest} ({setting}: {here} instead of {usual}, adapted by {who}: {reason})",
    "nobody has filed the {title} yet",
    "no version of the {title} was filed since: {state}",
    "the latest version of the {title} is {number}",
    "the {title} is not filed for the {role} side ({own})",
    "the {title} is not filed for the {role} side",
    "not signed by the {role} side ({own})",
    "not signed by the {role} side",
    'the {title} leaves "{field}" empty',
    'the {title} answers "{field}" with {value}',
    "the {title} lists {number} {field} ({values})",
    "the {title} lists {number} {field}",
    "no reason is given in the note",
    "no day is fixed for {title}",
    "the day of {title} has gone by, and nothing is filed of it",
    "no times for {title} are named by the {role} side ({own})",
    "no times for {title} are named by the {role} side",
    "{title} is forecast for {day}, the limit is {last}",
    "it was sent {number} days before, {span} before are asked",
    "it was sent {number} days after, {span} before are asked",
    "the last day is {day}",
    "at least {number} is needed",
    "at least {number} are needed",
    "exactly {number} is needed",
    "exactly {number} are needed",
    "at most {number} is allowed",
    "at most {number} are allowed",
    "{number} to {most} are needed",
    "{wanted} is needed",
    'number {number} of {noun} ("{own}") has no {fields}',
    "nobody named for {value}",
    '"{own}" was due on {day}',
    '"{own}" was dropped',
    '"{own}": {field} changed from {value} to {after}',
    '"{own}": {field} was {day} and is missing now',
    '"{own}": {field} slips from {day} to {last}',
    "{field}: {number} so far, asked: at least {most}",
    "{field} still open: {titles}",
    "{field} still closed: {titles}",
    "nobody reachable as {role}",
    "{number} of {most} places are taken",
    "{own} is already in {others}",
    "{own} is asked already in {others}",
    "{own} has {number} dated meetings, {most} of them visits, in week {week} of {year}",
    "the address of {own} does not work: {reason}",
    "{noun} is not given",
    "{noun} is not known yet",
    "{noun} is not known",
    "{noun} is {day}, a day gone by: today is {last}",
    "{noun} is {number}, it was {before} before",
    "{noun} is {value}, {other} is {after}",
    "{noun} is {value}",
    "{noun} ({values}): {number}",
    "{noun}: {number}",
)
# What such a sentence speaks of.
THINGS = (
    '"{field}" in the {title}',
    "the {field} of the {role}",
    'the day of "{title}"',
    'a yes of the {role} side to the day of "{title}"',
    '"{field}"',
    "the step {title}",
    "the record {title}",
    "the signature under {title}",
    "the {title}",
    "the {field}",
)
_DAY, _NUMBER = r"\d{4}-\d{2}-\d{2}", r"-?\d+(?:\.\d+)?"
_SHAPES = {
    **dict.fromkeys(("day", "last"), _DAY),
    **dict.fromkeys(("number", "most", "before", "week", "year"), _NUMBER),
    **dict.fromkeys(("own", "others"), '[^"]+?'),
    **dict.fromkeys(("title", "reason"), ".+?"),
    "rest": "(?!or ).+?",  # so that a row of them is not taken apart one by one
    # Short of the mark behind it: a text with many of them is read in one pass.
    **dict.fromkeys(("setting", "here", "usual", "who"), "[^:;()]+?"),
}
_WITHIN = "[^;]+?"  # what stands in one sentence
_PLAIN, _ON = re.compile(_NUMBER), re.compile(_DAY)
# Between two of them, not within quotation marks: ours begin small, or with a title in such marks.
_JOINT = re.compile(r'(; |(?<=\.) (?=[a-z"])|, (?=nobody |the |not ))(?=(?:[^"]*"[^"]*")*[^"]*$)')
_LONGEST = 2_000  # characters; a person who writes more has not put it together from these

Said = Callable[[str], str | None]


class Sentences:
    """What is said in one language: ``term`` says a word of the programme, if it knows it."""

    def __init__(self, term: Said, language: Language) -> None:
        self._term = term
        self._language = language
        self._said: Mapping[str, Said] = {
            **dict.fromkeys(("title", "state", "setting"), self._title),
            **dict.fromkeys(("noun", "other"), self._thing),
            **dict.fromkeys(("value", "after", "here", "usual"), self._value),
            **dict.fromkeys(("field", "role"), self._name),
            **dict.fromkeys(("number", "most", "before"), self._number),
            **dict.fromkeys(("week", "year"), language.digits),
            **dict.fromkeys(("day", "last"), self._day),
            **dict.fromkeys(("own", "others", "who"), str),
            "titles": self._each(", ", ", ", self._title),
            "values": self._each(", ", ", ", self._value),
            "fields": self._each(" and no ", ", ", self._name),
            "wanted": self._either,
            "span": term,
            "reason": lambda text: self.told(text) or text,
            "rest": self.told,
        }

    def told(self, text: str) -> str | None:
        """The same in the language, sentence by sentence; nothing where it has none of ours.

        What a person wrote beside one stays as it is.
        """
        if len(text) > _LONGEST:
            return None
        whole, parts = self._fitting(EVERY, text), _JOINT.split(text)
        if whole is not None or len(parts) == 1:
            return whole
        found = [self._fitting(SENTENCES, each) for each in parts[::2]]
        if not any(found):
            return None
        texts = zip(found, parts[::2], strict=True)
        said = [known or self._title(text) or text for known, text in texts]
        joints = [self._joint(each) for each in parts[1::2]]
        return "".join(each for pair in zip(said, [*joints, ""], strict=True) for each in pair)

    def _joint(self, text: str) -> str:
        mark = text.strip()
        return f"{self._language.word(mark)} " if mark else text

    def _fitting(self, patterns: tuple[str, ...], text: str) -> str | None:
        for pattern in patterns:
            found = _PATTERNS[pattern].fullmatch(text)
            if found is None:
                continue
            values = {name: self._said[name](part) for name, part in found.groupdict().items()}
            known = {name: value for name, value in values.items() if value is not None}
            if len(known) == len(values):
                return self._language.say(pattern, **known)
        return None

    def _title(self, text: str) -> str | None:
        """A title as it stands within a sentence: it may begin small, and ends without a stop."""
        capital = text[:1].upper() + text[1:]
        for each in (text, capital):
            if (found := self._term(each)) is not None:
                return found
        ended = self._term(f"{capital}.")
        return ended.rstrip(".") if ended is not None else None

    def _thing(self, text: str) -> str | None:
        return self._fitting(THINGS, text)

    def _name(self, text: str) -> str | None:
        """Names of the definition, such as those of a field within another."""
        return self._each(", ", ", ", self._term)(text)

    def _value(self, text: str) -> str | None:
        """What a field holds; what the programme has no word for is somebody's own."""
        return self._wanted(text) or text

    def _wanted(self, text: str) -> str | None:
        """What a definition asks for: a day, a number, or one of its words."""
        if _ON.fullmatch(text):
            return self._day(text)
        return self._number(text) if _PLAIN.fullmatch(text) else self._term(text)

    def _number(self, text: str) -> str:
        return self._language.number(float(text) if "." in text else int(text))

    def _day(self, text: str) -> str | None:
        with suppress(ValueError):
            return self._language.whole_date(date.fromisoformat(text))
        return None

    def _either(self, text: str) -> str | None:
        """One of several words that a definition asks for."""
        found = [self._wanted(each) for each in text.split(" or ")]
        known = [each for each in found if each is not None]
        return self._language.either(known) if len(known) == len(found) else None

    def _each(self, between: str, joint: str, say: Said) -> Said:
        def told(text: str) -> str | None:
            found = [say(each) for each in text.split(between)]
            known = [each for each in found if each is not None]
            return joint.join(known) if len(known) == len(found) else None

        return told


def _pattern(text: str) -> re.Pattern[str]:
    """What a text is read back by: each value is what stands in its place."""
    parts = re.split(r"\{(\w+)\}", text)
    read = (
        f"(?P<{part}>{_SHAPES.get(part, _WITHIN)})" if place % 2 else re.escape(part)
        for place, part in enumerate(parts)
    )
    return re.compile("".join(read), re.DOTALL)


EVERY = (*UNSENT, *ANSWERED, *SENTENCES)
_PATTERNS = {text: _pattern(text) for text in (*EVERY, *THINGS)}
