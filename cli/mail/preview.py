"""`pairing mail preview`: letters with believable facts."""

from collections.abc import Iterable
from typing import Annotated

import typer

from cli.shared.opening import settings
from cli.shared.output import answer
from cli.shared.values import word
from engine.errors import ProjectError
from engine.letters.catalogue import Stage
from engine.literals import shown
from engine.suggestions import suggestion
from notifications.previews import Preview, preview
from runtime.definitions import programme_folder
from runtime.texts import texts_of
from workflows.programmes import load_programme


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
