"""Whoever is asked names somebody of their team, who is asked about the matter in their place."""

from dataclasses import replace

from engine.decide.ends import ASKED_FOR
from engine.decide.offered import role_of
from engine.letters.wishes import others_of_team
from engine.model.definition import SYSTEM
from engine.model.dossier import Person
from engine.model.outcomes import By, LetterArranged, Refusal
from engine.model.people import NAMED_BY, NAMER
from engine.model.plan import Plan
from notifications.inbound import colleagues
from runtime.asking import Asking
from runtime.families import Families


def named_in(asking: Asking, words: str) -> Person | None:
    """The one of the reader's team whose name or address these words are; an address of nobody on
    file is written to by nobody.
    """
    team = others_of_team(asking.view, asking.reader.id, role_of(asking.asked.letter))
    found = colleagues.named_in(words, team)
    return found[0] if len(found) == 1 else None


def ask_in_place(families: Families, asking: Asking, named: Person) -> Plan | Refusal:
    """Write the letter to somebody else now, and what follows it in its ladder."""
    letter, reader = asking.asked.letter, asking.reader
    facts = {**letter.owed.facts, NAMED_BY: reader.name, NAMER: reader.id}
    again = replace(letter.owed, person=named.id, facts=facts)
    how = f"{named.name} is asked in place of {reader.name}"
    # It is their own wish: no leave of the office is asked for.
    by = By(reader.key, SYSTEM)
    event = LetterArranged(letter.owed.letter, how, ASKED_FOR, by, again)
    return families.happen(letter.case_id, event)
