"""Somebody else runs a case from now on: whoever writes to them hears who it is."""

from engine.decide.draft import Draft
from engine.decide.ends import OWED
from engine.model.definition import Notify
from engine.model.dossier import PersonId
from engine.model.handed import RUNS, WAS
from engine.model.outcomes import Assigned, LetterOwed, Unmet
from engine.model.partners import is_paired

HANDED_OVER, HANDED_ON = "handed_over", "handed_on"  # notices of a definition


def hand_over(draft: Draft, event: Assigned) -> tuple[Unmet, ...]:
    """Tell of another one who answers for the case (R-03), and the former one apart.

    Nobody is told where the same one answers as they know, nor of a case that has ended. What was
    not written yet of a change before this one is not told: it is told once, as it stands.
    """
    runs, handed = draft.workflow.runs, event.handed
    answers = next(iter(draft.dossier.people_as(runs)), None)
    is_another = answers is not None and answers.key == event.key
    ended = draft.workflow.state(draft.dossier.state).final
    if handed is None or answers is None or event.part != runs or not is_another or ended:
        return ()
    untold = [each.facts for each in event.letters if each.state == OWED and RUNS in each.facts]
    known = untold[0] if untold else {WAS: handed.person, "former": handed.name}
    was = PersonId(int(str(known[WAS])))
    if answers.id == was or any(each[RUNS] == answers.id for each in untold):
        return ()
    draft.event = {"former": known["former"], WAS: was, RUNS: answers.id}
    draft.apply(draft.workflow.notices.get(HANDED_OVER, ()))
    draft.letters = [each for each in draft.letters if _hears(draft, event, each)]
    for effect in draft.workflow.notices.get(HANDED_ON, ()):
        if isinstance(effect, Notify):
            draft.letters.append(LetterOwed(effect.letter, runs, was, facts=draft.event))
    return ()


def _hears(draft: Draft, event: Assigned, owed: LetterOwed) -> bool:
    """Whether its reader is of a pair, or of a side that was written to before there is one."""
    role = owed.audience.partition(".")[0]
    written = {e.audience.partition(".")[0] for e in event.letters if e.message is not None}
    is_pair = is_paired(draft.workflow, draft.dossier) is not False
    return is_pair or role in {draft.workflow.runs, *written}
