"""The words of a workflow for those who read it, by the names that its definition gives."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Discriminator, Field, Tag

from engine.suggestions import suggestion
from workflows.language.nodes import Node
from workflows.schema.spelling import Name, Shape, Text

_Path = tuple[str, ...]
_TEXT, _MORE = "<text>", "<words>"


class StateWords(Shape):
    """A state: its title, and what is open while one of its ladders runs."""

    title: Text
    ladders: dict[Name, Text] = Field(default_factory=dict)


class AskedWords(Shape):
    """A requirement: what a person reads, what to do, and why nobody may set it aside."""

    says: Text
    remedy: Text
    why_never: Text | None = None


class RecordWords(Shape):
    """A record; with the words of the step that asks whether it is there."""

    title: Text
    says: Text | None = None
    remedy: Text | None = None
    why_never: Text | None = None


def _kind(written: object) -> str:
    return _TEXT if isinstance(written, str) else _MORE


class WordsShape(Shape):
    """All words of one workflow in one language."""

    title: Text
    phases: dict[Name, Text] = Field(default_factory=dict)
    states: dict[
        Name,
        Annotated[
            Annotated[Text, Tag(_TEXT)] | Annotated[StateWords, Tag(_MORE)], Discriminator(_kind)
        ],
    ]
    steps: dict[str, Text] = Field(default_factory=dict)
    records: dict[
        Name,
        Annotated[
            Annotated[Text, Tag(_TEXT)] | Annotated[RecordWords, Tag(_MORE)], Discriminator(_kind)
        ],
    ] = Field(default_factory=dict)
    settings: dict[Name, Text] = Field(default_factory=dict)
    meetings: dict[Name, Text] = Field(default_factory=dict)
    requirements: dict[Name, AskedWords] = Field(default_factory=dict)
    flags: dict[str, Text] = Field(default_factory=dict)
    lists: dict[Name, Text] = Field(default_factory=dict)
    comparisons: dict[Name, Text] = Field(default_factory=dict)


class Words:
    """What a file of words says, and which of it somebody has asked for."""

    def __init__(self, root: Node, problems: list[str]) -> None:
        self._root = root
        self._problems = problems
        self._taken: set[_Path] = set()
        self._missed: set[_Path] = set()

    def say(self, asking: Node, *path: str) -> Node:
        """The text at this path; where there is none, a problem that names who asks for it."""
        found = self.may_say(*path)
        if found is not None:
            return found
        if path not in self._missed:
            self._missed.add(path)
            name = ".".join(path)
            self._problems.append(
                f"{asking.named}: nothing is said for {path[-1]}: "
                f"write {name} into {self._root.place.file}"
            )
        return asking.saying("-")

    def may_say(self, *path: str) -> Node | None:
        """The text at this path, if there is one; a title alone stands for `title`."""
        found: Node | None = self._root
        for step in path:
            if found is not None and step == "title" and isinstance(found.value, str):
                break
            found = found.get(step) if found is not None else None
        if found is not None:
            self._taken.add(path)
        return found

    def left_over(self) -> Iterator[str]:
        """Words that nobody has asked for, each with what was meant."""
        for path, node in texts(self._root):
            if path in self._taken or (*path, "title") in self._taken:
                continue
            names = sorted(each[-1] for each in self._missed if each[:-1] == path[:-1])
            yield f"{node.named}: nothing asks for {'.'.join(path)}: {suggestion(path[-1], names)}"


def texts(node: Node, path: _Path = ()) -> Iterator[tuple[_Path, Node]]:
    """Every text of a file of words, with where it stands in it."""
    for name, each in node.items():
        if isinstance(each.value, str):
            yield (*path, name), each
        else:
            yield from texts(each, (*path, name))
