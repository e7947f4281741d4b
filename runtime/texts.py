"""Where the texts of a programme's letters are: in `words/` of the folder with its definitions."""

from pathlib import Path

from engine.letters.catalogue import Catalogue
from notifications.render import Templates


def texts_of(folder: Path, letters: Catalogue) -> Templates:
    """The texts of the programme in this folder, compiled at first use."""
    return Templates(letters, folder / "words")
