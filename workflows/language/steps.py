"""Steps, alone or in groups, and watches: from the language to the full form."""

from collections.abc import Iterator
from typing import NamedTuple

from workflows.language.effects import written_effects
from workflows.language.nodes import Node
from workflows.language.requirements import Requirements
from workflows.language.scope import Scope
from workflows.language.spelling import EACH
from workflows.language.states import each_state

_LISTS = ("rule", "by")
_JOINED = ("requires", "then")  # what a group says comes before what a step says itself


class _Step(NamedTuple):
    trigger: str
    node: Node
    state: Node | None  # that it stands in, and so leaves


def written_steps(scope: Scope, asked: Requirements) -> Node:
    """Every step in full: those that stand in a state first, then those that stand alone."""
    steps = [_step(each, scope, asked) for each in (*_in_states(scope.root), *_alone(scope.root))]
    return scope.part("steps").saying(tuple(steps))


def written_watches(scope: Scope, asked: Requirements) -> Node:
    watches = [_watch(name, node, scope, asked) for name, node in scope.root.under("watches")]
    return scope.part("watches").saying(tuple(watches))


def _in_states(root: Node) -> Iterator[_Step]:
    for name, _phase, state in each_state(root):
        leaves = Node(name, state.named, state.named)
        for trigger, node in state.under("steps"):
            for way in node.several():
                yield _Step(trigger, way, leaves)


def _alone(root: Node) -> Iterator[_Step]:
    for name, node in root.under("steps"):
        shared = node.get(EACH)
        members = [(name, node)] if shared is None else _members(node)
        for trigger, step in members:
            for way in step.several():
                yield _Step(trigger, _joined(shared, way) if shared else way, None)


def _members(group: Node) -> list[tuple[str, Node]]:
    return [(name, node) for name, node in group.items() if name != EACH]


def _joined(shared: Node, own: Node) -> Node:
    parts = {**dict(shared.items()), **dict(own.items())}
    for key in _JOINED:
        both = [node.get(key) for node in (shared, own)]
        found = [each for each in both if each]
        if found:
            parts[key] = found[-1].saying(tuple(item for each in found for item in each.several()))
    return own.saying(parts)


def _step(step: _Step, scope: Scope, asked: Requirements) -> Node:
    node = step.node
    parts = {"trigger": Node(step.trigger, node.named, node.named), "title": _title(step, scope)}
    by = node.get("by") or scope.default("by")
    if by:
        parts["by"] = by
    sources = _sources(step, scope)
    if sources:
        parts["from"] = sources
    parts |= {key: node_ for key, node_ in node.items() if key in ("to", "rule")}
    parts |= {key: each.listed() for key, each in parts.items() if key in _LISTS}
    if requires := node.get("requires"):
        found = (asked.asked_by_step(each) for each in requires.several())
        parts["requires"] = requires.saying(tuple(each for each in found if each))
    if then := node.get("then"):
        parts["effects"] = written_effects(then, scope)
    return node.saying(parts)


def _title(step: _Step, scope: Scope) -> Node:
    """The words of a step; where states have steps of one name, those of the state."""
    if step.state:
        own = scope.words.may_say("steps", f"{step.state.text}.{step.trigger}")
        if own:
            return own
    return scope.words.say(step.node, "steps", step.trigger)


def _sources(step: _Step, scope: Scope) -> Node | None:
    sources = step.node.get("from")
    if sources is None or step.state is None:
        return sources or step.state
    if step.state.value not in [each.value for each in sources.several()]:
        scope.complain(sources, f"the step stands in {step.state.text}: name it here as well")
    return sources


def _watch(name: str, node: Node, scope: Scope, asked: Requirements) -> Node:
    parts = asked.asked_by_watch(Node(name, node.named, node.named))
    lists = ("filed", "left")
    parts |= {key: each.listed() if key in lists else each for key, each in node.items()}
    flag = node.get("flag")
    declared = scope.part("flags").get(flag.text) if flag else None
    severity = declared.get("severity") if declared else None
    if severity and "severity" not in parts:
        parts["severity"] = severity
    return node.saying(parts)
