"""What the expansion of one definition knows: the tree, its words, and the readers of letters."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.suggestions import suggestion
from workflows.language.nodes import Node
from workflows.language.words import Words


@dataclass(frozen=True, slots=True)
class Scope:
    """One definition while it is written out; what is wrong is collected in `problems`."""

    root: Node
    words: Words
    stages: Mapping[str, Node]  # who reads each stage of a letter, by `N-11.ask`
    problems: list[str]

    def part(self, key: str) -> Node:
        """A part of the file; an empty one where nothing is written."""
        return self.root.get(key) or self.root.saying({})

    def default(self, key: str) -> Node | None:
        return self.part("defaults").get(key)

    @property
    def readers(self) -> Node | None:
        return self.default("readers")

    def complain(self, node: Node, problem: str) -> None:
        self.problems.append(f"{node.place}: {problem}")

    def unknown(self, node: Node, what: str, known: list[str]) -> None:
        self.complain(node, f'no {what} "{node.text}" is declared: {suggestion(node.text, known)}')
