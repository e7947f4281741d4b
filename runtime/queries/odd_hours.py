"""What is odd about the days that somebody files: nobody works then."""

from engine.checks import odd_hours
from engine.dates.view import View
from engine.model.dossier import CaseId
from engine.model.outcomes import Amended, Filed
from engine.model.putting_right import Cause, Corrected
from runtime.families import dossier_of
from runtime.wiring import Runtime
from storage.cases import views
from storage.database.transactions import reading


def told_of_hours(runtime: Runtime, case_id: CaseId, event: Cause) -> tuple[str, ...]:
    """A sentence for each; nothing where the event files no day."""
    match event:
        case Filed(record, content):
            pass
        case Amended(record, changes) | Corrected(record, changes):
            content = changes.values
        case _:
            return ()
    with reading(runtime.database) as session:
        workflow = runtime.workflow(views.case_line(session, case_id).digest)
        dossier = dossier_of(runtime, session, case_id)
    kind = workflow.records.get(record)
    if kind is None:
        return ()
    parties = [each for side in workflow.sides for each in dossier.parties_of(side)]
    today = View(workflow, dossier, runtime.clock()).today
    return odd_hours.odd_hours(kind.fields, content, parties, today)
