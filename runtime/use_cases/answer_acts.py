"""The acts that an answer is, done as those of whoever gives it."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.decide.offered import events_of
from engine.letters.answers import Answer, PassOn, TakeBack, Wish
from engine.model.dossier import CaseId, PersonId
from engine.model.outcomes import Refusal, Unmet, WroteBack
from engine.model.plan import Plan
from runtime.asking import Asking, asking_of, said_by
from runtime.families import Families
from runtime.queries.taken_back import receipted, why_it_stays
from runtime.use_cases import put_off, someone_else
from runtime.use_cases.undo_answer import undo
from runtime.use_cases.wishes_ended import end_wish, wish_of
from storage.mail import answers

Made = tuple[CaseId, int]  # the entry of the journal of a case; 0 where it made none


@dataclass(frozen=True, slots=True)
class Acted:
    """What an answer made; ``lacks`` keeps the step that would follow, ``wrong`` the answer;
    ``adds`` is what the receipt says besides, ``gone`` what it says was taken back, and ``told``
    are whom another letter tells. ``is_wish``: what was asked for was done by itself, and is taken
    back as any answer is.
    """

    made: Made | None = None
    lacks: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    told: frozenset[PersonId] = frozenset()
    is_wish: bool = False


def done(
    families: Families,
    asking: Asking,
    answer: Answer,
    said: Mapping[str, object],
    written: Mapping[str, str],
) -> Acted:
    """Do it; with nothing made where it is refused."""
    match answer.does:
        case PassOn(Wish.NOT_BEFORE):
            return _put_off(families, asking, said)
        case PassOn(Wish.SOMEONE_ELSE):
            return _someone_else(families, asking, answer, written)
        case PassOn():
            return _passed_on(families, asking, answer, written)
        case TakeBack():
            return _taken_back(families, asking)
        case _:
            return _happened(families, asking, answer, said)


def _happened(
    families: Families, asking: Asking, answer: Answer, said: Mapping[str, object]
) -> Acted:
    letter = asking.asked.letter
    first, *more = events_of(answer, letter, asking.view, asking.reader, said)
    outcome = families.happen(letter.case_id, first)
    if isinstance(outcome, Refusal):
        return Acted(wrong=_said(outcome.unmet))
    lacks: tuple[str, ...] = ()
    for event in more:
        # What else is missing keeps the step, and never the answer itself.
        follows = families.happen(letter.case_id, event, along=True)
        lacks += _said(follows.unmet) if isinstance(follows, Refusal) else ()
    return Acted(_made(outcome), lacks)


def _passed_on(
    families: Families, asking: Asking, answer: Answer, written: Mapping[str, str]
) -> Acted:
    reader, found = asking.reader, asking.asked
    words = (": ".join([answer.says, *values_of(written)]),)
    told = WroteBack(
        f"{reader.name}, {reader.email}", found.subject, words, about=(found.letter.number,)
    )
    outcome = families.happen(found.root, told)
    if isinstance(outcome, Refusal):
        return Acted(wrong=_said(outcome.unmet))
    return Acted(_made(outcome))


def _put_off(families: Families, asking: Asking, said: Mapping[str, object]) -> Acted:
    if why := put_off.wrong_day(families, said):
        return Acted(wrong=(why,))
    outcome = put_off.put_off(families, asking, said)
    if isinstance(outcome, Refusal):
        return Acted(wrong=_said(outcome.unmet))
    return Acted(_made(outcome), adds=put_off.told(asking, said), is_wish=True)


def _someone_else(
    families: Families, asking: Asking, answer: Answer, written: Mapping[str, str]
) -> Acted:
    """Of whom nothing is on file whoever runs the case hears as of any words."""
    named = someone_else.named_in(asking, " ".join(values_of(written)))
    if named is None:
        return _passed_on(families, asking, answer, written)
    outcome = someone_else.ask_in_place(families, asking, named)
    if isinstance(outcome, Refusal):
        return Acted(wrong=_said(outcome.unmet))
    adds = (f"{named.name} is asked in place of {asking.reader.name}.",)
    return Acted(_made(outcome), adds=adds, is_wish=True)


def _taken_back(families: Families, asking: Asking) -> Acted:
    letter = asking.asked.letter
    stored = receipted(families, asking)
    if stored is None:
        return Acted(wrong=("It is the receipt of no answer.",))
    if why := why_it_stays(families, stored, asking.reader):
        return Acted(wrong=(why,))
    if wish_of(families, stored) is not Wish.NONE:
        about = asking_of(families, stored.letter, asking.reader.key)
        heard = end_wish(families, stored, about) if about is not None else frozenset()
        answers.undo(families.session, stored.id, families.now)
        return Acted((letter.case_id, 0), gone=(said_by(stored),), told=heard)
    found = undo(families, stored, asking.reader)
    if isinstance(found, str):
        return Acted(wrong=(found,))
    told = frozenset(each.owed.person for each in found.told if each.owed.person is not None)
    return Acted((letter.case_id, 0), gone=(found.title, *found.along), told=told)


def values_of(written: Mapping[str, str]) -> list[str]:
    """What somebody wrote into an answer, as they wrote it."""
    return [text.strip() for text in written.values() if text.strip()]


def _made(plan: Plan) -> Made:
    return plan.case_id, plan.version


def _said(unmet: tuple[Unmet, ...]) -> tuple[str, ...]:
    return tuple(f"{each.says} {each.detail}".strip() for each in unmet)
