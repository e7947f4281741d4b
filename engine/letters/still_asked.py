"""What a case asks for by now, or will: by state and ladder, as sentences of letters hang on it."""

from collections.abc import Iterator, Mapping

from engine.dates.view import View, interrupted_stay
from engine.letters.ladders import is_wanted, to_come
from engine.model.definition import Ladder, State
from engine.model.partners import to_pass


def still_asked(view: View) -> Mapping[str, Mapping[str, bool]]:
    """By state, the ladders that ask for something there or will once the case has got there.

    A letter that tells who is asked for what tells it of these alone: what is in, or was set
    aside, is asked of nobody, and nothing is asked any more in a state that was left.
    """
    return {
        state.name: {each.name: True for each in state.ladders if _asks(view, state, each)}
        for state in _from_here(view)
    }


def _from_here(view: View) -> Iterator[State]:
    """The state the case stands in, if only after a pause, and those it comes to for the first
    time in this partnership.
    """
    dossier, states = view.dossier, view.workflow.states
    rests = interrupted_stay(view)
    here = rests.state if rests is not None else dossier.state
    been = {stay.state for stay in dossier.stays if stay.partnership == dossier.partnership}
    names = to_pass(view.workflow, dossier) - been | {here}
    yield from (state for state in states.values() if state.name in names)


def _asks(view: View, state: State, ladder: Ladder) -> bool:
    """What waits for nothing asks until it has spoken."""
    is_here = state.name == view.dossier.state
    if ladder.unmet is None and is_here and not any(to_come(view, ladder)):
        return False
    return is_wanted(ladder, view)
