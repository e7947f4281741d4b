"""One letter that went out, as an answer to it is judged: what it asked, in which case, of whom."""

from dataclasses import dataclass

from sqlalchemy import select

from engine.model.dossier import CaseId, PersonId
from engine.model.family import Letter
from engine.model.outcomes import LetterOwed
from storage.database.columns import to_instant, to_mapping
from storage.database.session import Session
from storage.database.statements import Statement, given
from storage.schema.tables import INTENTS, MESSAGES

_I, _M = INTENTS.c, MESSAGES.c
_Row = tuple[int, int, int, int, str, str, int | None, str, str, str, str, int, str, str]
_ASKED = Statement[_Row](
    select(
        _I.id,
        _I.case_id,
        _I.root_id,
        _I.stay,
        _I.letter,
        _I.audience,
        _I.person_id,
        _I.ladder,
        _I.facts,
        _I.owed_at,
        _I.state,
        _M.person_id,
        _M.subject,
        _I.key,
    )
    .join(MESSAGES, _M.id == _I.message_id)
    .where(_I.id == given("number"))
)


@dataclass(frozen=True, slots=True)
class AskedLetter:
    """A letter with the message that carried it; ``reader`` is whom that was written to, ``entry``
    the one of the journal that owed it.
    """

    letter: Letter
    root: CaseId
    reader: PersonId
    subject: str
    entry: int


def asked(session: Session, number: int) -> AskedLetter | None:
    """A letter by its number; None where it was not written, or there is none."""
    row = session.first(_ASKED, number=number)
    if row is None:
        return None
    person = None if row[6] is None else PersonId(row[6])
    owed = LetterOwed(row[4], row[5], person, row[7], facts=to_mapping(row[8]))
    letter = Letter(
        row[0],
        CaseId(row[1]),
        row[3],
        owed,
        to_instant(row[9]),
        name=row[5],
        state=row[10],
    )
    return AskedLetter(
        letter, CaseId(row[2]), PersonId(row[11]), row[12], int(row[13].split("/")[1])
    )
