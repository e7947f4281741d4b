"""What a person decides about one letter: when it goes, not to this reader, or once more.

Each is an act in the journal of the case, with its reason.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time

from engine.dates.view import View
from engine.decide.ends import OWED, SUPERSEDED, WAITS, looked_at_again, overtaken
from engine.decide.offered import ANSWER
from engine.decide.telling import WITHDRAWN
from engine.errors import ProjectError
from engine.letters.catalogue import LetterError
from engine.model.dossier import PersonId
from engine.model.family import FRESH, Family, Held, Letter
from engine.model.outcomes import By, LetterArranged, LetterOwed, Refusal
from engine.model.people import NAMED_BY
from engine.time.zones import instant
from runtime.asking import stands
from runtime.families import Families
from runtime.permission import NotEntitledError
from runtime.use_cases.directory import Entered
from runtime.wiring import Runtime
from storage.database.transactions import transaction
from storage.mail import answers, intents, outbox, queries
from storage.mail.queries import LetterLine, LetterQuery

_WITHHELD = "withheld"


class ArrangedError(ProjectError):
    """Nothing of the kind can be decided about this letter; the message says why."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Which letter, by the number under which it is listed, who decides, and why."""

    number: int
    reason: str
    by: By


def hold(runtime: Runtime, asked: Arrangement) -> Entered:
    """A letter that is owed is not written until it is released."""
    return _waits(runtime, asked, Held(None, asked.reason), "held back")


def release(runtime: Runtime, asked: Arrangement) -> Entered:
    """A letter that was held back goes when it would have; ArrangedError where nobody holds it."""
    return _waits(runtime, asked, Held(runtime.clock(), asked.reason), "released")


def not_before(runtime: Runtime, asked: Arrangement, day: date) -> Entered:
    """A letter that is owed is not written before a day of the office's."""
    at = instant(day, time(), runtime.settings.programme.zone)
    if at <= runtime.clock():
        raise ArrangedError(f"{day} has begun or gone by: name a day to come")
    return _waits(runtime, asked, Held(at, asked.reason), f"not before {day}")


def not_to(runtime: Runtime, asked: Arrangement) -> Entered:
    """A letter that is owed does not go to its reader at all."""

    def end(acting: Families, letter: LetterLine) -> None:
        reason = f"{_WITHHELD}: not to {letter.name or letter.audience}: {asked.reason}"
        if not outbox.end(acting.session, (letter.id,), _WITHHELD, reason):
            raise _written(letter)

    return _arranged(runtime, asked, "not to {who}", end)


def again(runtime: Runtime, asked: Arrangement) -> Entered:
    """A letter that has had its end is owed once more, in the words of today.

    ArrangedError where it is not needed any more, or goes out anyway.
    """
    with transaction(runtime.database) as session:
        acting = Families(session, runtime, runtime.clock())
        letter = queries.letter(session, asked.number)
        if letter.state in {OWED, "waiting"}:
            raise ArrangedError(f"letter {letter.id} goes out by itself: it is {letter.state}")
        _refuse_untrue(acting, letter)
        for each in queries.letters(session, LetterQuery(case=letter.case_id, state=OWED)):
            if _what(each) == _what(letter):
                raise ArrangedError(f"letter {letter.id} is owed once more already, as {each.id}")
        family = acting.look(letter.case_id)
        owed = _as_owed(letter)
        _refuse_needless(acting, family, letter, owed)
        how = f"once more to {letter.name or letter.audience}"
        event = LetterArranged(letter.letter, how, asked.reason, asked.by, owed, letter.id)
        _happen(acting, letter, event)
        return Entered(f"letter {letter.id}", f"owed {how}")


def _refuse_untrue(acting: Families, letter: LetterLine) -> None:
    """The receipt of an answer that was taken back says what is not so, and so does the letter to
    somebody who was named in it.
    """
    namer = letter.facts.get(NAMED_BY)
    is_off = letter.state == WITHDRAWN or (letter.held is not None and letter.held.until is None)
    if namer and is_off:
        raise ArrangedError(
            f"letter {letter.id} asks {letter.name or letter.audience} in place of {namer}, who "
            f"took that back since: {namer} is asked as before"
        )
    number = letter.facts.get(ANSWER)
    stored = answers.answer(acting.session, int(str(number))) if number is not None else None
    if stored is not None and not stands(acting, stored):
        raise ArrangedError(
            f"letter {letter.id} is the receipt of an answer that was taken back since: "
            "what is so now, the receipt of that says"
        )


