"""Messages out of letters that go to one person now: one each, or several in one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.dates.view import View
from engine.model.dossier import PersonId
from notifications.addresses import Correspondent
from notifications.composition import Part, digest_facts
from notifications.headers import Kind
from notifications.message import Envelope, compose
from notifications.parts import Invitation
from notifications.render import Rendered
from notifications.wording import Reader
from runtime.calendar_items import Told, invitation_of
from runtime.families import Families
from runtime.letter_facts import Occasion, gather
from runtime.wiring import Runtime
from runtime.workers.letters_ready import Ready
from runtime.workers.reply_to import AnsweredAt, office, organiser, reply_to
from storage.mail import threads
from storage.mail.intents import OwedLetter
from storage.mail.outbox import NewMessage

_OF_A_CASE = ("fact.", "case.", "parties.", "event.")  # where facts about one case are found


@dataclass(frozen=True, slots=True)
class Message:
    """Letters to one person that go as one message."""

    letters: tuple[Ready, ...]
    rendered: Rendered
    answers: AnsweredAt
    invitation: Invitation | None = None
    thread: tuple[str, ...] = ()  # the earlier messages of its matter

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(number for each in self.letters for number in each.numbers))

    def frozen(self, runtime: Runtime) -> NewMessage:
        """The message as bytes that never change (P3 d)."""
        first = self.letters[0]
        now, person = first.view.now, first.person
        address = runtime.settings.mail.from_address
        envelope = Envelope(
            message_id=message_id(runtime, first.intent),
            composed_at=now,
            sender=Correspondent(_sender_name(runtime, first.view), address),
            reply_to=self.answers.address,
            recipient=Correspondent(person.name, person.email),
            list_id=f"{runtime.programme.name}.{_domain(runtime)}",
            kind=Kind.ASK if any(each.stage.asks for each in self.letters) else Kind.NOTICE,
            thread=self.thread,
        )
        composed = compose(envelope, self.rendered, self.invitation)
        return NewMessage(
            message_id=composed.message_id,
            person=person.id,
            recipient=composed.recipient,
            subject=composed.subject,
            text=self.rendered.text,
            frozen=composed.frozen,
            composed_at=now,
            next_at=now,
            reply_token=self.answers.token,
        )


def single(families: Families, letter: Ready) -> Message:
    """A letter as a message of its own, with what it says for the calendar of its reader."""
    rendered = letter.texts.render(letter.stage.id, letter.facts, letter.reader, letter.along)
    answers = reply_to(families.runtime, letter.view, letter.person)
    return Message(
        letters=(letter,),
        rendered=rendered,
        answers=answers,
        invitation=_invitation(families, letter, rendered, answers),
        thread=threads.earlier(families.session, letter.intent.id, letter.person.id),
    )


def _invitation(
    families: Families, letter: Ready, rendered: Rendered, answers: AnsweredAt
) -> Invitation | None:
    """What goes into the calendar of its reader, where it tells of a meeting."""
    runtime, person = families.runtime, letter.person
    about = next((each.number for each, _ in letter.spoken if each.owed.meeting), None)
    if about is None:
        return None
    answered_at = organiser(runtime, families.session, about, person, answers)
    told = Told(person, letter.reader, rendered.text, answered_at.address, bool(answered_at.token))
    return invitation_of(runtime, letter.spoken, told)


def groups(runtime: Runtime, letters: Sequence[Ready]) -> Iterator[tuple[Ready, ...]]:
    """The letters that may go in one message: what tells of a meeting goes alone, as its
    invitation does, and so does what goes to a role of which nothing says how to merge.
    """
    together: dict[PersonId, list[Ready]] = {}
    for each in letters:
        if each.tells_of_meeting or each.role not in runtime.programme.letters.attention:
            yield (each,)
        else:
            together.setdefault(each.person.id, []).append(each)
    yield from map(tuple, together.values())


def merged(runtime: Runtime, letters: tuple[Ready, ...]) -> Message:
    """Several letters in one. LetterError where the programme has no text for that."""
    first = letters[0]
    stage_id = runtime.programme.letters.attention[first.role].merged
    texts, stage = first.texts, first.texts.catalogue.stage(stage_id)
    # In one language, which all of them speak.
    reader = texts.understood(first.reader, stage_id, *(each.stage.id for each in letters))
    several = len({each.intent.root_id for each in letters}) > 1
    facts = digest_facts([_part(each, reader, several=several) for each in letters])
    names = texts.used_facts(stage_id) - facts.keys()
    if several:
        # It speaks of no one pair.
        catalogue = texts.catalogue
        about = {n for n in names if catalogue.facts[n].source.startswith(_OF_A_CASE)}
        facts |= {name: None for name in about if catalogue.facts[name].optional}
    occasion = Occasion(stage, first.person, "", first.view, stage.letter, reader)
    facts |= gather(texts.catalogue, names - facts.keys(), occasion)
    answers = reply_to(runtime, first.view, first.person)
    return Message(letters, texts.render(stage_id, facts, reader), answers)


def _part(letter: Ready, reader: Reader, *, several: bool) -> Part:
    words = letter.texts.words(letter.stage.id, letter.facts, reader, letter.along)
    about = letter.intent.reference if several else ""
    return Part(letter.stage, words, letter.letter.owed.due_on, about)


def message_id(runtime: Runtime, intent: OwedLetter) -> str:
    """The same for ever: made of the letter's cause and the programme's domain (P3)."""
    name = intent.key.replace("/", ".")
    return f"<{runtime.programme.name}.{runtime.token}.{name}@{_domain(runtime)}>"


def _domain(runtime: Runtime) -> str:
    return runtime.settings.mail.from_address.partition("@")[2]


def _sender_name(runtime: Runtime, view: View) -> str:
    name = runtime.settings.mail.from_name
    people = [view.dossier.people_as(role) for role in office(view)[:1]]
    return f"{people[0][0].name}, {name}" if people and people[0] else name
