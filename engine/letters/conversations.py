"""Which conversation a letter is of in the mail of its readers: what it is about, by a name.

A kind of letter (its number, as N-09) is about one matter of a case with one partner. What is about
the same by another kind is found by what it speaks of: a ladder, a meeting, a date.
"""

from collections.abc import Iterator

from engine.dates.view import View
from engine.model.definition import Ladder, State
from engine.model.dossier import Stay
from engine.model.family import Letter
from engine.model.letter_words import MILESTONE
from engine.model.meetings import SeeksDay
from engine.model.partners import is_paired_by


def conversation_of(view: View, letter: Letter, everything: str) -> str:
    """The name of the conversation of a letter: the same for all letters about its matter.

    A case below another is one matter. To a partner who is only asked whether to be one, the case
    is. ``everything`` is the kind of letter that tells of any matter, as an overview does: of it
    each ladder is a matter of its own.
    """
    case, found = view.dossier, view.workflow.partnership
    if case.parent is not None:
        return f"{case.id}"
    stays = _stays(view, letter)
    role = letter.owed.audience.partition(".")[0]
    if found is not None and role == found.side and not is_paired_by(view.workflow, stays):
        return f"{case.id}/{role}"
    partnership = stays[-1].partnership if stays else case.partnership
    return f"{case.id}/{partnership}/{_matter(view, letter, stays, everything)}"


def _stays(view: View, letter: Letter) -> tuple[Stay, ...]:
    """The stays of its partnership until a letter; what a step tells is of the stay it ends."""
    case = view.dossier
    every = sorted((*case.former.stays, *case.stays), key=lambda each: each.number)
    until = [each for each in every if each.number <= letter.stay]
    is_of_a_step = not letter.owed.ladder and any(
        each.number == letter.stay and each.entered_at == letter.owed_at for each in until
    )
    if is_of_a_step and len(until) > 1:
        until.pop()
    return tuple(each for each in until if each.partnership == until[-1].partnership)


def _matter(view: View, letter: Letter, stays: tuple[Stay, ...], everything: str) -> str:
    workflow, owed = view.workflow, letter.owed
    ladder = _ladder(workflow.states.get(stays[-1].state), owed.ladder) if stays else None
    moved = workflow.states.get(str(owed.facts.get(MILESTONE, "")))
    unmet: object = ladder.unmet if ladder is not None else None
    sought = unmet.meeting if isinstance(unmet, SeeksDay) else ""
    for name, meeting in workflow.meetings.items():
        if name in (owed.meeting, sought) or (moved and moved.actual == meeting.held):
            return _kind(meeting.invitation.letter)
    ladders = (ladder,) if ladder is not None else moved.ladders if moved is not None else ()
    kinds = [kind for each in ladders for kind in _kinds(each)]
    own = next((kind for kind in kinds if kind != everything), _kind(owed.letter))
    return f"{own}/{letter.stay}/{owed.ladder}" if own == everything else own


def _ladder(state: State | None, name: str) -> Ladder | None:
    ladders = state.ladders if state is not None else ()
    return next((each for each in ladders if each.name == name), None)


def _kinds(ladder: Ladder) -> Iterator[str]:
    """What a ladder sends, by its kinds; the first of them is its own."""
    return (_kind(rung.letter) for rung in ladder.rungs if rung.letter)


def _kind(letter: str) -> str:
    return letter.partition(".")[0]
