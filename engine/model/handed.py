"""A role that changes hands."""

from dataclasses import dataclass
from datetime import date

from engine.model.dossier import PersonId


@dataclass(frozen=True, slots=True)
class Handed:
    """Who gave a role of a case to somebody else, and from which day on."""

    person: PersonId
    name: str
    on: date
