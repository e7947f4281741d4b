"""What came in by mail, and what was done with it."""

from engine.model.dossier import CaseId
from engine.suggestions import suggestion
from runtime.queries.case_lines import UnknownWordError
from runtime.wiring import Runtime
from storage.database.transactions import reading
from storage.mail.inbound import FOR_A_PERSON, STATES, InboundLine, lines

__all__ = ["FOR_A_PERSON", "STATES", "InboundLine", "came_in"]


def came_in(
    runtime: Runtime, state: str, root: CaseId | None, limit: int
) -> tuple[InboundLine, ...]:
    """The newest messages that came in: in one state, or of one family, where that is asked."""
    if state and state not in STATES:
        raise UnknownWordError(f"no mail is ever {state}: {suggestion(state, list(STATES))}")
    with reading(runtime.database) as session:
        return lines(session, state, root, limit)
