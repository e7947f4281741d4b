"""The whole story of one letter: owed, when it goes, in which message, every try, and its end."""

from dataclasses import dataclass

from runtime.queries.letters import LetterLine, MessageLine, letter_line, message
from runtime.wiring import Runtime
from storage.database.transactions import reading
from storage.journal.arranged import Decided, decided
from storage.mail import queries
from storage.mail.queries import LetterQuery


@dataclass(frozen=True, slots=True)
class LetterStory:
    """A letter, what people decided of it, the letters beside it, and its message if it has one.

    ``beside``: the numbers of those in one message with it.
    """

    letter: LetterLine
    decided: tuple[Decided, ...]
    beside: tuple[int, ...]
    message: MessageLine | None


def letter_story(runtime: Runtime, number: int) -> LetterStory:
    """What became of a letter so far; NotFoundError when there is none of this number."""
    with reading(runtime.database) as session:
        found = queries.letter(session, number)
        asked = LetterQuery(message=found.message)
        acts = decided(session, found.case_id).get(number, ())
        together = queries.letters(session, asked) if found.message is not None else ()
    beside = tuple(each.id for each in together if each.id != number)
    written = message(runtime, number) if found.message is not None else None
    return LetterStory(letter_line(runtime, found), acts, beside, written)
