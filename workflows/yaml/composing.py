"""From YAML events to located values, without recursion and within bounds."""

import re
from dataclasses import dataclass
from typing import Protocol

import yaml

from engine.places import Place
from workflows.yaml.located import (
    DefinitionSyntaxError,
    Located,
    Path,
    Plain,
    Scalar,
    syntax_refusal,
)
from workflows.yaml.scalars import meaning, real_days

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where it is there: 3x faster
_DEEPEST = 40
_MOST_NODES = 20_000
_UNWELCOME_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

# What PyYAML says, and what a person who does not know its grammar can do about it.
_REMEDIES = (
    ("mapping values are not allowed", "this colon is out of place: indent the line, or quote"),
    ("could not find expected ':'", "a colon is missing after this: write `name: value`"),
    ("unexpected end of stream", "this quote is never closed: close it"),
    ("unexpected document separator", "this quote is never closed: close it"),
    ("unknown escape character", "no such escape: double the backslash, or use single quotes"),
    ("expected escape sequence", "no such escape: double the backslash, or use single quotes"),
    ("expected alphabetic or numeric", "& * ! and % are not for text: quote the text"),
    ("expected <block end>", "this does not fit the lines above: check indentation and quotes"),
    ("expected ',' or '", "before this, a comma or a closing bracket is missing: add it"),
    ("expected the node content", "a value should stand here: write one, or quote this"),
    ("chomping or indentation", "only - or + may follow | and > here: begin the text below"),
    ("that cannot start any token", "no value begins with this character: quote the text"),
    ("sequence entries are not allowed", "a list cannot begin here: start it on a new line"),
    ("<document start>", "the document ended above this: write one document a file"),
    ("tag", "tags are not used in definitions: remove it, or quote the text"),
)
_BEGIN_EARLIER = ("could not find expected ':'", "unexpected end of stream")


class _Mark(Protocol):
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


@dataclass(slots=True)
class _Collection:
    """A mapping or list whose end has not been read yet."""

    path: Path
    value: dict[str, Plain] | list[Plain]
    key: str | None = None

    def step(self) -> str | int:
        return len(self.value) if self.key is None else self.key


def compose(text: str, file: str) -> Located:
    """Build the values of the one document in this text, which holds no unwelcome character."""
    composer = _Composer(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            composer.take(event)
    except yaml.MarkedYAMLError as error:
        raise composer.translated(error) from error
    except (ValueError, OverflowError) as error:
        # PyYAML passes numbers of escapes and directives to int() and chr() as they come.
        raise composer.unreadable_number() from error
    return composer.finished()


class _Composer:
    def __init__(self, file: str) -> None:
        self._file = file
        self._open: list[_Collection] = []
        self._root: Plain = None
        self._places: dict[Path, Place] = {}
        self._keys: dict[Path, Place] = {}
        self._nodes = 0
        self._documents = 0
        self._start = Place(file, 1, 1)
        self._last: _Mark | None = None

    def take(self, event: yaml.Event) -> None:
        self._last = event.end_mark
        match event:
            case yaml.ScalarEvent() | yaml.CollectionStartEvent():
                self._take_node(event)
            case yaml.CollectionEndEvent():
                self._open.pop()
            case yaml.AliasEvent():
                raise self.refusal(event.start_mark, "aliases are not used: write the value out")
            case yaml.DocumentStartEvent():
                self._begin_document(event)
            case _:
                pass

    def finished(self) -> Located:
        if not isinstance(self._root, dict | list):
            place = self._places.get((), self._start)
            says = "nothing" if self._root is None else "a single value"
            raise syntax_refusal(place, f"the file says {says}: write `name: value` lines")
        return Located(self._file, self._root, self._places, self._keys)

    def refusal(self, mark: _Mark | None, problem: str) -> DefinitionSyntaxError:
        return syntax_refusal(self._place(mark), problem)

    def translated(self, error: yaml.MarkedYAMLError) -> DefinitionSyntaxError:
        problem = str(error.problem)
        mark = error.problem_mark or error.context_mark
        if error.context_mark and any(words in problem for words in _BEGIN_EARLIER):
            mark = error.context_mark
        for words, remedy in _REMEDIES:
            if words in problem:
                return self.refusal(mark, remedy)
        return self.refusal(mark, f"{problem}: check indentation, brackets and quotes here")

    def unreadable_number(self) -> DefinitionSyntaxError:
        problem = "after this, an escape or a directive holds an impossible number: remove it"
        return self.refusal(self._last, problem)

    def _begin_document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            problem = "a second document begins here: write one document a file"
            raise self.refusal(event.start_mark, problem)
        if event.version or event.tags:
            raise self.refusal(event.start_mark, "directives are not used: remove the % line")

    def _take_node(self, event: yaml.NodeEvent) -> None:
        self._admit(event)
        mapping = self._open[-1] if self._open else None
        if mapping and isinstance(mapping.value, dict) and mapping.key is None:
            self._take_key(mapping, event)
        else:
            self._take_value(event)

    def _admit(self, event: yaml.NodeEvent) -> None:
        self._nodes += 1
        problem = None
        if event.anchor is not None:
            problem = "anchors are not used: write the value out where it is needed"
        elif getattr(event, "tag", None) is not None:
            problem = "tags are not used in definitions: remove it, or quote the text"
        elif self._nodes > _MOST_NODES:
            problem = f"the file holds more than {_MOST_NODES} values: split the definition"
        elif isinstance(event, yaml.CollectionStartEvent) and len(self._open) >= _DEEPEST:
            problem = f"values are nested more than {_DEEPEST} deep: flatten the definition"
        if problem:
            raise self.refusal(event.start_mark, problem)

    def _take_key(self, mapping: _Collection, event: yaml.NodeEvent) -> None:
        key = self._value(event)
        if not isinstance(key, str):
            raise self.refusal(event.start_mark, "a key must be text: quote it, or name it")
        if key == "<<":
            raise self.refusal(event.start_mark, "merge keys are not used: write the values out")
        path = (*mapping.path, key)
        if path in self._keys:
            first = self._keys[path].line
            problem = f'"{key}" is already written in line {first}: keep one of the two'
            raise self.refusal(event.start_mark, problem)
        mapping.key = key
        self._keys[path] = self._place(event.start_mark)

    def _take_value(self, event: yaml.NodeEvent) -> None:
        parent = self._open[-1] if self._open else None
        path = (*parent.path, parent.step()) if parent else ()
        self._places[path] = self._place(event.start_mark)
        value = self._value(event)
        if parent is None:
            self._root = value
        elif isinstance(parent.value, list):
            parent.value.append(value)
        elif parent.key is not None:
            parent.value[parent.key] = value
            parent.key = None
        if isinstance(value, dict | list):
            self._open.append(_Collection(path, value))

    def _value(self, event: yaml.NodeEvent) -> Plain:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        return {} if isinstance(event, yaml.MappingStartEvent) else []

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        # An escape can put into text what may not stand in the file itself.
        unwelcome = event.style == '"' and _UNWELCOME_IN_TEXT.search(event.value)
        if unwelcome:
            problem = f"the escape of U+{ord(unwelcome.group()):04X} is not allowed: remove it"
            raise self.refusal(event.start_mark, problem)
        try:
            real_days(event.value)
            # libyaml says "" where the pure parser says None
            return str(event.value) if event.style else meaning(event.value)
        except ValueError as error:
            raise self.refusal(event.start_mark, str(error)) from error

    def _place(self, mark: _Mark | None) -> Place:
        mark = mark or self._last
        return Place(self._file, mark.line + 1, mark.column + 1) if mark else self._start
