"""Letters owed become messages, rendered once and frozen, or end with the reason why not."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from engine.dates.view import View
from engine.decide.ends import NEEDS_HUMAN, OWED, WAITS, looked_at_again
from engine.decide.together import Together
from engine.errors import ProjectError
from engine.letters.catalogue import LetterError, Stage
from engine.model.dossier import CaseId, Person
from engine.model.family import Family, Letter
from engine.model.outcomes import LetterOwed
from notifications.addresses import Correspondent
from notifications.headers import Kind
from notifications.message import Envelope, compose
from notifications.parts import Invitation
from notifications.render import Rendered
from notifications.wording import Reader, listed
from runtime.calendar_items import Told, invitation_of
from runtime.families import Families
from runtime.letter_facts import Addressee, facts_of, reader_at, reader_of
from runtime.wiring import Runtime
from runtime.workers.reply_to import office, reply_to
from storage.database.transactions import Session, savepoint, transaction
from storage.directory import directory
from storage.directory.directory import Contact
from storage.errors import UnavailableError
from storage.mail import outbox, threads
from storage.mail.outbox import NewMessage, OwedLetter, TakenError
from storage.programme import incidents
from storage.programme.incidents import of_letter

log = logging.getLogger(__name__)

_BATCH = 50
_LEFT = "left"  # to another letter, or to another worker


class NobodyError(ProjectError):
    """A letter has no reader: nobody plays that role or can be reached, or the case rests."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A letter in words, and to whom."""

    view: View
    stage: Stage
    person: Contact
    rendered: Rendered
    invitation: Invitation | None
    thread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """How many letters were composed, found needless, or could not be written."""

    composed: int = 0
    superseded: int = 0
    failed: int = 0


def compose_owed(runtime: Runtime, *, stop: Callable[[], bool] = lambda: False) -> Composed:
    """Render every owed letter, once, and freeze its bytes (P3 d)."""
    counts = {"composed": 0, "superseded": 0, "failed": 0, _LEFT: 0}
    looked_at = 0
    while not stop():
        with transaction(runtime.database) as session:
            intents = outbox.owed(session, limit=_BATCH, after=looked_at)
            # One letter goes to many people of a case.
            known: dict[CaseId, Family] = {}
            families = Families(session, runtime, runtime.clock())
            for intent in intents:
                counts[_compose_one(families, intent, known)] += 1
                looked_at = intent.id
        if len(intents) < _BATCH:
            break
    return Composed(counts["composed"], counts["superseded"], counts["failed"])


def _compose_one(families: Families, intent: OwedLetter, known: dict[CaseId, Family]) -> str:
    session = families.session
    try:
        with savepoint(session):
            if intent.case_id not in known:
                known[intent.case_id] = families.look(intent.case_id)
            return families.looking(
                known[intent.case_id], lambda family: _write(families, intent, family)
            )
    except TakenError:
        return _LEFT  # another worker was faster: the next beat sees what it wrote
    except UnavailableError:
        raise  # no fault of the letter: it is owed still when the database is back
    except Exception as error:  # the edge of a beat: one bad letter harms only itself (P18)
        what = str(error) if isinstance(error, ProjectError) else repr(error)
        log.warning("letter failed: %s", what, exc_info=not isinstance(error, ProjectError))
        outbox.need_human(session, (intent.id,), what)
        trouble = replace(of_letter(intent.letter, intent.key), what=what, case_id=intent.case_id)
        if isinstance(error, NobodyError):
            # A role without anybody is one trouble, however many letters it is owed.
            trouble = replace(trouble, cause=what)
        incidents.report(session, trouble, families.now)
        return "failed"


