"""The letters that running cases send: those they are pinned to, in words that may be mended."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from engine.model.definition import Workflow
from runtime.definitions import letters_of
from storage.cases import cases
from storage.database import meta
from storage.database.transactions import Database, Session, reading, transaction
from storage.programme import catalogues, definitions
from storage.programme.catalogues import Letters, Mended
from workflows.programme import Programme
from workflows.schema.digests import digest_of, digest_of_letters

if TYPE_CHECKING:
    from notifications.render import Templates

_WORDS = "words"  # the key under which a database holds the hash of each text
Texts = Callable[[str], "Templates"]


def keep(session: Session, programme: Programme, name: str, now: datetime) -> Workflow:
    """Keep a definition with the letters it sends, so that its cases can always go on (P12)."""
    workflow, letters = programme.workflows[name], ""
    if programme.letters_text:
        letters = digest_of_letters(programme.letters)
        catalogues.keep(session, Letters(letters, programme.letters_text, programme.words), now)
    definitions.keep(session, workflow, programme.text_of(name), now, letters)
    return workflow


def texts(folder: Path, programme: Programme, database: Database) -> Texts:
    """By the definition of a case the texts of its letters.

    A text that stands in the folder is taken as it stands, mended or not. One that is gone, or
    that says what the letters of the case do not know, is taken as it was when they were kept.
    """
    current = {each.digest for each in programme.workflows.values()}

    @cache
    def of_catalogue(letters: str) -> "Templates":
        from runtime.texts import texts_of  # noqa: PLC0415 - late: most commands write no letter

        if not letters:
            return texts_of(folder, programme.letters, spoken=programme.spoken)
        with reading(database) as session:
            kept = catalogues.kept(session, letters)
        if kept is None:
            return texts_of(folder, programme.letters, spoken=programme.spoken)
        return texts_of(folder, letters_of(kept.text), kept.words, programme.spoken)

    @cache
    def of_definition(digest: str) -> "Templates":
        if digest in current:
            return of_catalogue("")
        with reading(database) as session:
            found = definitions.kept(session, digest)
        return of_catalogue(found.letters if found is not None else "")

    return of_definition


def note_words(database: Database, programme: Programme, now: datetime) -> None:
    """Note once that the words of the letters were mended, and which."""
    hashes = {path: digest_of(text) for path, text in programme.words.items()}
    written = json.dumps(hashes, sort_keys=True)
    with reading(database) as session:
        if meta.get(session, _WORDS) == written:
            return
    with transaction(database) as session:
        cases.lock_programme(session)  # of several that start at once, one notes it
        before = meta.get(session, _WORDS)
        if before == written:
            return
        meta.put(session, _WORDS, written)
        known = json.loads(before) if before else hashes
        paths = sorted({**known, **hashes})
        changed = tuple(path for path in paths if known.get(path) != hashes.get(path))
        if changed:
            catalogues.mend(session, Mended(digest_of(written), now, changed))
