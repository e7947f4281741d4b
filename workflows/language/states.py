"""States in their phases and the steps that leave them, from the language to the full form."""

from collections.abc import Iterator

from workflows.language.effects import written_effects
from workflows.language.ladders import WAITING, written_ladders
from workflows.language.nodes import Node
from workflows.language.requirements import Requirements
from workflows.language.scope import Scope
from workflows.language.spelling import EACH

_LISTS = ("rule", "acts", "assigns")
_ELSEWHERE = ("steps", "ladders", WAITING, "entered")


def each_state(root: Node) -> Iterator[tuple[str, Node, Node]]:
    """The name of a state, the name of its phase, and what is said of it there and for all."""
    for phase, node in root.under("phases"):
        shared = dict(node.under(EACH))
        usual = shared.pop("ladders", None)
        named = Node(phase, node.named, node.named)
        for name, own in node.under("states"):
            parts = {**shared, **dict(own.items())}
            if usual and not own.get("final"):  # nobody is reminded of anything there
                parts["ladders"] = usual.saying(
                    {**dict(usual.items()), **dict(own.under("ladders"))}
                )
            yield name, named, own.saying(parts)


def written_phases(scope: Scope) -> Node:
    phases = {
        name: scope.words.say(node, "phases", name) for name, node in scope.root.under("phases")
    }
    return scope.part("phases").saying(phases)


def written_states(scope: Scope, asked: Requirements) -> Node:
    """Every state in full; a name that two phases use is complained of."""
    states: dict[str, Node] = {}
    for name, phase, node in each_state(scope.root):
        if name in states:
            line = states[name].named.line
            problem = f"the state {name} already stands in line {line}: keep one of the two"
            scope.problems.append(f"{node.named}: {problem}")
        states[name] = _state(name, phase, node, scope, asked)
    return scope.part("phases").saying(states)


def _state(name: str, phase: Node, node: Node, scope: Scope, asked: Requirements) -> Node:
    parts = {"title": scope.words.say(node, "states", name, "title"), "phase": phase}
    for key, each in node.items():
        if key in _LISTS:
            parts[key] = each.listed()
        elif key == "entered":
            parts["entry"] = written_effects(each, scope)
        elif key not in _ELSEWHERE:
            parts[key] = each
    ladders = written_ladders(node, name, scope, asked)
    if ladders is not None:
        parts["ladders"] = ladders
    return node.saying(parts)
