"""Somebody who is asked is away: whoever stands in is asked, and who runs the case hears of it."""

from collections.abc import Iterator
from datetime import date

from engine.decide.draft import Draft
from engine.letters.absences import (
    absence_of,
    asked_people,
    has_been_asked,
    is_anybody_away,
    stand_in,
)
from engine.letters.instead import rungs_to
from engine.letters.ladders import is_running, planned_days
from engine.letters.open_item import until_again
from engine.letters.rounds import NEVER_WENT, asked_by
from engine.model.definition import Ladder
from engine.model.letter_words import DUE_ON
from engine.model.outcomes import LetterOwed
from engine.model.people import AWAY, Absence, Person

NOTICE = "away"  # of a definition


def tell_of_absences(draft: Draft) -> None:
    """Ask whoever stands in for somebody who was asked and is away by now; and tell, once, of an
    absence into which a day falls that somebody was given, or on which they are written to.
    """
    if not is_anybody_away(draft.dossier):
        return
    for ladder in draft.workflow.state(draft.dossier.state).ladders:
        if is_running(ladder, draft.view()):
            for person in asked_people(ladder, draft.view()):
                absence = absence_of(draft.dossier, person, draft.now)
                if absence is not None:
                    _ask(draft, ladder, person)
                    _tell(draft, ladder, person, absence)


def _ask(draft: Draft, ladder: Ladder, person: Person) -> None:
    view = draft.view()
    deputy = stand_in(draft.dossier, person, draft.now)
    rungs = rungs_to(view, ladder, person.role)
    asked = (each for each in asked_by(ladder, view) if each.outcome not in NEVER_WENT)
    was_written = any(each.reader == person.id or each.stands_in_for(person) for each in asked)
    if deputy is None or not rungs or not was_written or has_been_asked(ladder, view, deputy):
        return
    named = until_again(view, ladder)
    words: dict[str, object] = {"cause": ladder.title, "what": ladder.title}
    facts = words if named is None else {**words, DUE_ON: named.isoformat()}
    letter = rungs[0].letter or ""
    draft.owe_one(LetterOwed(letter, person.role, person.id, ladder.name, facts))


def _tell(draft: Draft, ladder: Ladder, person: Person, absence: Absence) -> None:
    mark = f"{person.key} {absence.last_on}"
    told = {each.away for each in draft.dossier.asked}
    told |= {str(each.facts.get(AWAY)) for each in draft.letters}
    due = min(_falling_into(draft, ladder, person, absence), default=None)
    if due is None or mark in told:
        return
    deputy = stand_in(draft.dossier, person, draft.now)
    before, draft.ladder = draft.event, ladder.name
    draft.event = {
        AWAY: mark,
        "person": person.name,
        "away_until": absence.last_on.isoformat(),
        "away_due": due.isoformat(),
        "instead": deputy.name if deputy is not None else None,
        "mends": f"pairing person away {person.key} --from {absence.first_on} "
        f"--until {absence.last_on} --substitute PERSON",
    }
    draft.apply(draft.workflow.notices.get(NOTICE, ()))
    draft.event, draft.ladder = before, ""


def _falling_into(draft: Draft, ladder: Ladder, person: Person, absence: Absence) -> Iterator[date]:
    """The days of the absence on which something is due of somebody, or they are written to."""
    view = draft.view()
    asked = (each for each in asked_by(ladder, view) if each.outcome not in NEVER_WENT)
    named = (each.due_on for each in asked if each.reader == person.id)
    planned, rungs = planned_days(view, ladder), rungs_to(view, ladder, person.role)
    speaks = (planned.get(rung.name) for rung in rungs)
    yield from (day for day in (*named, *speaks) if day is not None and absence.covers(day))
