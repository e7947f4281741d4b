"""`pairing mail show` and `retry`: one message, every try to send it, and one try more."""

from typing import Annotated

import typer

from cli.shared.opening import opened
from cli.shared.output import Table, answer
from runtime.use_cases.retry_letter import retry_message
from storage.database.transactions import reading
from storage.mail.queries import MessageView, message

Number = Annotated[int, typer.Argument(metavar="NUMBER", min=1, max=2**62, help="Of the message.")]


def show(
    number: Number,
) -> None:
    """Show one message as it was composed, and every try to send it."""
    with opened() as runtime, reading(runtime.database) as session:
        found = message(session, number)
    tries = [(a.number, a.started_at, a.ended_at, a.outcome, a.reply) for a in found.tries]
    answer(
        {
            "message": {
                **_message(found),
                "text": found.text,
                "tries": [
                    {
                        "number": each.number,
                        "started_at": each.started_at,
                        "ended_at": each.ended_at,
                        "outcome": each.outcome,
                        "reply": each.reply,
                    }
                    for each in found.tries
                ],
            }
        },
        f"To: {found.recipient}\nSubject: {found.subject}\n\n{found.text}",
        Table(("try", "began", "ended", "outcome", "reply"), tries, empty="not tried yet"),
    )


def retry(
    number: Number,
) -> None:
    """Let a message that waits for a person go out once more."""
    with opened() as runtime:
        retry_message(runtime, number)
    answer({"message": number, "state": "waiting"}, f"message {number} waits to be sent")


def _message(found: MessageView) -> dict[str, object]:
    return {
        "number": found.id,
        "message_id": found.message_id,
        "to": found.recipient,
        "subject": found.subject,
        "state": found.state,
        "composed_at": found.composed_at,
        "settled_at": found.settled_at,
        "attempts": found.attempts,
        "ambiguous": found.ambiguous,
        "reply": found.reply,
    }
