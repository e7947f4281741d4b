"""Requirements declared once and named by steps, watches and ladders."""

from typing import NamedTuple

from workflows.language.checks import written_check
from workflows.language.nodes import Node
from workflows.language.records import each_record
from workflows.language.scope import Scope

_RECORD = "record"
_BESIDE = ("owner", "weight", "flag", "rule")  # what stands beside a check and is none of it
_OF_A_STEP = ("waiver", "no_waiver", "warns", "flag")


class _Asked(NamedTuple):
    """A requirement in full, and its check alone."""

    whole: dict[str, Node]
    check: Node


class Requirements:
    """Every requirement of a definition by the name it is asked for under."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._records = dict(each_record(scope.root))
        self._declared = dict(scope.root.under("requirements"))
        self._made: dict[str, _Asked] = {}
        self._by_steps: set[str] = set()

    def asked_by_step(self, reference: Node) -> Node | None:
        """What a step asks for under this name; nothing, and a problem, when there is no such."""
        self._by_steps.add(reference.text)
        asked = self._of(reference)
        return asked and asked.check.saying(asked.whole)

    def asked_by_watch(self, reference: Node) -> dict[str, Node]:
        """The same without what only a step has: who may set it aside."""
        asked = self._of(reference)
        parts = asked.whole if asked else {}
        return {key: each for key, each in parts.items() if key not in _OF_A_STEP}

    def check_of(self, reference: Node) -> Node | None:
        """The check alone, for a ladder that runs until it is met."""
        if reference.text.partition(".")[0] == _RECORD:
            return _present(reference)
        asked = self._of(reference)
        return asked and asked.check

    def report_unread(self) -> None:
        """Complain of what is declared and nothing reads."""
        for name, node in self._records.items():
            weight = node.get("weight")
            if weight and f"{_RECORD}.{name}" not in self._by_steps:
                problem = f"no step asks for {_RECORD}.{name}, so nothing reads weight: remove it"
                self._scope.problems.append(f"{weight.named}: {problem}")
        for name, node in self._declared.items():
            if name not in self._made:
                problem = f"nothing asks for {name}: name it in a step or a watch, or remove it"
                self._scope.problems.append(f"{node.named}: {problem}")
            elif name not in self._by_steps:
                for key in ("weight", "flag"):
                    if unread := node.get(key):
                        problem = f"no step asks for {name}, so nothing reads {key}: remove it"
                        self._scope.problems.append(f"{unread.named}: {problem}")

    def _of(self, reference: Node) -> _Asked | None:
        name = reference.text
        if name not in self._made:
            made = self._made_of(reference)
            if made is None:
                return None
            self._made[name] = made
        return self._made[name]

    def _made_of(self, reference: Node) -> _Asked | None:
        name = reference.text
        if name in self._declared:
            node = self._declared[name]
            check = {key: each for key, each in node.items() if key not in _BESIDE}
            written = node.saying(written_check(node.saying(check)))
            return self._whole(reference.saying(name), node, written, ("requirements", name))
        start, _, record = name.partition(".")
        if start == _RECORD and record in self._records:
            node = self._records[record]
            title = reference.saying(f"{record}_filed")
            return self._whole(title, node, _present(reference), ("records", record))
        known = [*self._declared, *(f"{_RECORD}.{each}" for each in self._records)]
        self._scope.unknown(reference, "requirement", known)
        return None

    def _whole(self, name: Node, node: Node, check: Node, words: tuple[str, str]) -> _Asked:
        say = self._scope.words.say
        parts = {"name": name, **dict(check.items()), "says": say(node, *words, "says")}
        parts["remedy"] = say(node, *words, "remedy")
        if owner := node.get("owner") or self._who_files(check):
            parts["owner"] = owner
        if flag := node.get("flag"):
            parts["flag"] = flag
        if rule := node.get("rule"):
            parts["rule"] = rule.listed()
        return _Asked({**parts, **self._weighed(node, words)}, check)

    def _weighed(self, node: Node, words: tuple[str, str]) -> dict[str, Node]:
        """Who may set it aside, or why nobody may, or that it only warns."""
        named = node.get("weight") or self._scope.default("weight")
        weight = self._scope.weight(named) if named else None
        if weight is None:
            return {}
        parts = {key: each for key, each in weight.items() if key == "warns"}
        waived_by = weight.get("waived_by")
        if waived_by is not None and waived_by.several():
            parts["waiver"] = waived_by.listed()
        elif waived_by is not None:
            parts["no_waiver"] = self._scope.words.say(node, *words, "why_never")
        return parts

    def _who_files(self, check: Node) -> Node | None:
        """Whoever files the record that is missing, the first of those who may."""
        named, path = check.get("record"), check.get("of")
        steps = path.text.split(".") if path else []
        record = named.text if named else steps[1] if steps[:1] == [_RECORD] and steps[1:] else ""
        by = self._records[record].get("by") if record in self._records else None
        return by.several()[0] if by else None


def _present(reference: Node) -> Node:
    return reference.saying({"check": reference.saying("present"), "of": reference})
