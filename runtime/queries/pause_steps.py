"""The steps that pause a case and let it go on, as its own definition names them."""

from engine.model.definition import RESUME, Workflow
from engine.model.dossier import CaseId
from runtime.wiring import Runtime
from storage.cases import cases
from storage.database.transactions import reading
from storage.errors import NotFoundError


def pausing_step(runtime: Runtime, case_id: CaseId) -> str:
    """The step into a state that pauses; NotFoundError when cases of this kind know no pause."""
    workflow = _workflow(runtime, case_id)
    pausing = {state.name for state in workflow.states.values() if state.pauses}
    return _first(workflow, pausing, "no step leads into a state that pauses")


def resuming_step(runtime: Runtime, case_id: CaseId) -> str:
    """The step back to the state that was paused; NotFoundError when there is none."""
    return _first(_workflow(runtime, case_id), {RESUME}, "no step leads back from a pause")


def _workflow(runtime: Runtime, case_id: CaseId) -> Workflow:
    with reading(runtime.database) as session:
        return runtime.workflow(cases.head(session, case_id).digest)


def _first(workflow: Workflow, targets: set[str], lack: str) -> str:
    for step in workflow.transitions:
        if step.target in targets:
            return step.trigger
    raise NotFoundError(f"{workflow.name} knows no pause: in {workflow.name}.yaml {lack}")
