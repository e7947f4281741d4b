"""What a record of a case must contain, by the definition the case is pinned to."""

from engine.model.definition import RecordType
from engine.model.dossier import CaseId
from engine.suggestions import suggestion
from runtime.wiring import Runtime
from storage.cases import cases
from storage.database.transactions import reading
from storage.errors import NotFoundError


def record_type(runtime: Runtime, case_id: CaseId, name: str) -> RecordType:
    """The definition of a record; NotFoundError names the nearest one."""
    kinds = record_types(runtime, case_id)
    known = {each.name: each for each in kinds}
    if name not in known:
        near = suggestion(name, sorted(known))
        raise NotFoundError(f"there is no record {name} in this case: {near}")
    return known[name]


def record_types(runtime: Runtime, case_id: CaseId) -> tuple[RecordType, ...]:
    """Every record of a case, in the order of the definition."""
    with reading(runtime.database) as session:
        row = cases.head(session, case_id)
    return tuple(runtime.workflow(row.digest).records.values())
