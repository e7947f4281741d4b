"""What is wrong with the words of a list in a file of its own: parts, doubles, slips of the pen."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from engine.lint.paths import used
from engine.model.word_lists import ROOT, WordList
from engine.suggestions import folded, nearest, suggestion
from workflows.programme import Programme
from workflows.schema.accepted import AcceptedTexts
from workflows.schema.coordinators import domains_said
from workflows.schema.spelling import Shape, Text
from workflows.yaml.located import Located
from workflows.yaml.spot import Spot

_ALIKE = 0.9  # how near two words are when one of them is a slip of the pen
_SHORT = 4
_WORDS = "words"

Words = Mapping[str, Mapping[str, tuple[str, ...]]]


class WordsOfAList(Shape):
    """A list of words, each with its parts, in a file beside the definitions."""

    source: Text = ""
    words: dict[Text, object]
    accepted: AcceptedTexts = ()


def wrong_words(document: Located, programme: Programme) -> Iterator[str]:
    """What is wrong in the words of one file, which a list of the programme takes."""
    file = document.file.rpartition("/")[2].removesuffix(".yaml")
    written = document.content.get(_WORDS) if isinstance(document.content, dict) else None
    names = written.keys() if isinstance(written, dict) else ()
    taken = next((each for each in _lists(programme) if each.entries.keys() == names), None)
    spot = Spot(document).at(_WORDS)
    if taken is None:
        yield f"{spot.named}: no list takes these words: write file: {file} into one of `lists`"
        return
    yield from _parts(taken.entries, spot, set(_parts_read(programme, taken.name)))
    for word, other in _slips(list(taken.entries)):
        yield _looks_like(spot.at(word).named, word, other)
    yield from _entries(taken.entries, spot)
    if any(path.startswith("parties.") for path in taken.holds):
        yield from _unsaid(taken.entries, spot, domains_said(programme))


def _lists(programme: Programme) -> Iterator[WordList]:
    for workflow in programme.workflows.values():
        yield from workflow.lists.values()


def _parts_read(programme: Programme, name: str) -> Iterator[str]:
    """The parts of a list that some path leads to, of a definition or of a letter."""
    paths = [path for each in programme.workflows.values() for path, _ in used(each)]
    for fact in programme.letters.facts.values():
        paths += fact.source.split(" or ")
    start = f"{ROOT}{name}."
    for path in paths:
        inner = path.removeprefix("parent.")
        if inner.startswith(start):
            yield inner.removeprefix(start).partition(".")[0]


def _parts(words: Words, spot: Spot, read: set[str]) -> Iterator[str]:
    known = sorted(read)
    for word, parts in words.items():
        for part in parts:
            if part not in read:
                place = spot.at(word, part).named
                yield f'{place}: nothing reads "{part}" of "{word}": {suggestion(part, known)}'
        for part in known:
            if part not in parts:
                place = spot.at(word).named
                yield f'{place}: "{word}" has no {part}, and the programme reads them: list them'


def _entries(words: Words, spot: Spot) -> Iterator[str]:
    """One thing under two spellings."""
    for part in dict.fromkeys(part for parts in words.values() for part in parts):
        stands: dict[str, list[Spot]] = {}
        for word, parts in words.items():
            for number, text in enumerate(parts.get(part, ())):
                stands.setdefault(text, []).append(spot.at(word, part, number))
        # Of two that look alike the rarer one is the slip, else the later.
        for text, other in _slips(sorted(stands, key=lambda each: -len(stands[each]))):
            yield _looks_like(stands[text][0].place, text, other)


def _unsaid(words: Words, spot: Spot, said: Mapping[str, str]) -> Iterator[str]:
    """Words that no centre says, where a centre says one that is nearly the same."""
    strange = sorted(word for word in said if word not in words)
    for word in words:
        near = nearest(word, strange) if word not in said else ""
        if near:
            place = spot.at(word).named
            yield f'{place}: no centre says "{word}", {said[near]} says "{near}": write it as there'


def _slips(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each text that looks like one before it, with that one."""
    for number, text in enumerate(texts):
        other = next((each for each in texts[:number] if _look_alike(each, text)), None)
        if other is not None:
            yield text, other


def _looks_like(place: object, text: str, other: str) -> str:
    remedy = "write both the same way, or rename one"
    return f'{place}: "{text}" looks like "{other}": {remedy} [look_alike]'


def _look_alike(one: str, other: str) -> bool:
    """Nearly the same word; short names, and names with numbers, may differ by a letter."""
    left, right = folded(one), folded(other)
    if left == right:
        return True
    shorter, longer = sorted((len(left), len(right)))
    if shorter <= _SHORT or 2 * shorter < _ALIKE * (shorter + longer):
        return False
    return _digits(one) == _digits(other) and SequenceMatcher(None, left, right).ratio() >= _ALIKE


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())
