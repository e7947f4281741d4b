"""`pairing mail`: which letters are due, owed and sent, how they look, and sending them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated

import typer

from cli.calling import Command
from cli.clock import until_moment
from cli.opening import opened, settings
from cli.output import Table, answer
from cli.tree import noun
from cli.values import shown, word
from engine.errors import ProjectError
from engine.letters.catalogue import Stage
from engine.suggestions import suggestion
from notifications.previews import Preview, preview
from runtime.queries.coming_letters import coming_letters
from runtime.queries.find_case import find_case
from runtime.texts import texts_of
from runtime.use_cases.retry_letter import retry_message
from runtime.wiring import programme_folder
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep
from storage.database.transactions import reading
from storage.mail.queries import Asked, LetterLine, MessageView, letters, message
from workflows.programmes import load_programme

app = noun("See and send letters.")

_DAYS = 14
_MOST = 1000
_LONG = 3650  # days


@app.command("due", cls=Command)
def due(
    until: Annotated[
        str | None, typer.Option(metavar="SPAN|MOMENT", help="How far to look [default: P14D].")
    ] = None,
) -> None:
    """List the letters that will go out if nobody acts."""
    with opened() as runtime:
        now = runtime.clock()
        end: datetime = until_moment(until, now) if until else now + timedelta(days=_DAYS)
        found = coming_letters(runtime, end)
    rows = [(c.at, c.reference, c.letter, c.to, c.why) for c in found]
    answer(
        {
            "until": end,
            "letters": [
                {
                    "at": each.at,
                    "pair": each.reference,
                    "letter": each.letter,
                    "to": list(each.to),
                    "why": each.why,
                }
                for each in found
            ],
        },
        Table(("at", "pair", "letter", "to", "why"), rows, empty="no letter is due"),
    )


@app.command("list", cls=Command)
def list_(
    pair: Annotated[str | None, typer.Option(help="Of this pair only.", parser=word)] = None,
    state: Annotated[
        str | None,
        typer.Option(help="owed, waiting, accepted, refused, needs_human, ...", parser=word),
    ] = None,
    days: Annotated[
        int | None, typer.Option(min=1, max=_LONG, help="Of the last so many days only.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=_MOST, help="How many, the newest.")] = 50,
) -> None:
    """List the letters owed so far and what became of them, the newest first."""
    with opened() as runtime:
        root = find_case(runtime, pair) if pair else None
        since = runtime.clock() - timedelta(days=days) if days else None
        with reading(runtime.database) as session:
            every = letters(session, Asked(root=root, state=state or "", since=since))
    found = every[: -limit - 1 : -1]
    rows = [(m.message, m.owed_at, m.reference, m.letter, m.name, m.state, m.reason) for m in found]
    columns = ("message", "owed", "case", "letter", "to", "state", "why")
    answer({"letters": [_letter(each) for each in found]}, Table(columns, rows, empty="no letter"))


@app.command("show", cls=Command)
def show(
    number: Annotated[
        int, typer.Argument(metavar="NUMBER", min=1, max=2**62, help="Of the message.")
    ],
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


@app.command("preview", cls=Command)
def preview_(
    letter: Annotated[
        str | None, typer.Argument(metavar="LETTER", help="Such as N-11 or N-11.ask.", parser=word)
    ] = None,
    *,
    all_: Annotated[bool, typer.Option("--all", help="Every letter.")] = False,
) -> None:
    """Show letters with believable facts; needs no database."""
    if (letter is None) != all_:
        raise typer.BadParameter("name a letter, or ask for --all")
    folder = programme_folder(settings())
    programme = load_programme(folder)
    templates = texts_of(folder, programme.letters)
    stages = list(programme.letters.stages())
    wanted = stages if letter is None else _named(letter, stages)
    found = [preview(stage, templates) for stage in wanted]
    answer({"letters": [_preview(each) for each in found]}, *(_shown(each) for each in found))


@app.command("send", cls=Command)
def send() -> None:
    """Compose and send what is due and owed now, once; `pairing run` does so by itself."""
    with opened() as runtime:
        mailer = runtime.mailer()
        mailer.open()
        try:
            sweep(runtime)  # a letter asked for by a step falls due with it
            composed = compose_owed(runtime)
            sent = deliver(runtime, mailer)
        finally:
            mailer.close()
    counts = {name: getattr(sent, name) for name in sent.__slots__}
    body = {"composed": composed.composed, **counts}
    answer(body, ", ".join(f"{value} {name}" for name, value in body.items()))


@app.command("retry", cls=Command)
def retry(
    number: Annotated[
        int, typer.Argument(metavar="NUMBER", min=1, max=2**62, help="Of the message.")
    ],
) -> None:
    """Let a message that waits for a person go out once more."""
    with opened() as runtime:
        retry_message(runtime, number)
    answer({"message": number, "state": "waiting"}, f"message {number} waits to be sent")


def _letter(line: LetterLine) -> dict[str, object]:
    return {
        "number": line.id,
        "key": line.key,
        "case": line.reference,
        "letter": line.letter,
        "role": line.audience,
        "person": line.person,
        "state": line.state,
        "reason": line.reason,
        "owed_at": line.owed_at,
        "settled_at": line.settled_at,
        "message": line.message,
        "subject": line.subject,
        "to": line.recipient,
        "attempts": line.attempts,
    }


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


def _named(letter: str, stages: Iterable[Stage]) -> list[Stage]:
    every = list(stages)
    found = [stage for stage in every if letter in {stage.id, stage.id.partition(".")[0]}]
    if not found:
        raise LetterNotFoundError(
            f"there is no letter {shown(letter)}: {suggestion(letter, [s.id for s in every])}"
        )
    return found


class LetterNotFoundError(ProjectError):
    """No letter of this name is in the catalogue."""


def _preview(found: Preview) -> dict[str, object]:
    stage, rendered = found.stage, found.rendered
    return {
        "letter": stage.id,
        "to": list(stage.to),
        "subject": rendered.subject,
        "text": rendered.text,
    }


def _shown(found: Preview) -> str:
    stage = found.stage
    head = f"{'=' * 78}\n{stage.id} to {', '.join(stage.to)}\nSubject: {found.rendered.subject}\n"
    return f"{head}\n{found.rendered.text}"
