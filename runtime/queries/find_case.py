"""Finding a case by what people call it: its reference or its number."""

from engine.model.dossier import CaseId
from runtime.wiring import Runtime
from storage.cases import cases
from storage.database.transactions import reading
from storage.errors import NotFoundError

_LONGEST_NUMBER = 18  # digits: more than any database counts


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
