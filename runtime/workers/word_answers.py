"""A reply that is one offered word, from whoever was asked, becomes their answer (R-03)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from engine.decide.offered import role_of
from engine.letters.answers import Answer
from engine.letters.wishes import others_of_team
from engine.model.people import Person
from notifications.answer_words import readable
from notifications.composition import asked_alone
from notifications.inbound.reply_words import Understood, Unsure, answer_in
from runtime.asking import asking_of
from runtime.families import Families
from runtime.letter_versions import offers_the_same, written_by
from runtime.use_cases.answer_letter import Became, Chosen, GivenAnswer, answered_in
from runtime.workers.answered import Answered, new_lines
from storage.directory.directory import Contact
from storage.mail.asked_letters import asked
from storage.mail.enclosed import Enclosed


@dataclass(frozen=True, slots=True)
class ByWord:
    """What a reply was taken for; ``is_done`` where nobody has to read it any more."""

    says: str
    is_done: bool = False


_NO_WORD = ByWord("")


@dataclass(frozen=True, slots=True)
class _Speaking:
    """A letter that takes words, and what it offered by the version that it was written by."""

    letter: Enclosed
    digest: str
    answers: tuple[Answer, ...]
    asks: bool


def by_word(acting: Families, found: Answered | None, person: Contact | None, text: str) -> ByWord:
    """Do what the one word of a reply answers, as the act of whoever wrote it.

    Whose letter it is proves its token, that it is their own their address; whatever else is in
    doubt is for a person, and ``says`` why.
    """
    if found is None or not found.proven or person is None:
        return _NO_WORD
    speaking = _asking(acting, found)
    if speaking is None:
        return _NO_WORD
    if speaking.letter.reader != person.id:
        return ByWord("it is not of whoever was asked")
    understood = _understood(acting, found, speaking, person, text)
    if isinstance(understood, Unsure):
        return ByWord(understood.why)
    number = speaking.letter.letter.number
    given = answered_in(acting, Chosen(number, person.key, understood.answer, understood.values))
    if given.became in {Became.RECORDED, Became.PASSED_ON} and not given.lacks:
        return ByWord(f"answered: {given.says}", is_done=True)
    return ByWord("; ".join((given.became.value, *_since(given), *given.lacks, *given.wrong)))


def _since(given: GivenAnswer) -> Iterator[str]:
    """Who ended what the letter asks, with what, and when."""
    if given.since is not None:
        who = given.since.who or "the programme itself"
        yield f"{given.since.what}, by {who} on {given.since.at:%Y-%m-%d}"


def _asking(acting: Families, found: Answered) -> _Speaking | None:
    """The letter of a message that takes words: the only one, or of several the one that asks."""
    speaking = [each for each in map(partial(_speaking, acting), found.carried) if each]
    if len(speaking) == 1:
        return speaking[0]
    return asked_alone(speaking, lambda each: each.asks)


def _speaking(acting: Families, letter: Enclosed) -> _Speaking | None:
    """A letter that offers words, to a side: the office gets what a side is asked as a copy."""
    stage, asked_letter = letter.letter.owed.letter, asked(acting.session, letter.letter.number)
    if asked_letter is None:
        return None
    digest = written_by(acting.session, asked_letter)
    answers = acting.runtime.answers_of(digest).of(stage)
    to_side = role_of(letter.letter) in acting.runtime.workflow(digest).sides
    if not to_side or not any(each.word for each in answers):
        return None
    asks = acting.runtime.texts(digest).catalogue.stage(stage).asks
    return _Speaking(letter, digest, answers, asks)


def _understood(
    acting: Families, found: Answered, speaking: _Speaking, person: Contact, text: str
) -> Understood | Unsure:
    spoken, ours = acting.runtime.texts(speaking.digest).shelf.spoken, found.letter.text
    known = readable(spoken, speaking.answers, ours, acting.today, person.name)
    known = replace(known, team=_team(acting, speaking.letter, person))
    understood = answer_in(new_lines(acting, found, text), known)
    if isinstance(understood, Understood) and not _is_meant_still(acting, speaking, understood):
        return Unsure("its case was brought to another version since, which has no such answer")
    return understood


def _is_meant_still(acting: Families, speaking: _Speaking, given: Understood) -> bool:
    """Whether an answer means by the version that its case is on what its letter said it means."""
    letter = speaking.letter.letter
    now = acting.look(letter.case_id).whole(letter.case_id).digest
    stage, before = letter.owed.letter, speaking.digest
    return offers_the_same(acting.runtime, stage, before, now, only=given.answer)


def _team(acting: Families, letter: Enclosed, person: Contact) -> tuple[Person, ...]:
    """The others whom its reader may name to be asked in their place."""
    asking = asking_of(acting, letter.letter.number, person.key)
    if asking is None:
        return ()
    return others_of_team(asking.view, person.id, role_of(asking.asked.letter))
