"""Where the texts of a programme's letters are: beside its definitions, or with this package."""

from pathlib import Path

from engine.letters.catalogue import Catalogue
from notifications.render import Templates

_BESIDE = "templates"


def texts_of(folder: Path, letters: Catalogue) -> Templates:
    """The texts in `templates/` of the programme's own folder, else those that come along."""
    own = folder / _BESIDE
    return Templates(letters, own) if own.is_dir() else Templates(letters)
