"""The letters of a programme as people write them, to the full form of their catalogue."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from engine.places import Place
from workflows.language.expand import fitting
from workflows.language.nodes import Node, tree_of, written_out
from workflows.language.scope import stranger, unknown
from workflows.language.spelling import KINDS, Readers, Stages
from workflows.language.words import Words
from workflows.schema.accepted import AcceptedTexts
from workflows.schema.attention import Attentions
from workflows.schema.letters import FactText, Promises
from workflows.schema.overview import OverviewShape
from workflows.schema.spelling import Id, Name, Shape, Some, Text, Whole
from workflows.yaml.located import Located
from workflows.yaml.problems import DefinitionProblemsError

Urgency = Literal["now", "at_once", "next_slot", "fixed_slot", "digest_only"]
# Lines of a text above the letter itself; the first two are of `notifications`.
_COLON = ": "
_AS_IT_IS = frozenset({"programme", "promises", "attention", "overview"})
_HEAD = MappingProxyType({"Act": "act", "Told": "told", "Reason": "reason"})


class StageText(Shape):
    """Who gets a stage, how soon, and the honest time it takes."""

    to: Readers | None = None
    urgency: Urgency | None = None
    minutes: Whole | None = None
    goes_with: Stages | None = None
    said_by: Stages | None = None


class LetterText(Shape):
    """A letter: its stages, and what they have in common."""

    to: Readers | None = None
    urgency: Urgency | None = None
    stages: Some[
        dict[
            Name,
            Annotated[
                Annotated[Whole, Tag("<minutes>")] | Annotated[StageText, Tag("<stage>")],
                Discriminator(lambda each: "<minutes>" if isinstance(each, int) else "<stage>"),
            ],
        ]
    ]


class LettersText(Shape):
    """The letters of one programme: what a stage of that name usually is, letters, facts."""

    programme: Name
    attention: Attentions = Field(default_factory=dict)
    overview: OverviewShape | None = None
    stages: dict[Name, StageText] = Field(default_factory=dict)
    letters: dict[Id, LetterText]
    promises: Promises = Field(default_factory=dict)
    facts: dict[Name, FactText] = Field(default_factory=dict)
    accepted: AcceptedTexts = ()


class LetterWords(Shape):
    """The words of the letters that stand in no text: titles, meanings, what texts leave out."""

    letters: dict[Id, Text]
    facts: dict[Name, Text] = Field(default_factory=dict)
    usual: dict[Literal["act", "told", "reason"], Text] = Field(default_factory=dict)
    terms: dict[str, Text] = Field(default_factory=dict)
    accepted: AcceptedTexts = ()


def are_in_full(document: Located) -> bool:
    """Whether a catalogue leaves nothing out: only then a letter says its own title."""
    letters = tree_of(document).under("letters")
    return any(letter.get("title") is not None for _, letter in letters)


def letters_in_full(document: Located, words: Located, texts: Path) -> Located:
    """The catalogue with the words of its letters, and those of the texts in this folder.

    Raises DefinitionProblemsError with everything that is wrong in any of them.
    """
    fitting(document, LettersText)
    fitting(words, LetterWords)
    writing = _Writing(tree_of(document), tree_of(words), texts)
    root = writing.root()
    if writing.problems:
        raise DefinitionProblemsError(writing.problems)
    return written_out(root, document.file)


def readers(document: Located) -> Mapping[str, Node]:
    """Who reads each stage of a catalogue in full, by `N-11.ask`."""
    root = tree_of(document)
    return {
        f"{letter}.{name}": to
        for letter, node in root.under("letters")
        for name, stage in node.under("stages")
        if (to := stage.get("to"))
    }


def attentive(document: Located) -> tuple[Node, ...]:
    """The roles of which a catalogue says when they are written to, each where it says so."""
    found = tree_of(document).under("attention")
    return tuple(Node(role, each.named, each.named) for role, each in found)


def strange_readers(named: Iterable[Node], roots: Iterable[Node]) -> Iterator[str]:
    """Readers of letters who have no role in any of the workflows."""
    declared = (root.get("roles") for root in roots if root.get("workflow"))
    roles = list(dict.fromkeys(each.text for node in declared if node for each in node.several()))
    for reader in (each for node in named for each in node.several()):
        if roles and stranger(reader, roles):
            yield unknown(reader, "role", roles)


def first_sent(node: Node) -> Node | None:
    """The first letter that something in a definition sends, as people write it."""
    below = node.value if isinstance(node.value, tuple) else [each for _, each in node.items()]
    sent = node.get("notify") or node.get("letter")
    if sent is not None and isinstance(sent.value, str) and sent.text not in KINDS:
        return sent
    return next((found for each in below if (found := first_sent(each)) is not None), None)


class _Writing:
    """A catalogue while it is written out, and what was found to be wrong."""

    def __init__(self, root: Node, words: Node, texts: Path) -> None:
        self.problems: list[str] = []
        self._root = root
        self._words = Words(words, self.problems)
        self._texts = texts

    def root(self) -> Node:
        root = self._root
        parts = {key: each for key, each in root.items() if key in _AS_IT_IS}
        letters = {name: self._letter(name, each) for name, each in root.under("letters")}
        parts["letters"] = root.saying(letters)
        parts["facts"] = root.saying(
            {name: self._fact(name, node) for name, node in root.under("facts")}
        )
        self.problems += self._words.left_over()
        return root.saying(parts)

    def _fact(self, name: str, node: Node) -> Node:
        means = self._words.may_say("facts", name)
        return node.saying({**dict(node.items()), "means": means}) if means else node

    def _letter(self, name: str, node: Node) -> Node:
        stages = {
            stage: self._stage(f"{name}/{stage}", node, each)
            for stage, each in node.under("stages")
        }
        title = self._words.say(node, "letters", name)
        return node.saying({"title": title, "stages": (node.get("stages") or node).saying(stages)})

    def _stage(self, path: str, letter: Node, node: Node) -> Node:
        """What a stage says itself, else what one of its name usually is, else its letter."""
        own = dict(node.items()) if isinstance(node.value, Mapping) else {"minutes": node}
        usual = dict((self._root.get("stages") or node).under(path.rpartition("/")[2]))
        shared = {key: each for key, each in letter.items() if key != "stages"}
        parts = {**shared, **usual, **own, **self._head(path, node)}
        for name in {"to", "goes_with", "said_by"} & parts.keys():
            parts[name] = parts[name].listed()
        return node.saying(parts)

    def _head(self, path: str, node: Node) -> dict[str, Node]:
        """What the first lines of a text say of it; what they leave out is as usual."""
        parts = {key: said for key in _HEAD.values() if (said := self._words.may_say("usual", key))}
        file = self._texts / f"{path}.txt"
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            lines = []
            problem = f"no text {file}: write it, or take the stage away"
            self.problems.append(f"{node.named}: {problem}")
        times = Counter(name for _, name, _ in _head_lines(lines))
        for number, name, text in _head_lines(lines):
            place = Place(str(file), number, len(name) + len(_COLON) + 1)
            if times[name] > 1:
                self.problems.append(f"{place}: the text has two lines {name}: keep one of them")
            parts[_HEAD[name]] = Node(text, place, place)
        if lines:
            self._complain_of_gaps(file, frozenset(parts))
        return parts

    def _complain_of_gaps(self, file: Path, said: frozenset[str]) -> None:
        for name, key in _HEAD.items():
            if key not in said:
                remedy = f"write `{name}: ...` above it, or `usual: {key}:` in the words of letters"
                self.problems.append(f"{file}:1:1: the text has no line {name}: {remedy}")


def _head_lines(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """The lines `Name: text` with which a text begins and that stand in the catalogue."""
    for number, line in enumerate(lines, 1):
        name, colon, text = line.partition(_COLON)
        if not colon:
            return
        if name in _HEAD:
            yield number, name, text.strip()
