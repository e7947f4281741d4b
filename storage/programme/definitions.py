"""Every definition a case ever ran on, word for word, so that it can go on (P12)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.model.definition import Workflow
from storage.database.columns import from_instant, to_instant
from storage.database.session import Session
from storage.database.statements import Change, Statement, given, upsert
from storage.schema.tables import DEFINITIONS

_Row = tuple[str, str, str, str, str, str, str]
_D = DEFINITIONS.c
_EVERY = select(_D.digest, _D.workflow, _D.programme, _D.version, _D.text, _D.added_at, _D.letters)
_KEEP = Change(upsert(DEFINITIONS))
_KEPT = Statement[_Row](_EVERY.where(_D.digest == given("digest")))
_ALL = Statement[_Row](_EVERY.order_by(_D.workflow, _D.added_at, _D.digest))


@dataclass(frozen=True, slots=True)
class Kept:
    """A definition as it was written when it was first used."""

    digest: str
    workflow: str
    programme: str
    version: str
    text: str
    added_at: datetime
    letters: str = ""  # the digest of the catalogue it sends


def keep(session: Session, workflow: Workflow, text: str, now: datetime, letters: str = "") -> bool:
    """Keep the text of a definition; False when it was kept before."""
    return bool(
        session.change(
            _KEEP,
            digest=workflow.digest,
            workflow=workflow.name,
            programme=workflow.programme,
            version=workflow.version,
            text=text,
            added_at=from_instant(now),
            letters=letters,
        )
    )


def kept(session: Session, digest: str) -> Kept | None:
    """The definition with this digest, None when it was never kept here."""
    found = session.first(_KEPT, digest=digest)
    return None if found is None else _kept(found)


def every(session: Session) -> tuple[Kept, ...]:
    return tuple(_kept(row) for row in session.all(_ALL))


def _kept(row: _Row) -> Kept:
    digest, workflow, programme, version, text, added_at, letters = row
    return Kept(digest, workflow, programme, version, text, to_instant(added_at), letters)
