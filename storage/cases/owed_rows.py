"""The letters that a decision owes, and those that end with it."""

from collections.abc import Iterable

from sqlalchemy import update

from engine.model.dossier import CaseId
from engine.model.family import Letter
from storage.database.columns import from_instant, from_json
from storage.database.session import Session
from storage.database.statements import Change, given, insert_into
from storage.schema.tables import INTENTS

_OWE = Change(insert_into(INTENTS, message_id=None, goes_at="", held_until="", held_why=""))
_END_LETTER = Change(
    update(INTENTS)
    .where(INTENTS.c.id == given("number"), INTENTS.c.state == "owed")
    .values({INTENTS.c.state: given("end"), INTENTS.c.reason: given("reason")})
)


def owe(session: Session, root: CaseId, letters: Iterable[tuple[str, Letter]]) -> None:
    """The letters owed, each with the key of its cause: written twice it would be one."""
    session.later(_OWE, [_owed(root, key, letter) for key, letter in letters])


def end_letters(session: Session, ended: Iterable[Letter]) -> None:
    rows = ({"number": e.number, "end": e.state, "reason": e.reason} for e in ended)
    session.later(_END_LETTER, rows)


def _owed(root: CaseId, key: str, letter: Letter) -> dict[str, object]:
    return {
        "key": key,
        "case_id": letter.case_id,
        "root_id": root,
        "stay": letter.stay,
        "letter": letter.owed.letter,
        "audience": letter.owed.audience,
        "person_id": letter.owed.person,
        "ladder": letter.owed.ladder,
        "meeting": letter.owed.meeting,
        "facts": from_json(letter.owed.facts),
        "owed_at": from_instant(letter.owed_at),
        "state": letter.state,
        "reason": letter.reason,
    }
