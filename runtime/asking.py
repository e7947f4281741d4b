"""A letter that somebody was asked by, as it stands now: what it offers, or why it is over."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from engine.dates.view import View
from engine.decide.offered import ANSWER, is_over, offered, role_of
from engine.decide.past_acts import standing
from engine.letters.absences import standing_in
from engine.letters.answers import Act, Answer, Answers, FileRecord, PassOn
from engine.model.act_titles import title_of
from engine.model.definition import SYSTEM
from engine.model.dossier import Dossier, Person
from runtime import links
from runtime.families import Families
from runtime.letter_versions import offers_the_same
from storage.directory import directory
from storage.errors import NotFoundError
from storage.journal import past
from storage.journal.lines import JournalLine, journal_lines
from storage.mail import answers
from storage.mail.answers import StoredAnswer
from storage.mail.asked_letters import AskedLetter, asked
from storage.mail.links import Link

AS_EVER = "asked as ever"  # how a journal says that a wish beside an answer has ended
NOT_NAMED = "took back that somebody else is asked"


@dataclass(frozen=True, slots=True)
class Since:
    """Who did something, what, and when: why a letter asks nothing any more."""

    who: str
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Asking:
    """A letter as it stands now: in its case, to its reader, with what it offers them."""

    asked: AskedLetter
    view: View
    reader: Person
    answers: tuple[Answer, ...]


def asking_of(families: Families, number: int, person: str) -> Asking | None:
    """A letter with what it offers to somebody now; None where it does not ask them.

    It asks its reader alone, as long as they play the role or stand in for whoever does. Once it is
    over, its reader is still told so.
    """
    found = asked(families.session, number)
    if found is None:
        return None
    letter = found.letter
    load = families.load if families.session.writes else families.look
    dossier = load(letter.case_id).whole(letter.case_id)
    workflow = families.runtime.workflow_of(dossier)
    view = View(workflow, dossier, families.now, letter.owed.facts)
    choices = offered(families.runtime.answers_of(dossier.digest), letter, view)
    playing = _playing(view, role_of(letter), person)
    if playing is not None and playing.id in {found.reader, letter.owed.person}:
        return Asking(found, view, playing, choices)
    reader = _known(families, person, role_of(letter))
    was_asked = reader is not None and reader.id == found.reader
    # Also whose answer ended their part in the case may take it back.
    is_told = was_asked and (ANSWER in letter.owed.facts or is_over(letter, view))
    return Asking(found, view, reader, choices) if reader and is_told else None


def opened(families: Families, token: str) -> tuple[Link, Asking] | None:
    """What a link opens, if it opens anything; one answer for all that open nothing.

    A link is of one version of the definition. Brought to another, it opens what it offered as
    long as that means the same there; else nothing, and what was asked is over.
    """
    link = links.known(families.session, token, families.now)
    if link is None:
        return None
    asking = asking_of(families, link.letter, link.key)
    if asking is None:
        return None
    stage, now = asking.asked.letter.owed.letter, asking.view.dossier.digest
    is_same = offers_the_same(families.runtime, stage, link.digest, now)
    return link, asking if is_same else replace(asking, answers=())


def standing_answer(families: Families, letter: int) -> StoredAnswer | None:
    """The answer to a letter that stands; none once it was taken back, by whomever."""
    stored = answers.standing(families.session, letter)
    if stored is None or stands(families, stored):
        return stored
    if families.session.writes:
        answers.undo(families.session, stored.id, families.now)
    return None


def stands(families: Families, stored: StoredAnswer) -> bool:
    """Whether nobody has taken back what an answer made; one that made nothing stays."""
    if stored.is_undone or not stored.entry:
        return not stored.is_undone
    root = families.look(stored.case_id).root
    happened = past.read(families.session, root).happened
    made = (stored.case_id, stored.entry)
    return any((each.case, each.version) == made for each in standing(happened))


def leaves_open(asking: Asking, stored: StoredAnswer) -> bool:
    """Whether an answer was only passed on: who asked for help, or for time, may answer yet."""
    named = (each for each in asking.answers if each.name == stored.answer)
    return any(isinstance(each.does, PassOn) for each in named)


def act_of(families: Families, stored: StoredAnswer) -> Act | None:
    """What an answer does by the version that its case is on; None where that has it no more."""
    dossier = families.look(stored.case_id).whole(stored.case_id)
    every = families.runtime.answers_of(dossier.digest).each()
    return next((each.does for each in every if each.name == stored.answer), None)


def said_by(stored: StoredAnswer) -> str:
    """An answer in the words of its choice, as they were when it was given."""
    return str(json.loads(stored.outcome)["says"])


def moved_since(families: Families, asking: Asking) -> Since | None:
    """What was done in the case that ended what the letter asks; None where nothing shows it."""
    letter, view = asking.asked.letter, asking.view
    about = _records(families.runtime.answers_of(view.dossier.digest), letter.owed.letter)
    since = journal_lines(families.session, letter.case_id, asking.asked.entry)
    others = (each for each in since if each.by != asking.reader.key)
    back = next((each for each in others if letter.is_off and _takes_back(each)), None)
    line = back or next((each for each in since if _ends(each, about)), None)
    if line is None:
        return None
    if line is back:  # it was the wish of a person, who needs no role for it
        return Since(_known_as(families, view.dossier, line.by), NOT_NAMED, line.at)
    what = title_of(view.workflow, line.kind, line.what) or line.what or line.kind
    return Since(_name(families, view.dossier, line), what, line.at)


def _playing(view: View, role: str, key: str) -> Person | None:
    """Somebody as they play a role in the case, or stand in for whoever does."""
    known = (*view.dossier.people_as(role), *standing_in(view.dossier, view.now))
    return next((each for each in known if each.key == key and each.role == role), None)


def _known(families: Families, key: str, role: str) -> Person | None:
    """Somebody who was asked and may have left since."""
    try:
        found = directory.person(families.session, key)
    except NotFoundError:
        return None
    return Person(found.id, found.name, found.email, role, language=found.language, key=key)


def _records(offered: Answers, stage: str) -> frozenset[str]:
    """The records that the answers of a stage file."""
    acts = (each.does for each in offered.of(stage))
    return frozenset(act.record for act in acts if isinstance(act, FileRecord))


def _takes_back(line: JournalLine) -> bool:
    """Whether somebody whom a colleague was to answer for is asked as ever from then on (0065)."""
    return line.kind == "letter_arranged" and line.what.endswith(AS_EVER)


def _ends(line: JournalLine, about: frozenset[str]) -> bool:
    is_other = line.left != line.entered or line.kind == "migrated"
    return is_other or line.what.partition(" ")[0] in about


def _name(families: Families, dossier: Dossier, line: JournalLine) -> str:
    """Whoever did it by name; nobody where the clock did."""
    return "" if line.role == SYSTEM else _known_as(families, dossier, line.by)


def _known_as(families: Families, dossier: Dossier, key: str) -> str:
    known = (each.name for each in dossier.everybody() if each.key == key)
    try:
        return next(known, None) or directory.person(families.session, key).name
    except NotFoundError:
        return key
