"""A role that changes hands."""

from dataclasses import dataclass
from datetime import date

from engine.model.dossier import PersonId

# In the words of a letter that tells of it: who ran the case as its reader knows, and who does now.
WAS, RUNS = "was", "runs"


@dataclass(frozen=True, slots=True)
class Handed:
    """Who gave a role of a case to somebody else, and from which day on."""

    person: PersonId
    name: str
    on: date
