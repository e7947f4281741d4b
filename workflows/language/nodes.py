"""A definition as a tree whose every part knows where it was written, to take apart and join."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.places import Place
from workflows.yaml.located import Located, Path, Plain, Scalar

Value = Scalar | Mapping[str, "Node"] | tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A value, where it begins and, where it has one, where its name is written."""

    value: Value
    place: Place
    named: Place

    def get(self, key: str) -> "Node | None":
        """What stands under a key, if this is a mapping that has it."""
        return self.value.get(key) if isinstance(self.value, Mapping) else None

    def items(self) -> Iterator[tuple[str, "Node"]]:
        if isinstance(self.value, Mapping):
            yield from self.value.items()

    def under(self, key: str) -> Iterator[tuple[str, "Node"]]:
        """The items of a mapping under a key; none where nothing is written."""
        found = self.get(key)
        yield from found.items() if found else ()

    def several(self) -> tuple["Node", ...]:
        """The items of a list; a single value is a list of one."""
        return self.value if isinstance(self.value, tuple) else (self,)

    def listed(self) -> "Node":
        return Node(self.several(), self.place, self.named)

    @property
    def text(self) -> str:
        return str(self.value)

    def saying(self, value: Value) -> "Node":
        """Another value, said by what stands here."""
        return Node(value, self.place, self.named)


@lru_cache(maxsize=32)
def tree_of(document: Located) -> Node:
    """The whole of a file that has been read; several look at it one after the other."""
    return _node(document, (), document.content)


def written_out(root: Node, file: str) -> Located:
    """A tree as plain values that know their places."""
    places: dict[Path, Place] = {}
    keys: dict[Path, Place] = {}
    return Located(file, _plain(root, (), places, keys), places, keys)


def _node(document: Located, path: Path, content: Plain) -> Node:
    value: Value
    if isinstance(content, dict):
        value = {key: _node(document, (*path, key), each) for key, each in content.items()}
    elif isinstance(content, list):
        value = tuple(_node(document, (*path, at), each) for at, each in enumerate(content))
    else:
        value = content
    place = document.places[path]
    return Node(value, place, document.keys.get(path, place))


def _plain(node: Node, path: Path, places: dict[Path, Place], keys: dict[Path, Place]) -> Plain:
    places[path] = node.place
    keys[path] = node.named
    value = node.value
    if isinstance(value, Mapping):
        return {key: _plain(each, (*path, key), places, keys) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each, (*path, at), places, keys) for at, each in enumerate(value)]
    return value
