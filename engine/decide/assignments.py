"""Whether a centre may be put on a side of a case where it stands."""

from engine.dates.view import View
from engine.decide.machine import moves
from engine.model.definition import Workflow
from engine.model.outcomes import Unmet


def barred(view: View, side: str) -> tuple[Unmet, ...]:
    """What stands against naming or changing the centre of a side here; nothing if it may be.

    A centre that was asked, or has agreed, is not exchanged behind its back: the case first goes
    to a state that ``assigns`` the side.
    """
    state = view.workflow.state(view.dossier.state)
    if side in state.assigns:
        return ()
    return (
        Unmet(
            requirement="open",
            says=f"The centre on the side of the {side} can be named or changed here.",
            detail=f"not in {state.name}",
            owner=_owner(view.workflow, side),
            remedy="The case has ended." if state.final else _way(view.workflow, state.name, side),
        ),
    )


def _owner(workflow: Workflow, side: str) -> str:
    """Who acts where a side can be named is who does it."""
    acting = (each.acts[0] for each in workflow.states.values() if side in each.assigns)
    return next(acting, workflow.runs)


def _way(workflow: Workflow, state: str, side: str) -> str:
    there = [each.name for each in workflow.states.values() if side in each.assigns]
    if not there:
        return "It stays as the case was started with; start another case."
    near = dict.fromkeys(m.trigger for m in moves(workflow, state) if m.target in there)
    if near:
        return f"First take the step {' or '.join(near)}."
    return f"It is possible in: {', '.join(there)}."
