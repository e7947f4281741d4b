"""What a link in a letter opens: who is asked what, by when, and what each choice would do."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from engine.decide.offered import events_of, role_of
from engine.letters.answers import Answer, PassOn, Wish
from engine.letters.open_item import ask_of
from engine.letters.polled import options
from engine.letters.spoken import SOURCE
from engine.letters.wishes import others_of_team
from engine.model.act_titles import title_of
from engine.model.outcomes import Amended, Event, Filed, Signed, Triggered
from notifications.inbound.colleagues import called
from notifications.languages import known
from notifications.wording import written
from runtime.asking import (
    Asking,
    Since,
    leaves_open,
    moved_since,
    opened,
    said_by,
    standing_answer,
)
from runtime.families import Families
from runtime.letter_facts import reader_of
from runtime.queries.taken_back import TakenBack, is_passed_on, receipted, taken_back
from runtime.wiring import Runtime
from storage.database.transactions import reading
from storage.mail.answers import StoredAnswer

_KINDS = {Filed: "filed", Amended: "filed", Signed: "signed", Triggered: "triggered"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value that a choice asks for, with what stands above it.

    ``known`` are names that it may be, of people who can be asked in the reader's place;
    ``options`` are what is on offer, each with its words: several may be chosen.
    """

    name: str
    label: str
    kind: str
    known: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers; ``does`` names what it would file, sign or step to, in this order, or
    what it would take back; ``tells`` are whom a letter of that would reach, by name.
    """

    name: str
    says: str
    does: tuple[str, ...]
    wants: tuple[Wanted, ...]
    wants_code: bool
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """A page for one reader of one letter, in their language; without choices it is over.

    ``due_on`` is the day by which it is asked for; nothing is asked by a receipt.
    ``recorded`` is what they answered, where they have; beside it stand the choices while it was
    only passed on. ``since`` is what ended it otherwise, ``stays`` why an answer is not taken back.
    """

    reader: str
    asker: str
    pair: str
    subject: str
    due_on: date | None
    language: str
    choices: tuple[Choice, ...] = ()
    recorded: str = ""
    since: Since | None = None
    stays: str = ""


def look(runtime: Runtime, token: str) -> AnswerPage | None:
    """What the link with this token opens; nothing is changed. None: it opens nothing."""
    with reading(runtime.database) as session:
        families = Families(session, runtime, runtime.clock())
        found = opened(families, token)
        if found is None:
            return None
        _, asking = found
        return _page(families, asking, standing_answer(families, asking.asked.letter.number))


def _page(families: Families, asking: Asking, stored: StoredAnswer | None) -> AnswerPage:
    letter, view = asking.asked.letter, asking.view
    said = Saying(families.runtime, asking)
    runs = view.dossier.people_as(view.workflow.runs)
    is_open = bool(asking.answers) and (stored is None or leaves_open(asking, stored))
    choices = tuple(map(said.choice, asking.answers)) if is_open else ()
    stays = ""
    taken = receipted(families, asking) if is_open else None
    if taken is not None and not is_passed_on(families, taken):
        found = taken_back(families, taken, asking.reader)
        stays = said.say(found) if isinstance(found, str) else ""
        choices = () if isinstance(found, str) else (said.taking_back(choices[0], found),)
    return AnswerPage(
        reader=asking.reader.name,
        asker=runs[0].name if runs else view.dossier.office.name,
        pair=str(view.value("case.name") or view.dossier.reference),
        subject=asking.asked.subject,
        due_on=ask_of(view, letter.owed.ladder).due_on if choices and taken is None else None,
        language=said.language,
        choices=choices,
        recorded=said.say(said_by(stored)) if stored else "",
        since=None if is_open or stored else moved_since(families, asking),
        stays=stays,
    )


class Saying:
    """The words of a page in the language of whoever it is for."""

    def __init__(self, runtime: Runtime, asking: Asking) -> None:
        self._asking = asking
        self._labels = runtime.answers_of(asking.view.dossier.digest).values
        home = asking.view.dossier.party_of(asking.reader.role).language
        self.language = next(iter(known(asking.reader.language, home)), SOURCE)
        texts = runtime.texts(asking.view.dossier.digest)
        self._named = texts.named

    def choice(self, answer: Answer) -> Choice:
        wants = tuple(
            Wanted(
                each.value.name,
                self.say(self._labels.get(each.value.name, each.value.name)),
                each.value.kind,
                self._known(answer),
                self._options() if each.are_options else (),
            )
            for each in answer.asks
        )
        does = tuple(dict.fromkeys(self._does(answer)))
        return Choice(answer.name, self.say(answer.says), does, wants, answer.is_binding)

    def taking_back(self, choice: Choice, found: TakenBack) -> Choice:
        """The choice with what it would take back, and who would be told."""
        asking = self._asking
        runs = asking.view.dossier.people_as(asking.view.workflow.runs)[:1]
        told = (
            each.name for each in found.decision.letters if each.owed.person != asking.reader.id
        )
        tells = dict.fromkeys((*(each.name for each in runs if each.id != asking.reader.id), *told))
        does = tuple(map(self.say, (found.title, *found.along)))
        return replace(choice, does=does, tells=tuple(tells))

    def _options(self) -> tuple[tuple[str, str], ...]:
        asking = self._asking
        owed, view = asking.asked.letter.owed, asking.view
        reader = reader_of(view, owed.audience, asking.reader)
        found = options(view, owed.ladder, view.now)
        return tuple((each.begins, written(each.begins, reader)) for each in found)

    def _known(self, answer: Answer) -> tuple[str, ...]:
        if answer.does != PassOn(Wish.SOMEONE_ELSE):
            return ()
        asking = self._asking
        letter = asking.asked.letter
        return called(others_of_team(asking.view, asking.reader.id, role_of(letter)))

    def _does(self, answer: Answer) -> Iterator[str]:
        if isinstance(answer.does, PassOn):
            return
        asking = self._asking
        for event in events_of(answer, asking.asked.letter, asking.view, asking.reader, {}):
            title = title_of(asking.view.workflow, _KINDS[type(event)], _what(event))
            if title:
                yield self.say(title)

    def say(self, words: str) -> str:
        """Words of the programme, or of the software, as the reader says them."""
        return self._named(words, self.language)


def _what(event: Event) -> str:
    match event:
        case Filed(name) | Amended(name) | Signed(name) | Triggered(name):
            return name
        case _:
            return ""
