"""The files of a programme as they stand on disk, each read whole; errors name the file."""

from pathlib import Path

from engine.errors import DefinitionError
from workflows.yaml.located import Located
from workflows.yaml.reading import read

_LARGEST = 10_000_000  # more than any file may hold; the reader says how much that is


def located(path: Path) -> Located:
    """What a file says, every part with its place."""
    return read(content_of(path), str(path))


def content_of(path: Path) -> bytes:
    """The bytes of a file; DefinitionError says why they cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(_LARGEST)
    except OSError as error:
        reason = str(error.strerror).lower()
        raise DefinitionError(
            f"{path}:1:1: the file cannot be read ({reason}): check its permissions"
        ) from error
