"""What still comes in once a case has ended: the records its definition names, and no more."""

from engine.decide.past_acts import standing
from engine.decide.unmet import not_taken
from engine.model.definition import RecordType, Workflow
from engine.model.dossier import Dossier
from engine.model.outcomes import Filed, News, Unmet
from engine.model.past import Past
from engine.model.putting_right import Corrected
from engine.time.zones import local_day


def taken(workflow: Workflow, state: str) -> tuple[RecordType, ...]:
    """The records that come in where a case stands, in the order of the definition."""
    every = workflow.records.values()
    ended = workflow.state(state).final
    return tuple(kind for kind in every if kind.after_end or not ended)


def come_too_late(
    workflow: Workflow, dossier: Dossier, event: News, name: str
) -> tuple[Unmet, ...]:
    """Why it comes in no more: the case has ended; nothing where it may."""
    state = workflow.state(dossier.state)
    if not state.final or _is_exempt(workflow, event):
        return ()
    on = local_day(dossier.entered_at, dossier.office.zone)
    detail = f"{dossier.reference} has ended: {state.title}, since {on}"
    names = ", ".join(kind.name for kind in taken(workflow, state.name))
    still = f"It still takes in the records {names}" if names else "It takes in nothing more"
    return (not_taken(name, detail, f"{still}. If another case is meant, name that one."),)


def ended_before(
    workflow: Workflow, dossier: Dossier, past: Past, event: Corrected
) -> tuple[Unmet, ...]:
    """Why a version is corrected no more, and what leads there: the case has ended since."""
    state, kind = workflow.state(dossier.state), workflow.records[event.record]
    if not state.final or kind.after_end:
        return ()
    ends = [e for e in standing((*past.before, *past.entries)) if e.case == dossier.id]
    by_a_step = any(e.entered == state.name != e.left and e.turn == e.act for e in ends)
    case, why = dossier.reference, event.reason
    remedy = f'Let it count for nothing: pairing pair void {case} {kind.name} --reason "{why}".'
    if by_a_step:
        remedy = (
            f'Take back the step that ended it: pairing pair undo {case} --reason "{why}". '
            "Then correct it, and take the step again."
        )
    return (not_taken(kind.name, f"{dossier.reference} has ended: {state.title}", remedy),)


def _is_exempt(workflow: Workflow, event: News) -> bool:
    """History that is taken over, records that may follow; and what is unknown is told as such."""
    if not isinstance(event, Filed):
        return False
    kind = workflow.records.get(event.record)
    return event.imported or kind is None or kind.after_end
