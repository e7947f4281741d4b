"""`pairing mail preview`: letters with believable facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import typer

from cli.shared.in_force import folder_in_force
from cli.shared.output import answer, show
from cli.shared.values import word
from runtime.queries.preview_letters import LetterPreview, preview_letters


@dataclass(frozen=True, slots=True)
class MailPreview:
    """Letters with believable facts."""

    letters: Iterable[LetterPreview]


def preview_(
    letter: Annotated[
        str | None, typer.Argument(metavar="LETTER", help="Such as N-11 or N-11.ask.", parser=word)
    ] = None,
    *,
    all_: Annotated[bool, typer.Option("--all", help="Every letter.")] = False,
) -> MailPreview:
    """Show letters with believable facts; needs no database."""
    if (letter is None) != all_:
        raise typer.BadParameter("name a letter, or ask for --all")
    found = preview_letters(folder_in_force(), letter)
    told = answer(MailPreview(found))
    for each in found:  # nothing is left where machines were answered
        head = f"{'=' * 78}\n{each.letter} to {', '.join(each.to)}\nSubject: {each.subject}\n"
        show(f"{head}\n{each.text}")
    return told
