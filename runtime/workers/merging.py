"""Several letters to one person as one message: what is true of all stands around them, once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from engine.letters.catalogue import Catalogue, Stage
from engine.letters.fact_types import FactType
from engine.letters.spoken import SOURCE
from engine.model.people import Person
from notifications.answer_words import WORDS
from notifications.composition import Part, asked_alone, digest_facts, place
from notifications.facts import PEOPLE
from notifications.render import Rendered, Templates
from notifications.wording import Reader
from runtime.families import Families
from runtime.letter_facts import Occasion, gather
from runtime.wiring import Runtime
from runtime.workers.freezing import Message, single, thread_of
from runtime.workers.letters_ready import Ready, addressed
from runtime.workers.reply_to import answering, is_recorded, reply_to
from storage.directory.directory import Contact

_DAY_ASKED = "ask.due_on"
_INSTEAD_OF, _COPIED_FROM, _ALSO = "event.instead_of", "letter.copied_from", "letter.also"
_OF_A_PAIR = ("case.", "fact.", "parties.")
MOST_HTML = 80_000  # bytes; mail programs cut what is longer


def merged(families: Families, letters: tuple[Ready, ...]) -> Iterator[Message]:
    """Several letters in as few messages as have room for them, what is asked first in the first.

    LetterError where the programme has no text for that.
    """
    if len(letters) == 1:
        yield single(families, letters[0])
        return
    message = _message(families, letters)
    if len(message.rendered.html.encode()) <= MOST_HTML:
        yield message
        return
    half = (len(letters) + 1) // 2
    for some in (message.letters[:half], message.letters[half:]):
        yield from merged(families, some)


def _message(families: Families, letters: tuple[Ready, ...]) -> Message:
    merging = _merging(families.runtime, letters)
    parts = [merging.part(each) for each in letters]
    ordered = sorted(zip(parts, letters, strict=True), key=lambda both: place(both[0]))
    return Message(
        letters=tuple(letter for _, letter in ordered),
        to=merging.to,
        rendered=merging.rendered([part for part, _ in ordered]),
        answers=reply_to(families.runtime, [each.view for each in letters], merging.to),
        # What else it asks is asked in a conversation of its own, when it is asked again.
        thread=thread_of(families, ordered[0][1], merging.to),
    )


def said_in(
    texts: Templates, stage: Stage, letters: tuple[Ready, ...], to: Contact, reader: Reader
) -> tuple[Reader, Mapping[str, object]]:
    """Letters that go in one of a stage that speaks for none of them: the language in which all of
    it is understood, and the facts that say them.
    """
    reader = _understood(texts, stage, letters, reader)
    merging = _Merging(letters, texts, stage, reader, to, around=())
    return reader, digest_facts([merging.part(each) for each in letters])


def _merging(runtime: Runtime, letters: tuple[Ready, ...]) -> "_Merging":
    """What stands around them is of the programme as it is: they may be of several versions."""
    programme, first = runtime.programme, letters[0]
    texts = runtime.texts(next(iter(programme.workflows.values())).digest)
    stage = texts.catalogue.stage(programme.letters.attention[first.going.role].merged)
    names = tuple(dict.fromkeys(name for each in letters for name in each.readers))
    reader = _understood(texts, stage, letters, first.reader)
    to = addressed(first.person, names, reader)
    return _Merging(letters, texts, stage, reader, to, around=letters)


def _understood(
    texts: Templates, stage: Stage, letters: tuple[Ready, ...], reader: Reader
) -> Reader:
    """In one language, which all of them speak."""
    stages = {texts: {stage.id}}
    for each in letters:
        stages.setdefault(each.texts, set()).update(each.stages)
    languages = (reader.language, *reader.besides)
    wishes = (replace(reader, language=one, besides=()) for one in languages)
    found = (
        wish
        for wish in wishes
        if all(own.understood(wish, *said) == wish for own, said in stages.items())
    )
    return next(found, replace(reader, language=SOURCE, besides=()))


@dataclass(frozen=True, slots=True)
class _Merging:
    """Letters that go in one of a stage, to one mailbox; `around` are those it speaks for."""

    letters: tuple[Ready, ...]
    texts: Templates
    stage: Stage
    reader: Reader
    to: Contact
    around: tuple[Ready, ...]

    def part(self, letter: Ready) -> Part:
        """A letter with all that is said of it and not of the others."""
        is_of_one = letter.readers == (self.to.name,) or len({e.readers for e in self.around}) == 1
        is_of_one_pair = len({each.intent.root_id for each in self.around}) == 1
        who = answering(letter.view, letter.person) if self._has_several_askers else None
        said = (letter.stage.id, letter.facts, self.reader, letter.along)
        return Part(
            stage=letter.stage,
            words=letter.texts.words(*said, letter.shown),
            due_on=_day_named(letter),
            about="" if is_of_one_pair else letter.intent.reference,
            asked_by=who.name if who is not None else "",
            asker=_reached(who) if who is not None else "",
            instead_of=str(self._own(letter, _INSTEAD_OF) or ""),
            copied_from=_texts(self._own(letter, _COPIED_FROM)),
            also=_texts(self._own(letter, _ALSO)),
            readers=() if is_of_one else letter.readers,
            by_reply=is_recorded(letter.view, letter.person),
            said_beside=self._is_said_beside(letter),
            is_copy=_is_copy(letter),
            is_day_in_title=bool(_days_asked(letter) & letter.texts.subject_facts(letter.stage.id)),
        )

    def rendered(self, parts: list[Part]) -> Rendered:
        used, catalogue = self.texts.used_facts(self.stage.id), self.texts.catalogue
        facts = {name: said for name, said in digest_facts(parts).items() if name in used}
        left = used - facts.keys()
        facts |= {name: self._shared(name) for name in left if catalogue.facts[name].optional}
        references = {each.intent.reference for each in self.letters}
        of_one = references if len(references) == 1 else ()
        reference = " \N{MIDDLE DOT} ".join((self.stage.letter, *of_one))
        first = self.letters[0].view
        occasion = Occasion(self.stage, self.to, "", first, reference, self.reader)
        facts |= gather(catalogue, used - facts.keys(), occasion)
        return self.texts.render(self.stage.id, facts, self.reader)

    def _shared(self, name: str) -> object:
        """What all of them say, for it stands around them; nothing where they differ. The words of
        a reply are those of the one that asks.
        """
        if not self.around:
            return None
        paths = self.texts.catalogue.facts[name].source.split(" or ")
        if paths[0] == WORDS:
            asking = asked_alone(self.letters, _asks)
            return None if asking is None else asking.facts.get(name)
        is_of_one = any(path.startswith(_OF_A_PAIR) for path in paths)
        if is_of_one and len({each.intent.root_id for each in self.letters}) > 1:
            return None  # it would be said of no one pair
        if paths[0].startswith(PEOPLE) and self._has_several_askers:
            return None
        value = self.letters[0].facts.get(name)
        return value if all(each.facts.get(name) == value for each in self.letters) else None

    def _own(self, letter: Ready, source: str) -> object:
        """What a letter alone would say around it; nothing where all of them would say the same."""
        frame, facts = self.texts.frame_facts(self.reader.language), self.texts.catalogue.facts
        names = [name for name in frame if facts[name].source.split(" or ")[0] == source]
        said = (letter.facts.get(name) for name in names if self._shared(name) is None)
        return next((value for value in said if value is not None), None)

    @property
    def _has_several_askers(self) -> bool:
        found = (answering(each.view, each.person) for each in self.letters)
        return len({who.id for who in found if who is not None}) > 1

    def _is_said_beside(self, letter: Ready) -> bool:
        """Whether what a letter says will follow is asked or told in another of them."""
        kept_by = _kept_by(letter.texts.catalogue).get(letter.stage.id, ())
        return any(
            each.stage.id in kept_by
            for each in self.letters
            if each.intent.root_id == letter.intent.root_id
        )


def _day_named(letter: Ready) -> date | None:
    """The day that a letter names to its reader: by which it asks, else the one in its subject."""
    facts, known = letter.facts, letter.texts.catalogue.facts
    asked = _days_asked(letter)
    in_subject = letter.texts.subject_facts(letter.stage.id)
    named = asked or [name for name in in_subject if known[name].type is FactType.DATE]
    days = {day for name in named if isinstance(day := facts.get(name), date)}
    return days.pop() if len(days) == 1 else None


def _days_asked(letter: Ready) -> set[str]:
    """The facts of a letter that name the day by which it asks."""
    known = letter.texts.catalogue.facts
    return {name for name in letter.facts if known[name].source == _DAY_ASKED}


def _said(letter: Ready) -> Mapping[str, object]:
    """The facts of a letter by where they are found."""
    return {letter.texts.catalogue.facts[name].source: said for name, said in letter.facts.items()}


def _is_copy(letter: Ready) -> bool:
    return bool(_said(letter).get(_COPIED_FROM))


def _asks(letter: Ready) -> bool:
    """Whether its reader is asked: a copy asks somebody else."""
    return letter.stage.asks and not _is_copy(letter)


def _kept_by(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    return {promise.stage: promise.kept_by for promise in catalogue.promises}


def _reached(who: Person) -> str:
    return ", ".join(filter(None, (who.name, who.email, who.phone)))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()
