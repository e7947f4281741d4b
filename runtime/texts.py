"""Where the texts of a programme's letters are: in `words/` of the folder with its definitions."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from engine.letters.catalogue import Catalogue
from notifications.render import Templates

_NONE: Mapping[str, str] = MappingProxyType({})


def texts_of(folder: Path, letters: Catalogue, kept: Mapping[str, str] = _NONE) -> Templates:
    """The texts of the programme in this folder, compiled at first use.

    ``kept`` are earlier ones: each stands in for a text that is gone or does not fit the letters.
    """
    return Templates(letters, folder / "words", kept)
