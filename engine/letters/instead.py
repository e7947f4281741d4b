"""A letter to somebody who is away, or who named another one: who reads it, in which words."""

from collections.abc import Iterator
from dataclasses import replace

from engine.dates.anchors import day_of
from engine.dates.view import View
from engine.letters.absences import absence_of, has_been_asked, is_there, stand_in
from engine.letters.ladders import audience
from engine.letters.open_item import until_again
from engine.letters.turns import owners
from engine.letters.wishes import asked_in_place, matter_of
from engine.model.definition import Ladder, Rung
from engine.model.dossier import Dossier, ReminderSent
from engine.model.letter_words import DUE_ON
from engine.model.meetings import Agreement, Meeting
from engine.model.outcomes import LetterOwed
from engine.model.people import ABSENT, INSTEAD_OF, NAMED_BY, NAMER, Person, number_in
from engine.model.sides import teams


def readdressed(view: View, owed: LetterOwed) -> LetterOwed:
    """The letter to whoever answers for its reader, unchanged where they are there or nobody does;
    to whomever they named in their place, as long as that one can be reached.

    Whoever was not asked yet reads what the ladder asks first. What goes to a whole team waits for
    the one who is away, as long as somebody else of the team reads it. About meetings the
    invitations say whom they are for.
    """
    reader = view.dossier.reader(owed.person)
    if reader is None or owed.meeting:
        return owed
    named = asked_in_place(view, matter_of(view, owed), reader)
    if named is not None and "." not in owed.audience:
        facts = {**owed.facts, NAMED_BY: reader.name, NAMER: reader.id}
        owed, reader = replace(owed, person=named.id, facts=facts), named
    absence = absence_of(view.dossier, reader, view.now)
    if absence is None or _is_read(view, owed, reader):
        return owed
    deputy = stand_in(view.dossier, reader, view.now)
    if deputy is None:
        return owed
    ladder = ladder_of(view, owed.ladder)
    letter = owed.letter if ladder is None else _first(view, ladder, owed, deputy)
    # Whoever stands in for one who stands in does so for the first of them.
    away = {} if INSTEAD_OF in owed.facts else {INSTEAD_OF: reader.name, ABSENT: reader.id}
    return replace(owed, letter=letter, person=deputy.id, facts={**owed.facts, **away})


def asked_instead(view: View, owed: LetterOwed) -> tuple[Dossier, LetterOwed]:
    """The same as it is decided: the case in which somebody else was asked, and the letter, with
    the day until which they have time.
    """
    found = readdressed(view, owed)
    deputy = view.dossier.reader(found.person)
    if found is owed or deputy is None:
        return view.dossier, owed
    asked = ReminderSent(
        found.letter,
        found.ladder,
        deputy.name,
        view.today,
        "owed",
        owed_at=view.now,
        reader=deputy.id,
        instead_of=str(found.facts.get(INSTEAD_OF, "")),
        absent=number_in(found.facts, ABSENT),
    )
    dossier = replace(view.dossier, asked=(*view.dossier.asked, asked))
    ladder = ladder_of(view, found.ladder)
    named = until_again(replace(view, dossier=dossier), ladder) if ladder is not None else None
    if named is None or DUE_ON not in owed.facts:
        return dossier, found
    return dossier, replace(found, facts={**found.facts, DUE_ON: named.isoformat()})


def invited(view: View, meeting: Meeting, now: Agreement | None, person: Person) -> Person:
    """Who comes to a meeting: whoever answers for somebody who is away on its day."""
    day = day_of(now.get(meeting.begins)) if now is not None else None
    absence = absence_of(view.dossier, person, view.now)
    if day is None or absence is None or not absence.covers(day):
        return person
    return stand_in(view.dossier, person, view.now) or person


def ladder_of(view: View, name: str) -> Ladder | None:
    """A ladder of the state in which the case stands, by its name."""
    ladders = view.workflow.state(view.dossier.state).ladders
    return next((each for each in ladders if each.name == name), None)


def rungs_to(view: View, ladder: Ladder, role: str) -> tuple[Rung, ...]:
    """The rungs of a ladder on which it writes to a role."""
    turn = owners(ladder, view)
    return tuple(
        rung
        for rung in ladder.rungs
        if rung.letter is not None and role in _roles(audience(rung.to, turn))
    )


def _first(view: View, ladder: Ladder, owed: LetterOwed, deputy: Person) -> str:
    """What a ladder writes first, where whoever stands in heard nothing of it yet."""
    rungs = rungs_to(view, ladder, owed.audience.partition(".")[0])
    if has_been_asked(ladder, view, deputy) or owed.letter not in {r.letter for r in rungs}:
        return owed.letter
    return rungs[0].letter or owed.letter


def _roles(audiences: Iterator[str]) -> set[str]:
    return {name.partition(".")[0] for name in audiences}


def _is_read(view: View, owed: LetterOwed, reader: Person) -> bool:
    """Whether it goes to a whole team, and somebody else of it is there."""
    if "." not in owed.audience:
        return False
    rows = teams(view.dossier, reader.role)
    team = next((each for each in rows if any(p.id == reader.id for p in each)), ())
    return any(is_there(view.dossier, each, view.now) for each in team if each.id != reader.id)
