"""A reply that is one offered word, from whoever was asked, becomes their answer (R-03)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.decide.offered import role_of
from engine.letters.wishes import others_of_team
from engine.model.people import Person
from notifications.answer_words import readable
from notifications.composition import asked_alone
from notifications.inbound.reply_words import Understood, Unsure, answer_in
from runtime.asking import asking_of
from runtime.families import Families
from runtime.use_cases.answer_letter import Became, Chosen, GivenAnswer, answered_in
from runtime.workers.answered import Answered, new_lines
from storage.directory.directory import Contact
from storage.mail.enclosed import Enclosed
from workflows.programme import Programme


@dataclass(frozen=True, slots=True)
class ByWord:
    """What a reply was taken for; ``is_done`` where nobody has to read it any more."""

    says: str
    is_done: bool = False


_NO_WORD = ByWord("")


def by_word(acting: Families, found: Answered | None, person: Contact | None, text: str) -> ByWord:
    """Do what the one word of a reply answers, as the act of whoever wrote it.

    Whose letter it is proves its token, that it is their own their address; whatever else is in
    doubt is for a person, and ``says`` why.
    """
    if found is None or not found.proven or person is None:
        return _NO_WORD
    letter = _asking(acting.runtime.programme, found)
    if letter is None:
        return _NO_WORD
    if letter.reader != person.id:
        return ByWord("it is not of whoever was asked")
    understood = _understood(acting, found, letter, person, text)
    if isinstance(understood, Unsure):
        return ByWord(understood.why)
    chosen = Chosen(letter.letter.number, person.key, understood.answer, understood.values)
    given = answered_in(acting, chosen)
    if given.became in {Became.RECORDED, Became.PASSED_ON} and not given.lacks:
        return ByWord(f"answered: {given.says}", is_done=True)
    return ByWord("; ".join((given.became.value, *_since(given), *given.lacks, *given.wrong)))


def _since(given: GivenAnswer) -> Iterator[str]:
    """Who ended what the letter asks, with what, and when."""
    if given.since is not None:
        who = given.since.who or "the programme itself"
        yield f"{given.since.what}, by {who} on {given.since.at:%Y-%m-%d}"


def _asking(programme: Programme, found: Answered) -> Enclosed | None:
    """The letter of a message that takes words: the only one, or of several the one that asks."""
    stage = programme.letters.stage
    speaking = [each for each in found.carried if _takes_words(programme, each)]
    if len(speaking) == 1:
        return speaking[0]
    return asked_alone(speaking, lambda each: stage(each.letter.owed.letter).asks)


def _takes_words(programme: Programme, letter: Enclosed) -> bool:
    """Whether it offers words, to a side: the office gets what a side is asked as a copy."""
    sides = {side for each in programme.workflows.values() for side in each.sides}
    offered = programme.answers.of(letter.letter.owed.letter)
    return role_of(letter.letter) in sides and any(answer.word for answer in offered)


def _understood(
    acting: Families, found: Answered, letter: Enclosed, person: Contact, text: str
) -> Understood | Unsure:
    programme, ours = acting.runtime.programme, found.letter.text
    answers = programme.answers.of(letter.letter.owed.letter)
    known = readable(programme.spoken, answers, ours, acting.today, person.name)
    known = replace(known, team=_team(acting, letter, person))
    return answer_in(new_lines(acting, found, text), known)


def _team(acting: Families, letter: Enclosed, person: Contact) -> tuple[Person, ...]:
    """The others whom its reader may name to be asked in their place."""
    asking = asking_of(acting, letter.letter.number, person.key)
    if asking is None:
        return ()
    return others_of_team(asking.view, person.id, role_of(asking.asked.letter))
