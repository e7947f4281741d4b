"""What a text of a letter may hold, and what it may do: strict Jinja, everything else locked."""

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Protocol, cast

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import SandboxedEnvironment

from engine.letters.catalogue import LetterError
from notifications.evaluating import Written
from notifications.languages import Language, language_of
from notifications.terms import said
from notifications.wording import FILTERS, Filter, Reader

READER = "_reader"  # templates cannot name it: a leading underscore is refused
# A text that has room writes days with their names and years.
IN_FULL = MappingProxyType({"short": "day", "by_short": "by", "brief": "moment"})
_AS_NAMED: Mapping[str, str] = MappingProxyType({})
_DEEPEST_LOOP = 2
_MOST = 2048  # texts kept as they were parsed: those of several programmes
_LOOP_PARTS = frozenset({"index", "index0", "first", "last", "length"})
# No calls, no arithmetic, no assignments: a letter needs none of them. Beside these it may hold
# names, their parts, filters and loops.
_PLAIN = frozenset(
    {
        *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.If, nodes.CondExpr),
        *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
    }
)


_LINE = re.compile(r"^.*%\}$", re.MULTILINE)
_TAG = re.compile(r"\{%.*?%\}")


class Template(Protocol):
    """A text that can be written with the values of its names."""

    def generate(self, values: Mapping[str, object], /) -> Iterator[str]: ...


@dataclass(frozen=True, slots=True)
class _Plain:
    """A text without any name in it: compiling it would take a third of a millisecond."""

    text: str

    def generate(self, _values: Mapping[str, object], /) -> Iterator[str]:
        yield self.text


class Environment(SandboxedEnvironment):
    """A sandbox that reads parts of items and the count of a loop, and nothing else."""

    def __init__(self, language: str, longer: Mapping[str, str] = _AS_NAMED) -> None:
        super().__init__(
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # plain text: nothing to escape
            optimized=False,  # nothing in a letter could be reckoned before it is written
        )
        self.globals = {}
        self.tests = {}
        self.filters = {name: _filter(FILTERS[longer.get(name, name)]) for name in FILTERS}
        self.filters["length"] = lambda value, _values: len(value)

        self._language = language_of(language)
        self._known: dict[str, tuple[Template, frozenset[str]]] = {}

    def compiled(self, text: str) -> tuple[Template, frozenset[str]]:
        """A text and the names it uses; one that stands in several letters is compiled once."""
        if text not in self._known:
            self._known[text] = self._compiled(text) if "{" in text else (_plain(text), frozenset())
        return self._known[text]

    def _compiled(self, text: str) -> tuple[Template, frozenset[str]]:
        body, names = _parsed(text)
        return Written(body, self), names

    def filtered(self, name: str, value: object, values: Mapping[str, object]) -> object:
        return self.filters[name](value, values)

    def part(self, value: object, name: str) -> object:
        return self.getattr(value, name)

    def nothing(self, name: str | None) -> object:
        return self.undefined(name=name)

    def printed(self, value: object) -> str:
        return _printed(value, self._language)

    def looped(self, value: object) -> LoopContext:
        return LoopContext(value, self.undefined)  # type: ignore[arg-type]  # what is no list raises

    def getattr(self, obj: object, attribute: str) -> object:
        is_count = isinstance(obj, LoopContext) and attribute in _LOOP_PARTS
        return getattr(obj, attribute) if is_count else self.getitem(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        if isinstance(obj, dict) and argument in obj:
            return obj[argument]
        return self.undefined(hint=f"there is no {argument!r} in it")


def _whole(line: re.Match[str]) -> str:
    """A line of words keeps its break behind a tag; one of tags alone leaves nothing."""
    return f"{line[0][:-2]}+%}}" if _TAG.sub("", line[0]).strip() else line[0]


@lru_cache(_MOST)
def _parsed(text: str) -> tuple[list[nodes.Node], frozenset[str]]:
    """A text and the names it uses: parsing it costs more than all that is done with it."""
    environment = _of_any_language()
    tree = environment.parse(_LINE.sub(_whole, text))
    return tree.body, frozenset(_names(tree, environment.filters))


@cache
def _of_any_language() -> Environment:
    return Environment("en")  # all parse alike, and have filters of the same names


def _filter(write: Filter) -> Callable[[object, Mapping[str, object]], str]:
    return lambda value, values: write(_defined(value), cast("Reader", values[READER]))


def _defined(value: object) -> object:
    if isinstance(value, Undefined):
        str(value)  # raises, and names what is missing
    return value


def _printed(value: object, language: Language) -> str:
    """Put a value into the text; only text and numbers have one obvious form."""
    if isinstance(value, str):
        return language.part(said(value))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return language.number(value)
    if _defined(value) is None:
        raise LetterError("an empty fact is printed: ask for it with `if` first")
    raise LetterError(f"a {type(value).__name__} is printed: choose how, as in `| short`")


def _plain(text: str) -> _Plain:
    """The same as Jinja makes of it: its own line ends, the last of them left out."""
    return _Plain(text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n"))


def _names(
    node: nodes.Node, filters: Container[str], bound: frozenset[str] = frozenset(), loops: int = 0
) -> Iterator[str]:
    """Every name that a text takes from outside: all but the things its loops name.

    Raises TemplateSyntaxError for whatever is not on the short list of what letters need.
    """
    if type(node) not in _PLAIN and (problem := _problem(node, filters, loops)):
        raise TemplateSyntaxError(problem, node.lineno)
    match node:
        case nodes.Name(name=name):
            yield from () if name in bound else (name,)
        case nodes.For():
            thing = frozenset(_names(node.target, filters))
            yield from _names(node.iter, filters, bound, loops + 1)
            for child in [*node.body, *([node.test] if node.test is not None else [])]:
                yield from _names(child, filters, bound | thing | {"loop"}, loops + 1)
            for child in node.else_:
                yield from _names(child, filters, bound, loops + 1)
        case _:
            for child in node.iter_child_nodes():
                yield from _names(child, filters, bound, loops)


def _problem(node: nodes.Node, filters: Container[str], loops: int) -> str | None:
    match node:
        case nodes.For() if node.recursive or loops >= _DEEPEST_LOOP:
            return f"loops go at most {_DEEPEST_LOOP} deep"
        case nodes.For() if not isinstance(node.target, nodes.Name):
            return "a loop names one thing at a time"
        case nodes.Name(name=name) | nodes.Getattr(attr=name) if name.startswith("_"):
            return f"{name} is no name for a letter"
        case nodes.Filter():
            return _wrong_filter(node, filters)
        case nodes.For() | nodes.Name() | nodes.Getattr():
            return None
        case _:
            return f"{type(node).__name__.lower()} has no place in a letter"


def _wrong_filter(node: nodes.Filter, filters: Container[str]) -> str | None:
    if node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
        return f"{node.name} takes no arguments"
    return None if node.name in filters else f"No filter named {node.name!r}."
