"""What may be said with `--set` when a case begins or takes a step, by the definition in force."""

from engine.checks.spoken import Spoken, of_a_start, of_a_step
from engine.model.dossier import CaseId
from runtime.wiring import Runtime
from storage.cases import views
from storage.database.transactions import reading


def facts_of_a_start(runtime: Runtime) -> tuple[Spoken, ...]:
    """The facts of the cases that people start."""
    programme = runtime.programme
    return of_a_start(programme.workflows[programme.root])


def facts_of_a_step(runtime: Runtime, case_id: CaseId, trigger: str) -> tuple[Spoken, ...] | None:
    """What a step of a case reads; None where its definition has no such step."""
    with reading(runtime.database) as session:
        workflow = runtime.workflow(views.case_line(session, case_id).digest)
    programme = runtime.programme
    sources = [fact.source for fact in programme.letters.facts.values()]
    return of_a_step(programme.workflows, workflow, trigger, sources)
