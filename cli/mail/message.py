"""`pairing mail show` and `retry`: the story of one letter, and one try more to send it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import typer

from cli.shared.opening import opened, who
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.titles import Titles
from cli.shared.trying import do
from cli.shared.values import whole
from runtime.queries.letter_story import LetterStory, letter_story
from runtime.queries.letters import MessageLine
from runtime.use_cases.retry_letter import retry_letter

Number = Annotated[
    int, typer.Argument(metavar="NUMBER", help="Of the letter, as listed.", parser=whole(1))
]


@dataclass(frozen=True, slots=True)
class MailRetry:
    """A letter that goes out after all."""

    letter: int
    state: str


def show(
    number: Number,
) -> LetterStory:
    """Show the whole story of a letter: when it goes, its message as composed, and every try."""
    with opened() as runtime:
        found = letter_story(runtime, number)
        called = Titles(runtime).letter(found.letter.letter)
    told = f"Letter {number}, {called}, of {found.letter.case} to {found.letter.name or 'nobody'}"
    return answer(
        found,
        told,
        Table(("what", "when", "why"), sorted(_stops(found), key=_when), empty=""),
        *(_written(found.message) if found.message is not None else ()),
    )


def _when(stop: Sequence[object]) -> tuple[bool, float]:
    at = stop[1]
    return (False, at.timestamp()) if isinstance(at, datetime) else (True, 0)


def _stops(found: LetterStory) -> Iterator[tuple[str, datetime | None, str]]:
    """What happened to a letter, was decided of it, or is to happen."""
    letter = found.letter
    yield "owed", letter.owed_at, f"for {letter.role}"
    for act in found.decided:
        yield act.how, act.at, f"{act.reason} ({act.by})"
    if letter.goes_at is not None:
        yield "goes, or is looked at again", letter.goes_at, letter.reason or "the reader's hours"
    elif found.message is not None:
        beside = f"in one with {', '.join(map(str, found.beside))}" if found.beside else "alone"
        yield "written", found.message.composed_at, beside
    if letter.goes_at is None:
        yield letter.state, letter.settled_at, letter.reason


def _written(message: MessageLine) -> tuple[str, Table]:
    tries = [(a.number, a.started_at, a.ended_at, a.outcome, a.reply) for a in message.tries]
    return (
        f"To: {message.to}\nSubject: {message.subject}\n\n{message.text}",
        Table(("try", "began", "ended", "outcome", "reply"), tries, empty="not tried yet"),
    )


def retry(
    number: Number,
) -> MailRetry:
    """Let a letter that waits for a person go out after all; one that failed is written anew."""
    with opened() as runtime:
        done = do(runtime, lambda on: retry_letter(on, number, who()))
    said = "waits to be sent" if done.outcome == "waiting" else "is owed again"
    return answer(MailRetry(number, done.outcome), f"letter {number} {said}")
