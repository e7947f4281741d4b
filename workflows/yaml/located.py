"""A definition file as plain values that still know where each of them was written.

DefinitionError
└── DefinitionSyntaxError   the file cannot be read as strict YAML
"""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.errors import DefinitionError
from engine.places import Place

Scalar = str | int | float | bool | None
Plain = Scalar | dict[str, "Plain"] | list["Plain"]
Path = tuple[str | int, ...]


class DefinitionSyntaxError(DefinitionError):
    """A file that is not strict YAML; the message is `file:line:column: problem: remedy`."""


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """What a file says (`content`) and where it says it.

    `content` is made of dict, list, str, int, float, bool and None only, ready for pydantic.
    A path names a part of it: `("states", "first_visit", "window")` or `("transitions", 0)`.
    """

    file: str
    content: Plain
    places: Mapping[Path, Place]
    keys: Mapping[Path, Place]

    def place(self, path: Path) -> Place:
        """Where the value at this path begins, or its nearest ancestor that was written."""
        return self.places[self.nearest(path)]

    def key_place(self, path: Path) -> Place:
        """Where the key of this path is written, or that of its nearest ancestor."""
        found = self.nearest(path)
        return self.keys.get(found, self.places[found])

    def nearest(self, path: Path) -> Path:
        """The longest beginning of this path that the file holds."""
        while path and path not in self.places:
            path = path[:-1]
        return path


def complaint(document: Located, path: Path, message: str) -> DefinitionError:
    """Build the error that says what is wrong with the value at this path, and where."""
    return DefinitionError(f"{document.place(path)}: {message}")


def syntax_refusal(place: Place, problem: str) -> DefinitionSyntaxError:
    """Build the error for a place of a file that cannot be read at all."""
    return DefinitionSyntaxError(f"{place}: {problem}")
