"""Who takes part in a case, by the key people are called by."""

from engine.errors import ProjectError, quoted
from engine.model.dossier import CaseId
from runtime.families import dossier_of
from runtime.wiring import Runtime
from storage.database.transactions import reading

_SHOWN = 6


class TakesNoPartError(ProjectError):
    """Somebody plays no role in a case; the message names those who do."""


def name_of(runtime: Runtime, case_id: CaseId, key: str) -> str:
    """The name of somebody who plays a role in a case; TakesNoPartError when they play none."""
    with reading(runtime.database) as session:
        people = dossier_of(runtime, session, case_id).everybody()
    names = {person.key: person.name for person in people}
    if key in names:
        return names[key]
    office = [f"{known} ({name})" for known, name in list(names.items())[:_SHOWN]]
    raise TakesNoPartError(
        f"{quoted(key)} plays no role here: name one of {', '.join(office) or 'nobody yet'}"
    )
