"""What was measured at several times in a case, side by side."""

from dataclasses import dataclass

from engine.errors import quoted
from engine.model.comparison import Compared, compared
from engine.model.dossier import CaseId
from engine.suggestions import suggestion
from runtime.families import dossier_of
from runtime.wiring import Runtime
from storage.database.transactions import reading
from storage.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class Comparing:
    """A comparison: the titles of its records, the first measurement first, and its rows."""

    name: str
    title: str
    times: tuple[str, ...]
    rows: tuple[Compared, ...]


def comparisons(
    runtime: Runtime, case_id: CaseId, name: str | None = None
) -> tuple[Comparing, ...]:
    """Every comparison of a case, or one of them; NotFoundError names the nearest."""
    with reading(runtime.database) as session:
        dossier = dossier_of(runtime, session, case_id)
    workflow = runtime.workflow(dossier.digest)
    known = workflow.comparisons
    if name is not None and name not in known:
        near = suggestion(name, sorted(known)) if known else "none is declared"
        raise NotFoundError(f"nothing called {quoted(name)} is compared in this case: {near}")
    found = []
    for each in known.values() if name is None else (known[name],):
        latest = [dossier.latest(record) for record in each.records]
        contents = [None if version is None else version.content for version in latest]
        times = tuple(workflow.records[record].title for record in each.records)
        found.append(Comparing(each.name, each.title, times, compared(each, contents)))
    return tuple(found)
