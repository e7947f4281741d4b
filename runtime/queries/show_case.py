"""One case whole, as people look at it."""

from dataclasses import dataclass

from engine.model.dossier import CaseId, Dossier
from runtime.families import dossier_of
from runtime.wiring import Runtime
from storage.cases import views
from storage.cases.views import CaseLine, Shown
from storage.database.transactions import reading


@dataclass(frozen=True, slots=True)
class Whole:
    """A case with the title of its state, its dossier, and the lines of its children."""

    line: CaseLine
    title: str
    dossier: Dossier
    children: tuple[CaseLine, ...]


def show_case(runtime: Runtime, case_id: CaseId) -> Whole:
    """Everything known of a case, and its children, those that ended too."""
    with reading(runtime.database) as session:
        line = views.case_line(session, case_id)
        dossier = dossier_of(runtime, session, case_id)
        family = views.overview(session, Shown(root=case_id, closed=True))
    title = runtime.workflow(line.digest).state(line.state).title
    return Whole(line, title, dossier, tuple(each for each in family if each.id != case_id))
