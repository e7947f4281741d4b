"""The words of a programme in its further languages, each held against those it is read in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel

from engine.checks.named import named_in_checks
from engine.errors import DefinitionError
from engine.letters.answers import SELF, TODAY, Answers, FileRecord, TakeStep
from engine.letters.spoken import SOURCE, Spoken
from engine.model.definition import Workflow
from engine.model.fields import Field as RecordField
from workflows.language.expand import fitting
from workflows.language.letters import LetterWords
from workflows.language.nodes import Node, tree_of
from workflows.language.words import WordsShape, texts
from workflows.schema.answers import AnswerWords, build_answers
from workflows.yaml.located import Located
from workflows.yaml.problems import DefinitionProblemsError
from workflows.yaml.reading import read_once

WORDS, LETTERS, ANSWERS = "words", "letters", "answers"
_SHAPES: Mapping[str, type[BaseModel]] = MappingProxyType(
    {LETTERS: LetterWords, ANSWERS: AnswerWords}
)
_TERMS, _FACTS, _USUAL, _ACCEPTED = "terms", "facts", "usual", "accepted"
_OF_ANSWERS = f"/{ANSWERS}.yaml"

_Path = tuple[str, ...]
_Tree = Mapping[_Path, Node]


def translated(
    folder: Path,
    sources: Mapping[str, Located],
    workflows: Mapping[str, Workflow],
    answers: Answers,
    read: Callable[[Path], Located],
) -> dict[str, Spoken]:
    """What a programme says in each further language.

    ``sources`` are its files of words by their names. DefinitionProblemsError tells everything
    that a language lacks, or says of nothing.
    """
    found, problems = {}, list[str]()
    named = [name for each in workflows.values() for name in _names_of(each)] + _given(answers)
    for language in _languages(folder):
        translating = Translating()
        for name, source in sources.items():
            path = folder / WORDS / language / f"{name}.yaml"
            if not path.is_file():
                problems.append(f"{path}: no words are there: say in it what {source.file} says")
                continue
            try:
                translating.take(source, read(path), named if name == LETTERS else ())
            except DefinitionProblemsError as error:
                problems.extend(error.sentences)
            except DefinitionError as error:
                problems.append(str(error))
        problems += translating.problems
        found[language] = translating.spoken()
    if problems:
        raise DefinitionProblemsError(problems)
    return found


def _given(answers: Answers) -> list[str]:
    """The texts that answers give a record or a step by themselves: a letter may say them."""
    acts = (each.does for each in answers.each())
    values = (
        value
        for act in acts
        if isinstance(act, FileRecord | TakeStep)
        for value in act.given.values()
    )
    return [value for value in values if isinstance(value, str) and value not in {TODAY, SELF}]


def letter_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """The texts of letters, and the words of what they offer as answers, by where they stand; what
    is wrong with one its reader tells.
    """
    words = folder / WORDS
    for path in sorted((*words.glob(f"*/{LETTERS}/**/*.txt"), *words.glob(f"*/{ANSWERS}.yaml"))):
        with suppress(OSError, UnicodeDecodeError):
            yield path.relative_to(words).as_posix(), path.read_text(encoding="utf-8-sig")


def kept_answers(text: str, words: Mapping[str, str]) -> tuple[Answers, dict[str, Spoken]]:
    """What letters offered by a text that was kept, and its words in each further language.

    ``words`` are those of that day, as `letter_texts` has them.
    """
    said = {path.removesuffix(_OF_ANSWERS): path for path in words if path.endswith(_OF_ANSWERS)}
    files = {language: read_once(words[path].encode(), path) for language, path in said.items()}
    source = files.pop(SOURCE)
    spoken: dict[str, Spoken] = {}
    for language, file in files.items():
        translating = Translating()
        translating.take(source, file, ())
        spoken[language] = translating.spoken()
    return build_answers(read_once(text.encode(), f"{ANSWERS}.yaml"), source), spoken


def _languages(folder: Path) -> list[str]:
    """The languages that a programme has words in, beside the one it is read in."""
    found = {each.parent.name for each in folder.glob(f"{WORDS}/*/*.yaml")}
    found |= {each.parent.name for each in folder.glob(f"{WORDS}/*/{LETTERS}")}
    return sorted(found - {SOURCE})


def _names_of(workflow: Workflow) -> Iterator[str]:
    """What a letter may say of a workflow that stands in no file of words: its fields, their
    choices, the words that it chooses from, and what sentences about a case say of it.
    """
    yield from (workflow.name, *workflow.roles)
    yield from named_in_checks(workflow)
    for record in workflow.records.values():
        for each in record.fields:
            yield from _names(each, with_choices=not record.adapts)
    for words in workflow.lists.values():
        for word, parts in words.entries.items():
            yield word
            for below in parts.values():
                yield from below


def _names(field: RecordField, *, with_choices: bool) -> Iterator[str]:
    yield field.name
    if with_choices:
        yield from field.choices
    for row in field.rows:
        yield from _names(row, with_choices=with_choices)


class Translating:
    """One language of a programme while its files are read, and what was found to be wrong."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._terms: dict[str, str] = {}
        self._said: dict[str, Node] = {}  # by the text of the source: where it was said first
        self._usual: dict[str, str] = {}

    def take(self, source: Located, words: Located, names: Iterable[str]) -> None:
        """Take one file and the one that it translates. DefinitionError: it has another shape.

        ``names`` are those that a letter may say beside what stands in the file.
        """
        fitting(words, _SHAPES.get(Path(source.file).stem, WordsShape))
        asked = {p: n for p, n in texts(tree_of(source)) if _is_said(p)}
        root = tree_of(words)
        said = dict(texts(root))
        terms: _Tree = {(_TERMS, name): root.saying(name) for name in dict.fromkeys(names)}
        self.problems += _gaps({**asked, **terms}, said, root)
        for path, node in said.items():
            if path in asked and path[0] == _USUAL:
                self._usual[path[-1]] = node.text
            elif path in asked:
                self._call(asked[path].text, node)
            elif path in terms:
                for spelling in dict.fromkeys((path[-1], path[-1].replace("_", " "))):
                    self._call(spelling, node)

    def spoken(self) -> Spoken:
        return Spoken(MappingProxyType(self._terms), MappingProxyType(self._usual))

    def _call(self, text: str, node: Node) -> None:
        """One word of the source is called one thing: letters know it by that word alone."""
        first = self._said.setdefault(text, node)
        self._terms[text] = first.text
        if first.text != node.text:
            self.problems.append(
                f"{node.place}: {text!r} is {node.text!r} here and {first.text!r} at "
                f"{first.place}: say the same, letters know it by this word alone"
            )


def _is_said(path: _Path) -> bool:
    """What an act is, and what a fact means, no letter says."""
    return path[0] not in {_FACTS, _ACCEPTED} and path != (_USUAL, "act")


def _gaps(asked: _Tree, said: _Tree, root: Node) -> Iterator[str]:
    for path, node in asked.items():
        if path not in said:
            written = ".".join(path)
            yield f"{root.place}: nothing is said for {node.text!r}: write {written} into the file"
    for path, node in said.items():
        if path not in asked:
            yield f"{node.named}: nothing asks for {'.'.join(path)}: take it away"
