"""A text of a letter written out from its parsed form: compiling it would cost more than it saves.

The few parts a text may hold mean here what they mean in Jinja; `notifications/sandbox.py` refuses
every other.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import Protocol, cast

from jinja2 import nodes
from jinja2.runtime import LoopContext

_Compare = Callable[[object, object], object]
# What is compared may be of any kind: where it cannot be, Python says so.
_COMPARE: Mapping[str, _Compare] = {
    "eq": eq,
    "ne": ne,
    "gt": cast("_Compare", gt),
    "gteq": cast("_Compare", ge),
    "lt": cast("_Compare", lt),
    "lteq": cast("_Compare", le),
    "in": lambda value, among: value in cast("list[object]", among),
    "notin": lambda value, among: value not in cast("list[object]", among),
}

Values = Mapping[str, object]


class Around(Protocol):
    """What a text may call on: filters, parts of values, and what stands for nothing."""

    def filtered(self, name: str, value: object, values: Values, /) -> object: ...
    def part(self, value: object, name: str, /) -> object: ...
    def nothing(self, name: str | None, /) -> object: ...
    def printed(self, value: object, /) -> str: ...
    def looped(self, value: object, /) -> LoopContext: ...


@dataclass(frozen=True, slots=True)
class Written:
    """A parsed text, to be written with the values of its names."""

    body: list[nodes.Node]
    around: Around

    def generate(self, values: Values, /) -> Iterator[str]:
        return self._all(self.body, values)

    def _all(self, body: list[nodes.Node], values: Values) -> Iterator[str]:
        for node in body:
            match node:
                case nodes.Output():
                    yield from (self._said(each, values) for each in node.nodes)
                case nodes.If():
                    yield from self._all(self._branch(node, values), values)
                case nodes.For():
                    yield from self._loop(node, values)
                case _:
                    raise TypeError(f"{type(node).__name__} has no place in a letter")

    def _said(self, node: nodes.Expr, values: Values) -> str:
        if isinstance(node, nodes.TemplateData):
            return node.data
        return self.around.printed(self._value(node, values))

    def _branch(self, node: nodes.If, values: Values) -> list[nodes.Node]:
        for each in (node, *node.elif_):
            if self._value(each.test, values):
                return each.body
        return node.else_

    def _loop(self, node: nodes.For, values: Values) -> Iterator[str]:
        name = cast("nodes.Name", node.target).name
        rows = self._value(node.iter, values)
        if node.test is not None:
            test = node.test
            rows = [
                row
                for row in cast("list[object]", rows)
                if self._value(test, {**values, name: row})
            ]
        has_rows = False
        for row, loop in self.around.looped(rows):
            has_rows = True
            yield from self._all(node.body, {**values, name: row, "loop": loop})
        if not has_rows:
            yield from self._all(node.else_, values)

    def _value(self, node: nodes.Node, values: Values) -> object:
        match node:
            case nodes.Name(name=name):
                return values[name] if name in values else self.around.nothing(name)
            case nodes.Const(value=value):
                return value
            case nodes.Filter():
                value = self._value(cast("nodes.Node", node.node), values)
                return self.around.filtered(node.name, value, values)
            case nodes.Getattr():
                return self.around.part(self._value(node.node, values), node.attr)
            case nodes.CondExpr():
                return self._chosen(node, values)
            case _:
                return self._claim(node, values)

    def _chosen(self, node: nodes.CondExpr, values: Values) -> object:
        if self._value(node.test, values):
            return self._value(node.expr1, values)
        return self.around.nothing(None) if node.expr2 is None else self._value(node.expr2, values)

    def _claim(self, node: nodes.Node, values: Values) -> object:
        match node:
            case nodes.Not():
                return not self._value(node.node, values)
            case nodes.And():
                return self._value(node.left, values) and self._value(node.right, values)
            case nodes.Or():
                return self._value(node.left, values) or self._value(node.right, values)
            case nodes.Compare():
                return self._compared(node, values)
            case _:
                raise TypeError(f"{type(node).__name__} has no place in a letter")

    def _compared(self, node: nodes.Compare, values: Values) -> object:
        left = self._value(node.expr, values)
        for operand in node.ops:
            right = self._value(operand.expr, values)
            if not _COMPARE[operand.op](left, right):
                return False
            left = right
        return True
