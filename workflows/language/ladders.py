"""Ladders and their rungs, from the language to the full form."""

from collections.abc import Iterator

from engine.suggestions import suggestion
from workflows.language.checks import written_check
from workflows.language.nodes import Node
from workflows.language.requirements import Requirements
from workflows.language.scope import Scope
from workflows.language.spelling import day_of

WAITING = "waiting"
_FIRST = "ask"  # the rung whose stage may have the name of its part alone: `N-07.poll`
_AS_WRITTEN = ("calendar", "after_downtime")
_OF_A_RUNG = ("at", "fire", "every", "above")


def written_ladders(state: Node, name: str, scope: Scope, asked: Requirements) -> Node | None:
    """The ladders of a state; the one that waits for its end comes last."""
    made = {each: _ladder(node, scope, asked) for each, node in state.under("ladders")}
    waiting = state.get(WAITING)
    if waiting is not None:
        if WAITING in made:
            scope.complain(waiting, "the ladder waiting is written twice: keep one of the two")
        made[WAITING] = _waiting(waiting, state, scope)
    for each, node in made.items():
        title = scope.words.say(node, "states", name, "ladders", each)
        made[each] = node.saying({"title": title, **dict(node.items())})
    return (state.get("ladders") or state).saying(made) if made else None


def _ladder(node: Node, scope: Scope, asked: Requirements) -> Node:
    parts = {key: each for key, each in node.items() if key in _AS_WRITTEN}
    if rule := node.get("rule"):
        parts["rule"] = rule.listed()
    if until := node.get("until"):
        written = isinstance(until.value, str)
        check = asked.check_of(until) if written else until.saying(written_check(until))
        if check:
            parts["while_unmet"] = check
    if rungs := node.get("rungs"):
        parts["rungs"] = _rungs(rungs, node.get("letter"), scope)
    return node.saying(parts)


def _waiting(node: Node, state: Node, scope: Scope) -> Node:
    """What runs while a state lasts, for the reason of the state and of all waiting."""
    parts = {"rungs": _rungs(node, None, scope)}
    rule, always = state.get("rule"), scope.default(WAITING)
    reasons = (*(rule.several()[:1] if rule else ()), *(always.several() if always else ()))
    if reasons:
        parts["rule"] = reasons[0].saying(reasons)
    return node.saying(parts)


def _rungs(node: Node, letter: Node | None, scope: Scope) -> Node:
    return node.saying(tuple(_rung(name, each, letter, scope) for name, each in node.items()))


def _rung(name: str, node: Node, letter: Node | None, scope: Scope) -> Node:
    written = node if isinstance(node.value, dict) else node.saying(_day(node))
    named = Node(name, node.named, node.named)
    parts = {"name": named}
    parts |= {key: each for key, each in written.items() if key in _OF_A_RUNG}
    parts |= _flag(written, scope)
    parts |= _told(written.get("like") or named, written, letter, scope)
    return written.saying(parts)


def _day(node: Node) -> dict[str, Node]:
    day, every = day_of(node.text)
    return {"at": node.saying(day), **({"every": node.saying(every)} if every else {})}


def _flag(node: Node, scope: Scope) -> dict[str, Node]:
    """The flag of a rung, as grave as the flag itself where nothing else is said."""
    flag, severity = node.get("flag"), node.get("severity")
    if flag and not severity:
        declared = scope.part("flags").get(flag.text)
        severity = declared.get("severity") if declared else None
    named = {"flag": flag, "severity": severity}
    return {key: each for key, each in named.items() if each}


def _told(name: Node, node: Node, letter: Node | None, scope: Scope) -> dict[str, Node]:
    """The letter of a rung and its readers: its own, else its ladder's stage, else the usual."""
    parts = {key: each for key, each in node.items() if key in ("letter", "to")}
    if "letter" not in parts:
        stage = next((each for each in _stages(letter, name.text) if each in scope.stages), "")
        if stage:
            parts["letter"] = name.saying(stage)
        elif usual := scope.usual_rung(name.text):
            parts = {**dict(usual.items()), **parts}
        elif letter:
            near = suggestion(name.text, _rungs_of(letter, scope))
            scope.complain(name, f"{letter.text} has no stage {name.text}: {near}")
        elif not (node.get("flag") or node.get("fire")):
            remedy = "write its letter, or what such a rung usually sends under `defaults: rungs:`"
            scope.complain(name, f"the rung {name.text} sends nothing: {remedy}")
    if "to" in parts:
        parts["to"] = parts["to"].listed()
    elif "letter" in parts and (readers := scope.readers_of(parts["letter"])):
        parts["to"] = readers
    return parts


def _stages(letter: Node | None, rung: str) -> Iterator[str]:
    """The stages that a rung may mean: of the part of the letter first, then of the letter."""
    if letter is None:
        return
    name, _, part = letter.text.partition(".")
    if part:
        yield f"{name}.{part}_{rung}"
        if rung == _FIRST:
            yield f"{name}.{part}"
    yield f"{name}.{rung}"


def _rungs_of(letter: Node, scope: Scope) -> list[str]:
    name = letter.text.partition(".")[0]
    return [stage.partition(".")[2] for stage in scope.stages if stage.startswith(f"{name}.")]
