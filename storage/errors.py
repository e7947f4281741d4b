"""What can go wrong with the memory of the house, each error with what to do next.

ProjectError
└── StorageError
    ├── NotFoundError         there is no such case, person, letter
    ├── ConflictError         the same key with other contents, or a name that is taken
    ├── StaleDossierError     the case moved on since its dossier was loaded; load it and plan again
    ├── UnavailableError      locked, full, unreachable: nothing was written, try again later
    ├── UnknownOutcomeError   a COMMIT failed: it may have happened; read again by the request's key
    └── SchemaError           the tables are missing, too old or too new, or the settings too weak
"""

from engine.errors import ProjectError
from engine.suggestions import nearest


class StorageError(ProjectError):
    """The database could not do what was asked."""


class NotFoundError(StorageError):
    """Nothing is known under this name or number."""


def unknown(kind: str, word: str, known: list[str], listed: str) -> NotFoundError:
    """No such thing has this name: which one may be meant, or what lists them."""
    near = nearest(word, known)
    meant = f'did you mean "{near}"?' if near else f"pairing {listed} list shows them all"
    return NotFoundError(f"there is no {kind} {word}; {meant}")


class ConflictError(StorageError):
    """Something else is already there."""


class StaleDossierError(StorageError):
    """The case moved on since its dossier was loaded."""


class UnavailableError(StorageError):
    """The database cannot be used now; nothing was written."""


class UnknownOutcomeError(StorageError):
    """A COMMIT gave no answer: what it held may be there or not (P7, P11)."""


class SchemaError(StorageError):
    """The tables or settings of a database are not those this version works with."""
