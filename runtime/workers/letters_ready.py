"""A letter that is to be written now: to whom, with which facts, and what goes in it."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.dates.view import View
from engine.decide.offered import goes_alone
from engine.decide.together import Together
from engine.letters.catalogue import LetterError, Stage
from engine.model.dossier import PersonId
from engine.model.family import Letter
from notifications.answer_links import AnswerLink
from notifications.composition import Going
from notifications.render import Templates
from notifications.slots import CAN_WAIT
from notifications.wording import Reader, listed
from runtime.families import Families
from runtime.letter_facts import Addressee, facts_of, reader_at, reader_of
from runtime.links import NewLink, link_for
from runtime.wiring import Runtime
from storage.database.transactions import Session
from storage.directory import directory
from storage.directory.directory import Contact
from storage.mail.intents import OwedLetter
from storage.mail.links import Link

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter with all that its text needs; ``numbers`` are the letters owed that end with it.

    ``person`` has the mailbox that it goes to, and ``readers`` are all who read it there, by name.
    """

    intent: OwedLetter
    letter: Letter
    view: View
    texts: Templates
    stage: Stage
    person: Contact
    readers: tuple[str, ...]
    reader: Reader
    facts: Mapping[str, object]
    along: tuple[tuple[str, Mapping[str, object]], ...]
    spoken: tuple[tuple[Letter, View], ...]  # itself and those that go in it, each in its case
    numbers: tuple[int, ...]
    link: NewLink | None = None  # of its own

    @property
    def shown(self) -> AnswerLink | None:
        """The link as its text shows it."""
        return None if self.link is None else self.link.shown

    @property
    def stages(self) -> tuple[str, ...]:
        """Its own, and those of what goes in it."""
        return (self.stage.id, *(stage for stage, _ in self.along))

    @property
    def going(self) -> Going:
        role = self.letter.owed.audience.partition(".")[0]
        is_alone = any(goes_alone(letter.owed) for letter, _ in self.spoken)
        can_wait = self.stage.urgency in CAN_WAIT
        return Going(self.person.id, role, self.letter.number, is_alone, can_wait)


def ready(
    families: Families, together: Together, intent: OwedLetter, letter: Letter, to: PersonId
) -> Ready:
    """All that the text of a letter needs. LetterError names a fact that is not known."""
    runtime, view = families.runtime, together.view(letter)
    texts = runtime.texts(view.dossier.digest)
    person = directory.person(families.session, to)
    reader = _reader(families.session, view, letter.owed.audience, person)
    same = together.to_one_mailbox(letter)
    others = [view.dossier.reader(each.owed.person) for each in same]
    readers = (person.name, *(each.name for each in others if each is not None))
    greeted = addressed(person, readers, reader)
    besides = together.said_besides(letter)
    along = _along(runtime, together, letter, greeted)
    return Ready(
        intent=intent,
        letter=letter,
        view=view,
        texts=texts,
        stage=texts.catalogue.stage(letter.owed.letter),
        person=person,
        readers=readers,
        reader=reader,
        facts=facts_of(runtime, view, letter, greeted),
        along=tuple((each.owed.letter, known) for each, known in along),
        spoken=((letter, view), *((each, together.view(each)) for each, _ in along)),
        numbers=(
            letter.number,
            *(each.number for each in (*same, *besides, *(each for each, _ in along))),
        ),
        link=_link(families, letter, view, person),
    )


def _link(families: Families, letter: Letter, view: View, person: Contact) -> NewLink | None:
    link = Link(letter.number, person.id, person.key, view.dossier.digest)
    return link_for(families.runtime, letter, view, link)


def _reader(session: Session, view: View, audience: str, person: Contact) -> Reader:
    """Whoever reads it, by the clocks of their centre: also one who has left the case since."""
    if person.centre_id is None or view.dossier.reader(person.id) is not None:
        return reader_of(view, audience, person)
    left = directory.centre(session, directory.centre_key(session, person.centre_id))
    return reader_at(left.zone, view.now, person.language, left.language)


def addressed(person: Contact, readers: Sequence[str], reader: Reader) -> Contact:
    """Whoever reads a mailbox, all of them by name: one letter goes to it."""
    return replace(person, name=listed(list(readers), reader)) if len(readers) > 1 else person


def _along(
    runtime: Runtime, together: Together, letter: Letter, person: Addressee
) -> list[tuple[Letter, dict[str, object]]]:
    """The letters that go in this one, each with its facts; one that lacks any goes alone."""
    found = []
    for each in together.taken_along(letter):
        try:
            found.append((each, facts_of(runtime, together.view(each), each, person)))
        except LetterError as error:
            log.warning("letter %s goes alone: %s", each.owed.letter, error)
    return found
