"""Good definitions broken in one place each: every kind of mistake, wherever it can be made."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from workflows.yaml.reading import Path, Plain

# What stands below these keys may be any single value.
_ANY_VALUE = frozenset({"facts", "where", "without", "unless", "one_of", "not_in", "value"})
# The keys of these mappings are names that the definition chooses.
_NAMING = "anchors phases records flags states notices ladders fields rows letters stages office"
_NAMED = frozenset(_NAMING.split())
# Leaving out any other key is a mistake.
_MAY_BE_LEFT_OUT = """
source sides office root runs files start months check_in_workflow flag_workflow
sends_at facts anchors phases records flags
watches notices
rule readers fields effects signatories contact after_end signed optional at_least at_most past
not_before hidden_from phase
acts ladders calendar while_unmet after_downtime severity above every window opens ends actual
holds_place meets entry when under_parent waiver no_waiver where warns flag requires pauses final
closed limit one_of not_in without filed left means minutes
"""
_OPTIONAL = frozenset(_MAY_BE_LEFT_OUT.split())
_SPANS = frozenset({"at", "opens", "target", "ends", "limit", "every"})
_BAD_SPANS = ("P3", "3M", "P1.5M", "PT5H", "-P5D", "T0 + 3M", "T0 * P3M", "P200Y", "P0M", "T0 +")
_BARE = 7  # what stands where a list or a mapping is asked for


class _Gone:
    """Stands for a value that is left out."""


GONE = _Gone()


@dataclass(frozen=True, slots=True)
class Mutant:
    """A definition with one mistake; `path` leads to it, or to the mapping that misses a key."""

    kind: str
    path: Path
    content: Plain

    @property
    def text(self) -> str:
        """The definition as text, one value a line."""
        return json.dumps(self.content, indent=1)


def mutants(content: Plain) -> Iterator[Mutant]:
    """Every way to break a good definition once."""
    numbers = count()
    for path, value in _nodes(content, ()):
        for kind, at, put in _mistakes(path, value, next(numbers)):
            if not at:
                continue  # a file that says a single value is the reader's to refuse
            shown = at[:-1] if put is GONE else at
            yield Mutant(kind, shown, _with(content, at, put))


def _nodes(value: Plain, path: Path) -> Iterator[tuple[Path, Plain]]:
    yield path, value
    inner = value.items() if isinstance(value, dict) else ()
    listed = enumerate(value) if isinstance(value, list) else ()
    for step, each in (*inner, *listed):
        yield from _nodes(each, (*path, step))


def _with(value: Plain, path: Path, put: Plain | _Gone) -> Plain:
    """The same value with another one at the path, under a new key if need be."""
    if not path:
        return value if isinstance(put, _Gone) else put
    step, rest = path[0], path[1:]
    if isinstance(value, list):
        return [_with(each, rest, put) if at == step else each for at, each in enumerate(value)]
    mapping = dict(value) if isinstance(value, dict) else {}
    key = str(step)
    if rest or not isinstance(put, _Gone):
        return {**mapping, key: _with(mapping.get(key), rest, put)}
    return {name: each for name, each in mapping.items() if name != key}


Mistake = tuple[str, Path, Plain | _Gone]


def _mistakes(path: Path, value: Plain, number: int) -> Iterator[Mistake]:
    free = bool(_ANY_VALUE & set(path))
    yield "a list in a list", path, [[]]
    if not free:
        yield from _wrong_types(path, value)
        yield from _missing_keys(path, value)
    if path and path[-1] in _SPANS and isinstance(value, str):
        for each in range(number, number + 3):
            yield "a bad span", path, _BAD_SPANS[each % len(_BAD_SPANS)]


def _wrong_types(path: Path, value: Plain) -> Iterator[Mistake]:
    match value:
        case bool() | int() | float():
            yield "a value in quotes", path, str(value).lower()
        case str():
            yield "a number for a text", path, 12
            yield "an empty text", path, ""
        case dict():
            yield "a number for a mapping", path, _BARE
            yield "an unknown key", (*path, "xyzzy"), 3
        case [first, *others] if _are_names(path, [first, *others]):
            yield "a name twice", path, [*value, first]
        case _:
            yield "a number for a list", path, _BARE
    yield "nothing", path, None


def _are_names(path: Path, listed: list[Plain]) -> bool:
    return all(isinstance(each, str) for each in listed) and path[-1:] != ("later_of",)


def _missing_keys(path: Path, value: Plain) -> Iterator[Mistake]:
    if not isinstance(value, dict):
        return
    named = bool(path) and path[-1] in _NAMED
    for key, each in value.items():
        # The first letter of the new key is Cyrillic, and looks like a Latin a.
        yield "a name that looks alike", (*path, f"\u0430{key}"), each
        beside_ladders = key in {"title", "name"} and "ladders" in path
        has_default = key in _OPTIONAL or beside_ladders
        if not named and not has_default:
            yield "a key left out", (*path, key), GONE
