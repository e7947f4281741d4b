"""A row of a letter, read as the letter that was owed: which columns it needs, in which order."""

from engine.model.dossier import CaseId, PersonId
from engine.model.family import Letter
from engine.model.outcomes import LetterOwed
from storage.database.columns import held_of, to_instant, to_mapping
from storage.schema.tables import INTENTS

_I = INTENTS.c
LetterRow = tuple[int, int, int, str, str, int | None, str, str, str, str, str]
COLUMNS = (
    _I.id,
    _I.case_id,
    _I.stay,
    _I.letter,
    _I.audience,
    _I.person_id,
    _I.ladder,
    _I.facts,
    _I.owed_at,
    _I.held_until,
    _I.held_why,
)


def letter_in(row: LetterRow) -> Letter:
    """The letter as it was owed, without what became of it."""
    number, case, stay, letter, audience, person, ladder, facts, owed_at, until, why = row
    to = None if person is None else PersonId(person)
    owed = LetterOwed(letter, audience, to, ladder, to_mapping(facts))
    return Letter(
        number,
        CaseId(case),
        stay,
        owed,
        to_instant(owed_at),
        name=audience,
        held=held_of(until, why),
    )
