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
    return _spotted(document.content, Spot(document))


def _spotted(content: Plain, spot: Spot) -> object:
    if isinstance(content, dict):
        return Part({key: _spotted(each, spot.at(key)) for key, each in content.items()}, spot)
    if isinstance(content, list):
        return [_spotted(each, spot.at(number)) for number, each in enumerate(content)]
    return content
