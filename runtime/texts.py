"""Where the texts of a programme's letters are: in `words/` of the folder with its definitions."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from engine.letters.catalogue import Catalogue
from engine.letters.spoken import Spoken
from notifications.render import Templates

_UNSPOKEN: Mapping[str, Spoken] = MappingProxyType({})
_NONE: Mapping[str, str] = MappingProxyType({})


def texts_of(
    folder: Path,
    letters: Catalogue,
    kept: Mapping[str, str] = _NONE,
    spoken: Mapping[str, Spoken] = _UNSPOKEN,
) -> Templates:
    """The texts of the programme in this folder, compiled at first use.

    ``kept`` are earlier ones: each stands in for a text that is gone or does not fit the letters.
    ``spoken`` is what the programme says in its further languages, as the folder stands.
    """
    return Templates(letters, folder / "words", kept, spoken)
