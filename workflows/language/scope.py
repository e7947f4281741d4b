"""What the expansion of one definition knows: the tree, its words, and the readers of letters."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from engine.model.definition import SYSTEM, WHOSE_TURN
from engine.places import Place
from engine.suggestions import suggestion
from workflows.language.nodes import Node
from workflows.language.words import Words

_TEAM = ".team"


@dataclass(frozen=True, slots=True)
class Around:
    """What a definition may refer to in other files of its folder."""

    stages: Mapping[str, Node]  # who reads each stage of a letter, by `N-11.ask`
    roots: Mapping[str, Node]  # each file whole, by its name


@dataclass(frozen=True, slots=True)
class Scope:
    """One definition while it is written out; what is wrong is collected in `problems`."""

    root: Node
    words: Words
    around: Around
    problems: list[str]
    read: set[Place] = field(default_factory=set)  # weights, usual rungs

    @property
    def stages(self) -> Mapping[str, Node]:
        return self.around.stages

    def part(self, key: str) -> Node:
        """A part of the file; an empty one where nothing is written."""
        return self.root.get(key) or self.root.saying({})

    def default(self, key: str) -> Node | None:
        return self.part("defaults").get(key)

    def weight(self, named: Node) -> Node | None:
        """How much a missing thing weighs."""
        weights = self.part("weights")
        found = weights.get(named.text)
        if found is None:
            self.unknown(named, "weight", [name for name, _ in weights.items()])
        return self._read(found)

    def usual_rung(self, name: str) -> Node | None:
        """What a rung of this name does where its letter has no stage for it."""
        rungs = self.default("rungs")
        return self._read(rungs.get(name) if rungs else None)

    def report_strangers(self) -> None:
        """Complain of roles and letters nobody declares, where they stand for all who name none."""
        named = [
            *map(self.default, ("readers", "by")),
            *(rung.get("to") for _, rung in self.part("defaults").under("rungs")),
            *(weight.get("waived_by") for _, weight in self.root.under("weights")),
        ]
        roles = [each.text for each in self.part("roles").several()]
        for role in (each for node in named if node for each in node.several()):
            if stranger(role, roles):
                self.unknown(role, "role", roles)
        for _, rung in self.part("defaults").under("rungs"):
            letter = rung.get("letter")
            if letter is not None and letter.text not in self.stages:
                self.unknown(letter, "letter", list(self.stages))

    def report_unread(self) -> None:
        """Complain of weights and usual rungs that nothing asks for."""
        usual = [*self.root.under("weights"), *self.part("defaults").under("rungs")]
        for name, node in usual:
            if node.named not in self.read:
                self.problems.append(f"{node.named}: nothing asks for {name}: remove it")

    def _read(self, found: Node | None) -> Node | None:
        if found is not None:
            self.read.add(found.named)
        return found

    def readers_of(self, letter: Node) -> Node | None:
        """Who reads a letter that names no reader where it is sent."""
        if letter.text not in self.stages:
            self.unknown(letter, "letter", list(self.stages))
        return self.stages.get(letter.text)

    @property
    def readers(self) -> Node | None:
        return self.default("readers")

    def complain(self, node: Node, problem: str) -> None:
        self.problems.append(f"{node.place}: {problem}")

    def unknown(self, node: Node, what: str, known: list[str]) -> None:
        self.problems.append(unknown(node, what, known))


def unknown(node: Node, what: str, known: list[str]) -> str:
    """The complaint about a name nobody declared."""
    return f'{node.place}: no {what} "{node.text}" is declared: {suggestion(node.text, known)}'


def stranger(audience: Node, roles: Collection[str]) -> bool:
    """Whether this is neither one of the roles, nor those who stand for one."""
    return audience.text.removesuffix(_TEAM) not in {*roles, SYSTEM, WHOSE_TURN}
