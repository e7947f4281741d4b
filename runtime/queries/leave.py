"""Whether somebody may do what they are about to say, asked before they have said all of it."""

from engine.model.dossier import CaseId
from engine.model.outcomes import Refusal
from engine.model.putting_right import Cause
from runtime.families import Families
from runtime.wiring import Runtime
from storage.database.transactions import reading


def refused_to(runtime: Runtime, case_id: CaseId, event: Cause) -> Refusal | None:
    """Why the event is not its person's to cause; nothing where it is."""
    with reading(runtime.database) as session:
        families = Families(session, runtime, runtime.clock())
        asked = families.entitled(families.look(case_id), event, case_id)
    return asked if isinstance(asked, Refusal) else None
