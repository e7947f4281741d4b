"""What goes with an answer that is taken back, and who is told of it, before and when it is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.decide.letters_wrong import notices_for
from engine.decide.offered import ANSWER
from engine.decide.past_acts import said_of, standing
from engine.decide.resting import titles_of
from engine.decide.telling import TAKEN_BACK, letters_of
from engine.letters.answers import PassOn
from engine.model.decision import Decision
from engine.model.definition import SYSTEM
from engine.model.dossier import Person
from engine.model.family import Letter
from engine.model.outcomes import By, Refusal
from engine.model.past import Happened
from engine.model.putting_right import Undone
from engine.time.zones import local_day
from runtime.asking import Asking, act_of, stands
from runtime.families import Families
from runtime.past import upon
from storage.journal import past
from storage.mail import answers
from storage.mail.answers import StoredAnswer

TO_UNDO = timedelta(hours=24)  # whatever follows (P21)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An answer taken back: what is decided, its title, and the titles of what goes with it.

    ``told`` are the letters by which others hear that it counts no more.
    """

    decision: Decision
    title: str
    along: tuple[str, ...]
    told: tuple[Letter, ...]


def receipted(families: Families, asking: Asking) -> StoredAnswer | None:
    """The answer of which a letter is the receipt, where it is one that takes it back."""
    number = asking.asked.letter.owed.facts.get(ANSWER)
    return answers.answer(families.session, int(str(number))) if number is not None else None


def is_passed_on(families: Families, stored: StoredAnswer) -> bool:
    """Whether an answer did nothing in the case itself."""
    return isinstance(act_of(families, stored), PassOn)


def why_it_stays(families: Families, stored: StoredAnswer, person: Person) -> str:
    """Why somebody takes no answer back, whatever it did; empty where they may."""
    if stored.person != person.id:
        return "only whoever gave an answer takes it back by its receipt"
    return "" if stands(families, stored) else "it was taken back before"


def taken_back(families: Families, stored: StoredAnswer, person: Person) -> TakenBack | str:
    """What follows where an answer is taken back, or why it stays; nothing is written.

    For a day all that rests on it goes with it; afterwards it stays once somebody acted on it.
    """
    if why := why_it_stays(families, stored, person):
        return why
    load = families.load if families.session.writes else families.look
    family = load(stored.case_id)
    happened = past.read(families.session, family.root).happened
    own = _own(standing(happened), stored)
    if any(each.kind == "migrated" and each.turn > own[0] for each in standing(happened)):
        return "the case was brought to another version of its programme since"
    found = upon(families.session, families.runtime, family, own[0])
    acts = families.looking(found.family, lambda whole: found.within(whole).resting(own))
    along = [e for e in happened if e.turn in acts[1:] and e.role != SYSTEM]
    acted = [each for each in along if each.turn not in own]
    if acted and families.now > stored.at + TO_UNDO:
        last, on = acted[-1], _day(families, acted[-1].at)
        return f"{said_of(found.family.workflow(last.case), last)}, of {on}, rests on it"
    # It was their own act, so no leave of the office is asked for, as of what the engine does.
    reason = f"{person.name} took the answer of {_day(families, stored.at)} back"
    event = Undone(reason, By(person.key, SYSTEM), acts)
    decision = families.decide(family, event, stored.case_id)
    if isinstance(decision, Refusal):
        return "; ".join(each.detail for each in decision.unmet)
    first = next(each for each in happened if each.turn == own[0])
    (title,), titles = titles_of(found.family, (first,)), titles_of(found.family, along)
    return TakenBack(decision, title, titles, _told(decision, stored))


def _own(happened: tuple[Happened, ...], stored: StoredAnswer) -> tuple[int, ...]:
    """The act that an answer was, with the steps that came with it."""
    made = (stored.case_id, stored.entry)
    act = next(each.act for each in happened if (each.case, each.version) == made)
    acts = [act]
    for each in (each for each in happened if each.turn == each.act > act):
        if not each.along:
            break
        acts += [each.act] if each.role != SYSTEM else []
    return tuple(acts)


def _day(families: Families, at: datetime) -> date:
    return local_day(at, families.runtime.settings.programme.zone)


def _told(decision: Decision, stored: StoredAnswer) -> tuple[Letter, ...]:
    notices = notices_for(decision.before, stored.case_id).get(TAKEN_BACK, ())
    return tuple(each for each in decision.letters if each.owed.letter in letters_of(notices))
