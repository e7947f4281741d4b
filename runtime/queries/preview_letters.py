"""Letters with believable facts, as their readers would see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ProjectError, quoted
from engine.letters.answers import Answers
from engine.letters.catalogue import Stage
from engine.suggestions import suggestion
from notifications.gallery import INDEX, exhibits, hang
from notifications.previews import preview
from notifications.render import Templates
from runtime.definitions import programme_of
from runtime.queries.preview_items import invites, with_items
from runtime.texts import texts_of


class LetterNotFoundError(ProjectError):
    """No letter of this name is in the catalogue."""


class GalleryError(ProjectError):
    """The gallery cannot be written where it was asked for."""


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """One stage of a letter: to whom it goes and how it reads."""

    letter: str
    to: tuple[str, ...]
    subject: str
    text: str


def preview_letters(folder: Path, letter: str | None = None) -> Iterator[LetterPreview]:
    """Every stage of one letter, or of all; LetterNotFoundError names the nearest."""
    stages, templates = _found(folder, letter)
    answers = programme_of(folder).answers
    return (_preview(stage, templates, answers) for stage in stages)


def hang_letters(folder: Path, out: Path, letter: str | None = None) -> tuple[Path, int]:
    """Write the same in every language below a folder; the page that lists them, and how many.

    Raises GalleryError where that folder cannot be written.
    """
    stages, templates = _found(folder, letter)
    programme = programme_of(folder)
    carried = invites(programme.workflows.values())
    every = exhibits(stages, templates, programme.answers)
    shown = with_items(every, carried, templates)
    try:
        count = hang(shown, templates.catalogue, out)
    except OSError as error:
        raise GalleryError(f"cannot write letters below {out}: {error.strerror}") from None
    return out / INDEX, count


def _found(folder: Path, letter: str | None) -> tuple[list[Stage], Templates]:
    programme = programme_of(folder)
    stages = list(programme.letters.stages())
    wanted = stages if letter is None else _named(letter, stages)
    return wanted, texts_of(folder, programme.letters, spoken=programme.spoken)


def _named(letter: str, stages: list[Stage]) -> list[Stage]:
    found = [stage for stage in stages if letter in {stage.id, stage.id.partition(".")[0]}]
    if not found:
        near = suggestion(letter, [stage.id for stage in stages])
        raise LetterNotFoundError(f"there is no letter {quoted(letter)}: {near}")
    return found


def _preview(stage: Stage, templates: Templates, answers: Answers) -> LetterPreview:
    rendered = preview(stage, templates, answers=answers).rendered
    return LetterPreview(stage.id, tuple(stage.to), rendered.subject, rendered.text)