def _write(families: Families, intent: OwedLetter, family: Family) -> str:
    runtime, session, now = families.runtime, families.session, families.now
    dossier = family.whole(intent.case_id)
    view = View(runtime.workflow_of(dossier), dossier, now, intent.facts)
    letter = looked_at_again(_letter(intent), view)
    if letter.state == NEEDS_HUMAN:
        raise NobodyError(letter.reason)
    if letter.state != OWED or letter.owed.person is None:
        return _ended(session, letter)
    texts = runtime.texts(dossier.digest)
    together = Together(family, texts.catalogue, now, texts.said_facts)
    if together.is_taken_along(letter):
        return _LEFT
    person = directory.person(session, letter.owed.person)
    reader = _reader(session, view, intent.audience, person)
    same = together.to_one_mailbox(letter)
    person = _greeted(person, [dossier.reader(each.owed.person) for each in same], reader)
    along = _along(runtime, together, letter, person)
    told = [(each.owed.letter, known) for each, known in along]
    rendered = texts.render(intent.letter, facts_of(runtime, view, letter, person), reader, told)
    spoken = [(letter, view), *((each, together.view(each)) for each, _ in along)]
    item = invitation_of(runtime, spoken, Told(person, reader, rendered.text))
    thread = threads.earlier(session, intent.id, person.id)
    message = _message(
        runtime,
        intent,
        _Written(view, texts.catalogue.stage(intent.letter), person, rendered, item, thread),
    )
    numbers = (
        each.number
        for each in (*same, *together.said_besides(letter), *(each for each, _ in along))
    )
    outbox.compose(session, message, (intent.id, *numbers))
    return "composed"


def _ended(session: Session, letter: Letter) -> str:
    """One whose reader is away is owed still; any other has its end."""
    if letter.state == WAITS:
        return _LEFT
    outbox.end(session, (letter.number,), letter.state, letter.reason)
    return "superseded"


def _reader(session: Session, view: View, audience: str, person: Contact) -> Reader:
    """Whoever reads it, by the clocks of their centre: also one who has left the case since."""
    if person.centre_id is None or view.dossier.reader(person.id) is not None:
        return reader_of(view, audience, person)
    left = directory.centre(session, directory.centre_key(session, person.centre_id))
    return reader_at(left.zone, view.now, person.language, left.language)


def _greeted(person: Contact, others: Sequence[Person | None], reader: Reader) -> Contact:
    """Whoever reads a mailbox, all of them by name: one letter goes to it."""
    names = [person.name, *(each.name for each in others if each is not None)]
    return replace(person, name=listed(names, reader)) if len(names) > 1 else person


def _message(runtime: Runtime, intent: OwedLetter, written: "_Written") -> NewMessage:
    now, person, rendered = written.view.now, written.person, written.rendered
    replies, token = reply_to(runtime, written.view, person)
    envelope = Envelope(
        message_id=message_id(runtime, intent),
        composed_at=now,
        sender=Correspondent(
            _sender_name(runtime, written.view), runtime.settings.mail.from_address
        ),
        reply_to=replies,
        recipient=Correspondent(person.name, person.email),
        list_id=_list_id(runtime),
        kind=Kind.ASK if written.stage.asks else Kind.NOTICE,
        thread=written.thread,
    )
    composed = compose(envelope, rendered, written.invitation)
    return NewMessage(
        message_id=composed.message_id,
        person=person.id,
        recipient=composed.recipient,
        subject=composed.subject,
        text=rendered.text,
        frozen=composed.frozen,
        composed_at=now,
        next_at=now,
        reply_token=token,
    )


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


def _letter(intent: OwedLetter) -> Letter:
    owed = LetterOwed(
        intent.letter, intent.audience, intent.person, intent.ladder, facts=intent.facts
    )
    return Letter(
        intent.id, intent.case_id, intent.stay, owed, intent.owed_at, name=intent.audience
    )


def message_id(runtime: Runtime, intent: OwedLetter) -> str:
    """The same for ever: made of the letter's cause and the programme's domain (P3)."""
    name = intent.key.replace("/", ".")
    return f"<{runtime.programme.name}.{runtime.token}.{name}@{_domain(runtime)}>"


def _list_id(runtime: Runtime) -> str:
    return f"{runtime.programme.name}.{_domain(runtime)}"


def _domain(runtime: Runtime) -> str:
    return runtime.settings.mail.from_address.partition("@")[2]


def _sender_name(runtime: Runtime, view: View) -> str:
    name = runtime.settings.mail.from_name
    people = [view.dossier.people_as(role) for role in office(view)[:1]]
    return f"{people[0][0].name}, {name}" if people and people[0] else name
