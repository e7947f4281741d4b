"""The overviews of the weeks to come, which stand beside the letters of cases (N-22)."""

from datetime import datetime

from engine.model.dossier import PersonId
from runtime.overview_times import foretold
from runtime.queries.future import ForetoldOverview
from runtime.wiring import Runtime
from storage.database.transactions import reading


def overviews_until(runtime: Runtime, until: datetime) -> list[tuple[ForetoldOverview, PersonId]]:
    """Each overview until a moment with its reader, in the order in which they go."""
    with reading(runtime.database) as session:
        found = [
            (ForetoldOverview(each.goes_at, each.person.name), each.person.id)
            for each in foretold(session, runtime, runtime.clock(), until)
        ]
    return sorted(found, key=lambda both: (both[0].at, both[0].to))
