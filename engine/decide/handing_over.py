"""Somebody else runs a case from now on: whoever writes to them hears who it is."""

from engine.decide.draft import Draft
from engine.model.definition import Notify
from engine.model.outcomes import Assigned, LetterOwed, Unmet

HANDED_OVER, HANDED_ON = "handed_over", "handed_on"  # notices of a definition


def hand_over(draft: Draft, event: Assigned) -> tuple[Unmet, ...]:
    """Tell of another one who answers for the case (R-03), and the former one apart.

    Nobody is told where the same one answers as before, nor of a case that has ended.
    """
    runs, handed = draft.workflow.runs, event.handed
    answers = next(iter(draft.dossier.people_as(runs)), None)
    is_another = answers is not None and answers.key == event.key
    ended = draft.workflow.state(draft.dossier.state).final
    if handed is None or event.part != runs or not is_another or ended:
        return ()
    draft.event = {"former": handed.name}
    draft.apply(draft.workflow.notices.get(HANDED_OVER, ()))
    for effect in draft.workflow.notices.get(HANDED_ON, ()):
        if isinstance(effect, Notify):
            draft.letters.append(LetterOwed(effect.letter, runs, handed.person, facts=draft.event))
    return ()
