"""What a record of a case must contain, by the definition the case is pinned to."""

from engine.checks.among import offered
from engine.dates.view import View
from engine.decide.after_end import taken
from engine.model.definition import RecordType, Workflow
from engine.model.dossier import CaseId
from engine.suggestions import suggestion
from runtime.families import dossier_of
from runtime.wiring import Runtime
from storage.cases import views
from storage.database.transactions import reading
from storage.errors import NotFoundError


def record_type(runtime: Runtime, case_id: CaseId, name: str) -> RecordType:
    """A record with the words that its fields take now; NotFoundError names the nearest one."""
    with reading(runtime.database) as session:
        dossier = dossier_of(runtime, session, case_id)
    workflow = runtime.workflow(dossier.digest)
    known = workflow.records
    if name not in known:
        near = suggestion(name, sorted(known))
        raise NotFoundError(f"there is no record {name} in this case: {near}")
    return offered(known[name], View(workflow, dossier, runtime.clock()))


def record_types(runtime: Runtime, case_id: CaseId) -> tuple[RecordType, ...]:
    """The records that come in where a case stands, in the order of the definition."""
    return taken(*_workflow_of(runtime, case_id))


def _workflow_of(runtime: Runtime, case_id: CaseId) -> tuple[Workflow, str]:
    """The definition of a case, and the state it stands in."""
    with reading(runtime.database) as session:
        line = views.case_line(session, case_id)
    return runtime.workflow(line.digest), line.state
