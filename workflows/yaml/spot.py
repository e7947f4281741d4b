"""A part of a definition file that knows its way: the file, the path, and the places on it."""

from dataclasses import dataclass

from engine.places import Place
from workflows.yaml.located import Located, Path


@dataclass(frozen=True, slots=True)
class Spot:
    """Where building has got to in a file."""

    document: Located
    path: Path = ()

    def at(self, *steps: str | int) -> "Spot":
        return Spot(self.document, (*self.path, *steps))

    @property
    def place(self) -> Place:
        """Where the value is written."""
        return self.document.place(self.path)

    @property
    def named(self) -> Place:
        """Where its name is written, for what is declared as ``name: ...``."""
        return self.document.key_place(self.path)
