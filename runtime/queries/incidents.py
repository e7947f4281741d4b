"""Incidents: what failed again and again and waits for a person (P18)."""

from dataclasses import dataclass
from datetime import datetime

from runtime.wiring import Runtime
from storage.database.transactions import reading
from storage.programme import incidents


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """Trouble that lasts: its kind, what it is about, when it was first and last met, how often."""

    number: int
    kind: str
    cause: str
    case: int | None
    what: str
    failures: int
    first_at: datetime
    last_at: datetime


def incident_lines(runtime: Runtime) -> tuple[IncidentLine, ...]:
    """What waits for a person, the oldest first."""
    with reading(runtime.database) as session:
        return tuple(
            IncidentLine(
                each.id,
                each.trouble.kind,
                each.trouble.cause,
                each.trouble.case_id,
                each.trouble.what,
                each.failures,
                each.first_at,
                each.last_at,
            )
            for each in incidents.open_incidents(session)
        )
