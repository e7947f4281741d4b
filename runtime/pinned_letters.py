"""The letters that running cases send, and the answers these offer: those they are pinned to.

Their words may be mended.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from engine.letters.answers import NO_ANSWERS, Answers
from engine.letters.kept_answers import fitting, with_words_of
from engine.letters.spoken import NOTHING, Spoken
from engine.model.definition import Workflow
from runtime.definitions import answers_of, letters_of
from storage.cases import cases
from storage.database import meta
from storage.database.transactions import Database, Session, reading, transaction
from storage.programme import catalogues, definitions
from storage.programme.catalogues import Letters, Mended
from workflows.programme import Programme
from workflows.schema.digests import digest_of, digest_of_letters

if TYPE_CHECKING:
    from notifications.render import Templates

_OF_ANSWERS = "/answers.yaml"
_WORDS = "words"  # the key under which a database holds the hash of each text
Texts = Callable[[str], "Templates"]
Offers = Callable[[Workflow], Answers]
_NONE: Mapping[str, Spoken] = MappingProxyType({})


def keep(session: Session, programme: Programme, name: str, now: datetime) -> Workflow:
    """Keep a definition with the letters it sends, so that its cases can always go on (P12)."""
    workflow, letters = programme.workflows[name], ""
    if programme.letters_text:
        text, words, answers = programme.letters_text, programme.words, programme.answers_text
        letters = digest_of_letters(programme.letters, answers)
        catalogues.keep(session, Letters(letters, text, words, answers), now)
    definitions.keep(session, workflow, programme.text_of(name), now, letters)
    return workflow


def texts(folder: Path, programme: Programme, database: Database) -> Texts:
    """By the definition of a case the texts of its letters.

    A text that stands in the folder is taken as it stands, mended or not. One that is gone, or
    that says what the letters of the case do not know, is taken as it was when they were kept.
    """

    @cache
    def of_catalogue(letters: str) -> "Templates":
        from runtime.texts import texts_of  # noqa: PLC0415 - late: most commands write no letter

        kept = _catalogue(database, letters)
        if kept is None:
            return texts_of(folder, programme.letters, spoken=programme.spoken)
        spoken = _spoken(programme, _answers(kept)[1])
        return texts_of(folder, letters_of(kept.text), kept.words, spoken)

    @cache
    def of_definition(digest: str) -> "Templates":
        return of_catalogue(_sent_by(digest, programme, database))

    return of_definition


def offers(programme: Programme, database: Database) -> Offers:
    """By the definition of a case what its letters offer as answers.

    Those that are in force do what the folder says, others what was kept with their letters, in
    the words of the folder as long as they do the same there. Where nothing was kept, the folder
    says what is offered, as far as the definition can take it.
    """

    @cache
    def of_catalogue(letters: str) -> Answers | None:
        kept = _catalogue(database, letters)
        if kept is None or kept.answers is None:
            return None
        return with_words_of(_answers(kept)[0], programme.answers)

    known: dict[str, Answers] = {
        each.digest: programme.answers for each in programme.workflows.values()
    }

    def of_definition(workflow: Workflow) -> Answers:
        if workflow.digest not in known:
            found = of_catalogue(_sent_by(workflow.digest, programme, database))
            offered = fitting(programme.answers, workflow) if found is None else found
            known[workflow.digest] = offered
        return known[workflow.digest]

    return of_definition


def _sent_by(digest: str, programme: Programme, database: Database) -> str:
    """The catalogue that a definition sends; empty where it is that of the folder."""
    if any(digest == each.digest for each in programme.workflows.values()):
        return ""
    with reading(database) as session:
        found = definitions.kept(session, digest)
    return found.letters if found is not None else ""


def _catalogue(database: Database, letters: str) -> Letters | None:
    if not letters:
        return None
    with reading(database) as session:
        return catalogues.kept(session, letters)


def _answers(kept: Letters) -> tuple[Answers, Mapping[str, Spoken]]:
    return answers_of(kept.answers, kept.words) if kept.answers else (NO_ANSWERS, _NONE)


def _spoken(programme: Programme, kept: Mapping[str, Spoken]) -> Mapping[str, Spoken]:
    """What the folder says in each further language, and of kept answers what it says no more."""
    terms = {language: kept.get(language, NOTHING).terms for language in programme.spoken}
    return {
        language: replace(now, terms={**terms[language], **now.terms})
        for language, now in programme.spoken.items()
    }


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
        # Words of answers that come in with a new version of the programme, or of this software.
        new = {path for path in hashes if path.endswith(_OF_ANSWERS)} - known.keys()
        paths = sorted({**known, **hashes}.keys() - new)
        changed = tuple(path for path in paths if known.get(path) != hashes.get(path))
        if changed:
            catalogues.mend(session, Mended(digest_of(written), now, changed))
