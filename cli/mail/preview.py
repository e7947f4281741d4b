"""`pairing mail preview`: letters with believable facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from cli.shared.in_force import folder_in_force
from cli.shared.output import answer, show
from cli.shared.values import path, word
from runtime.queries.preview_letters import LetterPreview, hang_letters, preview_letters


@dataclass(frozen=True, slots=True)
class MailPreview:
    """Letters with believable facts: themselves, or the page that lists their files."""

    letters: Iterable[LetterPreview]
    gallery: str | None = None


def preview_(
    letter: Annotated[
        str | None, typer.Argument(metavar="LETTER", help="Such as N-11 or N-11.ask.", parser=word)
    ] = None,
    *,
    all_: Annotated[bool, typer.Option("--all", help="Every letter.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Write page, text, message and calendar item of each, in every language, here.",
            parser=path,
        ),
    ] = None,
) -> MailPreview:
    """Show letters with believable facts; needs no database."""
    if (letter is None) != all_:
        raise typer.BadParameter("name a letter, or ask for --all")
    if out is not None:
        index, count = hang_letters(folder_in_force(), out, letter)
        return answer(MailPreview((), str(index)), f"letters: {count}, listed in {index}")
    found = preview_letters(folder_in_force(), letter)
    told = answer(MailPreview(found))
    for each in found:  # nothing is left where machines were answered
        head = f"{'=' * 78}\n{each.letter} to {', '.join(each.to)}\nSubject: {each.subject}\n"
        show(f"{head}\n{each.text}")
    return told
