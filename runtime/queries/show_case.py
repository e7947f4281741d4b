"""One case whole, as people look at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.dates.past_windows import window_of
from engine.dates.view import View
from engine.decide.adaptations import Adapted, adaptations
from engine.model.definition import Workflow
from engine.model.dossier import CaseId, Dossier
from engine.model.evidence import Waiver
from engine.model.partners import waived
from runtime.families import dossier_of
from runtime.queries.case_lines import CaseLine, case_line
from runtime.queries.meetings import MeetingLine, meetings_of
from runtime.wiring import Runtime
from storage.cases import views
from storage.cases.views import Shown
from storage.database.transactions import reading


@dataclass(frozen=True, slots=True)
class MilestoneWindow:
    """Between which days a milestone is expected, as far as they are known."""

    milestone: str
    title: str
    opens: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class Whole:
    """A case with the title of its state, its dossier, and the lines of its children."""

    line: CaseLine
    title: str
    facts: Mapping[str, object]
    dossier: Dossier
    children: tuple[CaseLine, ...]
    windows: tuple[MilestoneWindow, ...]
    meetings: tuple[MeetingLine, ...]
    adapted: tuple[Adapted, ...]
    waivers: tuple[Waiver, ...]  # with those of before that hold of the case with any partner
    former_children: tuple[tuple[int, str], ...]  # those of partnerships that have ended, by number


def show_case(runtime: Runtime, case_id: CaseId) -> Whole:
    """Everything known of a case, and its children, those that ended too."""
    with reading(runtime.database) as session:
        line = views.case_line(session, case_id)
        dossier = dossier_of(runtime, session, case_id)
        family = views.overview(session, Shown(root=case_id, closed=True))
    workflow = runtime.workflow_of(dossier)
    title = workflow.state(line.state).title
    children = tuple(case_line(each) for each in family if each.id != case_id)
    former = tuple(
        (each.partnership, each.reference)
        for each in family
        if each.id != case_id and each.partnership < dossier.partnership
    )
    return Whole(
        line=case_line(line),
        title=title,
        facts=line.facts,
        dossier=dossier,
        children=children,
        windows=_windows(workflow, dossier),
        meetings=meetings_of(View(workflow, dossier, runtime.clock())),
        adapted=adaptations(workflow, dossier),
        waivers=tuple(waived(workflow, dossier).values()),
        former_children=former,
    )


def _windows(workflow: Workflow, dossier: Dossier) -> tuple[MilestoneWindow, ...]:
    """The milestones of a case in the order of its definition."""
    return tuple(
        MilestoneWindow(
            name,
            workflow.state(name).title,
            *window_of(workflow, dossier, name),
        )
        for name in workflow.states
        if name in dossier.dates
    )
