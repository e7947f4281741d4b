"""A part of a definition file that knows its way: the file, the path, and the places on it."""

from dataclasses import dataclass

from engine.places import Place
from workflows.yaml.located import Located, Path, Plain


@dataclass(frozen=True, slots=True)
class Spot:
    """Where building has got to in a file."""

    document: Located
    path: Path = ()

    def at(self, *steps: str | int) -> "Spot":
        return Spot(self.document, (*self.path, *steps))

    @property
    def name(self) -> str:
        return str(self.path[-1])

    @property
    def place(self) -> Place:
        """Where the value is written."""
        return self.document.place(self.path)

    @property
    def named(self) -> Place:
        """Where its name is written, for what is declared as ``name: ...``."""
        return self.document.key_place(self.path)

    @property
    def is_written(self) -> bool:
        return self.path in self.document.places


class Part(dict[str, object]):
    """A mapping of a file that knows where it stands, for whoever makes something of it."""

    def __init__(self, content: dict[str, object], spot: Spot) -> None:
        super().__init__(content)
        self.spot = spot


def spotted(document: Located) -> object:
    """What a file says, its mappings knowing where they stand."""
    return _spotted(document, (), document.content)


def _spotted(document: Located, path: Path, content: Plain) -> object:
    if isinstance(content, dict):
        parts = {key: _spotted(document, (*path, key), each) for key, each in content.items()}
        return Part(parts, Spot(document, path))
    if isinstance(content, list):
        return [_spotted(document, (*path, at), each) for at, each in enumerate(content)]
    return content
