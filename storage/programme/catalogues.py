"""The letters of kept definitions, the words they had then, and when words were mended (P12)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.database.columns import from_instant, from_json, to_instant
from storage.database.session import Session
from storage.database.statements import Change, Statement, given, upsert
from storage.schema.tables import CATALOGUES, MENDED_WORDS

_C, _M = CATALOGUES.c, MENDED_WORDS.c
_KEEP = Change(upsert(CATALOGUES))
_KEPT = Statement[tuple[str, str, str, str | None]](
    select(_C.digest, _C.text, _C.words, _C.answers).where(_C.digest == given("digest"))
)
_MENDED = Statement[tuple[str, str, str]](
    select(_M.hash, _M.at, _M.changed).order_by(_M.at, _M.hash)
)
_MEND = Change(upsert(MENDED_WORDS))


@dataclass(frozen=True, slots=True)
class Letters:
    """A catalogue in full, and its texts by where they stand under the folder of words.

    ``answers`` is what it offers as answers: empty for nothing, None where that was not kept.
    """

    digest: str
    text: str
    words: Mapping[str, str]
    answers: str | None


@dataclass(frozen=True, slots=True)
class Mended:
    """The words in force since a moment, and which texts were changed with them."""

    hash: str
    at: datetime
    changed: tuple[str, ...]


def keep(session: Session, letters: Letters, now: datetime) -> None:
    """Keep a catalogue once, with the words of that day."""
    words, added_at = from_json(dict(letters.words)), from_instant(now)
    row = {"digest": letters.digest, "text": letters.text, "words": words, "added_at": added_at}
    session.change(_KEEP, **row, answers=letters.answers)


def kept(session: Session, digest: str) -> Letters | None:
    found = session.first(_KEPT, digest=digest)
    return None if found is None else Letters(found[0], found[1], json.loads(found[2]), found[3])


def mended(session: Session) -> tuple[Mended, ...]:
    """Every time the words were changed, the oldest first."""
    return tuple(
        Mended(words, to_instant(at), tuple(json.loads(changed)))
        for words, at, changed in session.all(_MENDED)
    )


def mend(session: Session, mended: Mended) -> None:
    """Note that the words are others since then."""
    at, changed = from_instant(mended.at), from_json(list(mended.changed))
    session.change(_MEND, hash=mended.hash, at=at, changed=changed)
