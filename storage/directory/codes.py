"""The codes of centres, by their hashes, and how often a wrong one was typed (security 13)."""

from datetime import datetime

from sqlalchemy import select, update

from storage.database.columns import from_instant, to_instant
from storage.database.session import Session
from storage.database.statements import Change, Statement, given, upsert
from storage.schema.tables import CENTRES, CODES

MOST_WRONG = 5  # in a row: then nobody signs by this code any more

_C = CODES.c
_CENTRE = select(CENTRES.c.id).where(CENTRES.c.key == given("centre")).scalar_subquery()
_IT = _C.centre_id == _CENTRE
_RENEW = Change(upsert(CODES, _C.hash, _C.made_at, _C.wrong, centre_id=_CENTRE, wrong=0))
# Counted before it is compared: of many who try at once, no more than so many are compared.
_TRY = Statement[tuple[str, int]](
    update(CODES)
    .where(_IT, _C.wrong < MOST_WRONG)
    .values({_C.wrong: _C.wrong + 1})
    .returning(_C.hash, _C.wrong)
)
_MADE = Statement[tuple[str]](select(_C.made_at).where(_IT))
_RIGHT = Change(update(CODES).where(_IT).values({_C.wrong: 0}))


def renew(session: Session, centre: str, hashed: str, now: datetime) -> None:
    """A centre has this code from now on, and none that it had before."""
    session.change(_RENEW, centre=centre, hash=hashed, made_at=from_instant(now))


def made_at(session: Session, centre: str) -> datetime | None:
    """When the code of a centre was made; None where it has never had one."""
    row = session.first(_MADE, centre=centre)
    return None if row is None else to_instant(row[0])


def tried(session: Session, centre: str) -> tuple[str, int] | None:
    """Count a try: the hash to compare with, and how many were wrong if this one is.

    None: the centre has no code, or it was tried too often.
    """
    return session.first(_TRY, centre=centre)


def was_right(session: Session, centre: str) -> None:
    """The last try was no wrong one, and those before are forgotten."""
    session.change(_RIGHT, centre=centre)
