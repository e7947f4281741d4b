"""Who takes part in a case, by the key people are called by."""

from engine.model.dossier import CaseId
from runtime.families import dossier_of
from runtime.wiring import Runtime
from storage.database.transactions import reading


def name_of(runtime: Runtime, case_id: CaseId, key: str) -> str:
    """The name of somebody who plays a role in a case; of nobody there the word that was given."""
    with reading(runtime.database) as session:
        people = dossier_of(runtime, session, case_id).everybody()
    return next((person.name for person in people if person.key == key), key)
