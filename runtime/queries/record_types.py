"""What a record of a case must contain, by the definition the case is pinned to."""

from engine.decide.after_end import taken
from engine.model.definition import RecordType, Workflow
from engine.model.dossier import CaseId
from engine.suggestions import suggestion
from runtime.wiring import Runtime
from storage.cases import views
from storage.database.transactions import reading
from storage.errors import NotFoundError


def record_type(runtime: Runtime, case_id: CaseId, name: str) -> RecordType:
    """The definition of a record; NotFoundError names the nearest one."""
    known = _workflow_of(runtime, case_id)[0].records
    if name not in known:
        near = suggestion(name, sorted(known))
        raise NotFoundError(f"there is no record {name} in this case: {near}")
    return known[name]


def record_types(runtime: Runtime, case_id: CaseId) -> tuple[RecordType, ...]:
    """The records that come in where a case stands, in the order of the definition."""
    return taken(*_workflow_of(runtime, case_id))


def _workflow_of(runtime: Runtime, case_id: CaseId) -> tuple[Workflow, str]:
    """The definition of a case, and the state it stands in."""
    with reading(runtime.database) as session:
        line = views.case_line(session, case_id)
    return runtime.workflow(line.digest), line.state
