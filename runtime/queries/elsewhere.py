"""In which other open cases the centres of a case stand, where they may be asked for one only."""

from collections.abc import Iterator

from engine.checks.hierarchy import nested, requirements
from engine.checks.programme import OneAtATime, OneQuestion
from engine.model.definition import Workflow
from engine.model.dossier import CaseId
from runtime.wiring import Runtime
from storage.cases import views
from storage.database.transactions import Session, reading


def elsewhere(runtime: Runtime, case_id: CaseId) -> tuple[str, ...]:
    """A sentence for each centre that somebody should know of now, not when the answer comes."""
    with reading(runtime.database) as session:
        line = views.case_line(session, case_id)
        alone = _alone(runtime.workflow(line.digest))
        sides = [each for each in line.sides if each.side in alone]
        return tuple(said for each in sides for said in _said(session, line, each))


def _alone(workflow: Workflow) -> frozenset[str]:
    """The sides whose centre some requirement wants in one case at a time."""
    checks = (check for each in requirements(workflow) for check in nested(each.check))
    return frozenset(c.side for c in checks if isinstance(c, OneAtATime | OneQuestion))


def _said(session: Session, line: views.CaseLine, side: views.Side) -> Iterator[str]:
    found = (views.case_line(session, each) for each in views.cases_of_centre(session, side.key))
    others = [o.reference for o in found if o.workflow == line.workflow and o.id != line.id]
    if others:
        yield (
            f"{side.key} is in {', '.join(others)} too, which has not ended: "
            "it can be asked, or asked for, in one of them only"
        )
