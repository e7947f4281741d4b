"""Finding a case by what people call it: its reference or its number."""

from engine.model.dossier import CaseId
from runtime.wiring import Runtime
from storage.cases import cases, views
from storage.cases.views import Shown
from storage.database.transactions import reading
from storage.errors import NotFoundError

_LONGEST_NUMBER = 18  # digits: more than any database counts


class NoCheckInError(NotFoundError):
    """A pair has no check-in to record or skip."""


def open_child(runtime: Runtime, case_id: CaseId, workflow: str) -> tuple[str, CaseId] | None:
    """The open child of a workflow by reference and number, the oldest where there are several."""
    with reading(runtime.database) as session:
        found = views.overview(session, Shown(workflow, case_id, limit=1))
    return (found[0].reference, found[0].id) if found else None


def find_case(runtime: Runtime, word: str, workflow: str | None = None) -> CaseId:
    """The case with this reference or number; NotFoundError when there is none of the workflow."""
    with reading(runtime.database) as session:
        try:
            case_id = cases.find(session, word)
        except NotFoundError:
            if not (word.isascii() and word.isdigit() and len(word) <= _LONGEST_NUMBER):
                raise
            case_id = CaseId(int(word))
        row = cases.head(session, case_id)
    if workflow is not None and row.workflow != workflow:
        raise NotFoundError(f"{row.reference} is a case of {row.workflow}, not of {workflow}")
    return case_id
