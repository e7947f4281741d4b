"""Whether a record may be filed at all, asked before anybody has said all of it."""

from engine.decide.after_end import come_too_late
from engine.decide.unmet import owned
from engine.model.dossier import EMPTY, CaseId
from engine.model.outcomes import Amended, Filed, Refusal
from runtime.families import Families
from runtime.wiring import Runtime
from storage.database.transactions import reading


def refused_to(runtime: Runtime, case_id: CaseId, event: Amended) -> Refusal | None:
    """Why it is not its person's to file, or comes in no more; nothing where it is taken."""
    with reading(runtime.database) as session:
        families = Families(session, runtime, runtime.clock())
        family = families.look(case_id)
        asked = families.entitled(family, event, case_id)
    if isinstance(asked, Refusal):
        return asked
    workflow, dossier = family.workflow(case_id), family.whole(case_id)
    filed = Filed(event.record, EMPTY, event.by)
    late = owned(come_too_late(workflow, dossier, filed, event.record), workflow.runs)
    return Refusal(case_id, dossier.state, event.record, late) if late else None