def _what(letter: LetterLine) -> tuple[str, str, PersonId | None]:
    return letter.letter, letter.audience, letter.person_id


def _as_owed(letter: LetterLine) -> LetterOwed:
    owed = LetterOwed(letter.letter, letter.audience, letter.person_id, letter.ladder, letter.facts)
    if owed.meeting:
        raise ArrangedError(
            f"letter {letter.id} holds an entry of a calendar, and a second one would be another: "
            "move the meeting, or write to its reader yourself"
        )
    return owed


def _refuse_needless(
    acting: Families, family: Family, letter: LetterLine, owed: LetterOwed
) -> None:
    """What would end it as it was owed, had it waited until now, or as it would be owed now."""
    dossier = family.whole(letter.case_id)
    view = View(family.workflow(letter.case_id), dossier, acting.now, owed.facts)
    was = Letter(letter.id, letter.case_id, letter.stay, owed, letter.owed_at, letter.audience)
    anew = replace(was, number=FRESH, owed_at=acting.now)
    if not owed.ladder:
        anew = replace(anew, stay=dossier.stay)
    found = acting.looking(family, lambda _: looked_at_again(anew, view))
    by = acting.looking(family, lambda _: overtaken(was, view))
    why = found.reason if found.state not in {OWED, WAITS} else by and f"{SUPERSEDED}: {by}"
    why = why or _why_not_now(acting, view, letter)
    if why:
        raise ArrangedError(f"letter {letter.id} is not sent again: {why}")


def _why_not_now(acting: Families, view: View, letter: LetterLine) -> str:
    """Why a letter that nothing has overtaken is not right as the case stands; empty if it is."""
    dossier, name = view.dossier, letter.name or letter.audience
    stays = {stay.number: stay.state for stay in dossier.stays}
    if ANSWER not in letter.facts and stays.get(letter.stay) != dossier.state:
        now = view.workflow.state(dossier.state).title
        return f"{dossier.reference} has moved on since, to: {now}"  # a receipt stays as true
    if letter.person_id is not None:
        reader = dossier.reader(letter.person_id)
        if reader is None:
            return f"{name} plays no role in {dossier.reference} by now"
        if not reader.reachable:
            return f"the address of {name} is dead"
    try:
        acting.runtime.texts(dossier.digest).catalogue.stage(letter.letter)
    except LetterError:
        return f"the definition of {dossier.reference} has no {letter.letter} by now"
    return ""


def _waits(runtime: Runtime, asked: Arrangement, held: Held, how: str) -> Entered:
    def wait(acting: Families, letter: LetterLine) -> None:
        is_released = held.until is not None and held.until <= acting.now
        if is_released and not (letter.held is not None and letter.held.waits_at(acting.now)):
            raise ArrangedError(f"nobody holds letter {letter.id} back")
        if not intents.hold(acting.session, letter.id, held):
            raise _written(letter)
        intents.ask_anew(acting.session, (letter.case_id,))  # what reminds of it waits with it

    return _arranged(runtime, asked, how, wait)


def _arranged(
    runtime: Runtime, asked: Arrangement, how: str, act: Callable[[Families, LetterLine], None]
) -> Entered:
    """Decide about a letter that is owed and not written: an act of its case."""
    with transaction(runtime.database) as session:
        acting = Families(session, runtime, runtime.clock())
        letter = queries.letter(session, asked.number)
        if letter.state != OWED:
            raise ArrangedError(
                f"letter {letter.id} is {letter.state}: only one that is owed and not yet written "
                "waits; pairing mail list --state owed shows them"
            )
        said = how.format(who=letter.name or letter.audience)
        event = LetterArranged(letter.letter, said, asked.reason, asked.by, number=letter.id)
        _happen(acting, letter, event)
        act(acting, letter)  # where a worker writes it by now, this undoes the act as well
        return Entered(f"letter {letter.id}", said)


def _written(letter: LetterLine) -> ArrangedError:
    return ArrangedError(f"letter {letter.id} is being written this moment: it goes out")


def _happen(acting: Families, letter: LetterLine, event: LetterArranged) -> None:
    """The act of a person in the journal of the case; NotEntitledError says whose it is."""
    outcome = acting.happen(letter.case_id, event)
    if isinstance(outcome, Refusal):
        said = (f"{each.detail}. {each.says} {each.remedy}" for each in outcome.unmet)
        raise NotEntitledError(" ".join(said))
