"""A letter, or several to one person, as the message that goes: its bytes never change (P3 d)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.letters.conversations import conversation_of
from notifications.addresses import Correspondent
from notifications.headers import Kind
from notifications.link_slots import taken_out
from notifications.message import Envelope, compose
from notifications.parts import Invitation
from notifications.render import Rendered
from notifications.wording import Reader
from runtime import links
from runtime.calendar_items import Told, invitation_of
from runtime.families import Families
from runtime.links import without_tokens
from runtime.wiring import Runtime
from runtime.workers.letters_ready import Ready, addressed
from runtime.workers.reply_to import AnsweredAt, organiser, reply_to, sender_name
from storage.directory.directory import Contact
from storage.mail import outbox, threads
from storage.mail.intents import OwedLetter
from storage.mail.outbox import NewMessage
from storage.mail.threads import Thread

_Words = tuple[str, Mapping[str, object], Reader, tuple[tuple[str, Mapping[str, object]], ...]]


@dataclass(frozen=True, slots=True)
class Message:
    """Letters that go as one message, ``to`` all who read them in its mailbox."""

    letters: tuple[Ready, ...]
    to: Contact
    rendered: Rendered
    answers: AnsweredAt
    thread: Thread  # that of the letter that gives it its subject
    invitation: Invitation | None = None

    def freeze(self, families: Families) -> None:
        """Keep the message as bytes that never change."""
        runtime = families.runtime
        first, views = self.letters[0], [each.view for each in self.letters]
        now, address = first.view.now, runtime.settings.mail.from_address
        envelope = Envelope(
            message_id=message_id(runtime, first.intent),
            composed_at=now,
            sender=Correspondent(sender_name(runtime, views), address),
            reply_to=(self.answers.address, *self.answers.besides),
            recipient=Correspondent(self.to.name, self.to.email),
            list_id=f"{runtime.programme.name}.{_domain(runtime)}",
            kind=Kind.ASK if any(each.stage.asks for each in self.letters) else Kind.NOTICE,
            thread=self.thread.earlier,
        )
        composed = compose(envelope, self.rendered, self.invitation)
        message = NewMessage(
            message_id=composed.message_id,
            person=self.to.id,
            recipient=composed.recipient,
            subject=composed.subject,
            text=self.rendered.text,
            frozen=composed.frozen,
            composed_at=now,
            next_at=now,
            reply_token=self.answers.token,
            conversation=self.thread.conversation,
        )
        kept(families, message, self.letters)


def kept(families: Families, message: NewMessage, letters: Sequence[Ready]) -> int:
    """Keep a message with the letters in it, the tokens of its links apart from its words.

    From now on each of its links opens its page.
    """
    new = tuple(each.link for each in letters if each.link is not None)
    apart = {each.link.letter: each.token for each in new}
    message = replace(
        message,
        text=without_tokens(message.text),
        frozen=taken_out(message.frozen, apart),
        tokens=apart,
    )
    numbers = dict.fromkeys(number for each in letters for number in each.numbers)
    found = outbox.compose(families.session, message, numbers)
    for each in new:
        links.keep(families.session, families.runtime, each.link, each.token)
    return found


def single(families: Families, letter: Ready) -> Message:
    """A letter as a message of its own, with what it says for the calendar of its reader."""
    rendered = letter.texts.render(*_words(letter), letter.shown)
    to = addressed(letter.person, letter.readers, letter.reader)
    answers = reply_to(families.runtime, [letter.view], letter.person)
    return Message(
        letters=(letter,),
        to=to,
        rendered=rendered,
        answers=answers,
        thread=thread_of(families, letter, to),
        invitation=_invitation(families, letter, rendered, answers),
    )


def thread_of(families: Families, letter: Ready, to: Contact) -> Thread:
    """The conversation that a letter goes on with in the mail of its reader."""
    overview = letter.texts.catalogue.overview
    everything = overview.full.partition(".")[0] if overview is not None else ""
    own = conversation_of(letter.view, letter.letter, everything)
    return threads.thread(families.session, letter.letter.owed, to.id, own)


def _words(letter: Ready) -> _Words:
    return letter.stage.id, letter.facts, letter.reader, letter.along


def _invitation(
    families: Families, letter: Ready, rendered: Rendered, answers: AnsweredAt
) -> Invitation | None:
    """What goes into the calendar of its reader, where it tells of a meeting."""
    runtime, to = families.runtime, addressed(letter.person, letter.readers, letter.reader)
    about = next((each.number for each, _ in letter.spoken if each.owed.meeting), None)
    if about is None:
        return None
    answered_at = organiser(runtime, families.session, about, to, answers)
    # Calendars are read by others as well: no link stands in them.
    text = letter.texts.render(*_words(letter)).text if letter.link else rendered.text
    told = Told(to, letter.reader, text, answered_at.address, bool(answered_at.token))
    return invitation_of(runtime, letter.spoken, told)


def message_id(runtime: Runtime, intent: OwedLetter) -> str:
    """The same for ever: made of the letter's cause and the programme's domain (P3)."""
    name = intent.key.replace("/", ".")
    return f"<{runtime.programme.name}.{runtime.token}.{name}@{_domain(runtime)}>"


def _domain(runtime: Runtime) -> str:
    return runtime.settings.mail.from_address.partition("@")[2]
