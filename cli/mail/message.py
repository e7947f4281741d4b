"""`pairing mail show` and `retry`: one message, every try to send it, and one try more."""

from dataclasses import dataclass
from typing import Annotated

import typer

from cli.shared.opening import opened, who
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.trying import do
from cli.shared.values import whole
from runtime.queries.letters import MessageLine, message
from runtime.use_cases.retry_letter import retry_letter

Number = Annotated[
    int, typer.Argument(metavar="NUMBER", help="Of the letter, as listed.", parser=whole(1))
]


@dataclass(frozen=True, slots=True)
class MailShow:
    """One message with every try to send it."""

    message: MessageLine


@dataclass(frozen=True, slots=True)
class MailRetry:
    """A letter that goes out after all."""

    letter: int
    state: str


def show(
    number: Number,
) -> MailShow:
    """Show the message of a letter as it was composed, and every try to send it."""
    with opened() as runtime:
        found = message(runtime, number)
    tries = [(a.number, a.started_at, a.ended_at, a.outcome, a.reply) for a in found.tries]
    return answer(
        MailShow(found),
        f"To: {found.to}\nSubject: {found.subject}\n\n{found.text}",
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
