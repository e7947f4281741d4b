"""The definitions in force and those that cases are pinned to, read once and then kept."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from engine.errors import ProjectError
from engine.model.definition import Workflow
from runtime.settings.settings import Settings
from workflows.compiled import kept
from workflows.programme import Programme, built_in

_LARGEST = 10_000_000  # bytes: more than a definition may hold


class NotAvailableError(ProjectError):
    """Something outside is not there or not as it must be."""


def programme_folder(settings: Settings) -> Path:
    folder = settings.programme.folder
    return Path(folder) if folder else built_in(settings.programme.name)


def programme_of(folder: Path) -> Programme:
    """The programme of a folder; DefinitionProblemsError tells everything that is wrong in it."""
    return kept(_cache(), partial(_parts, folder), partial(_load, folder))


def pinned(text: str, name: str, digest: str) -> Workflow:
    """The definition of a running case, out of the text that was kept for it (P12)."""
    parts = (name.encode(), text.encode())
    workflow = kept(_cache(), lambda: parts, partial(_parse, text, name))
    if workflow.digest != digest:
        raise NotAvailableError(
            f"the definition {digest[:12]} of {name} was changed in the database; "
            "restore it from a backup: cases go on as they began"
        )
    return workflow


def refuse_bad(programme: Programme) -> None:
    """A definition that `pairing check` finds wrong never replaces a good one (P12)."""
    # Late: asked only when a definition is new.
    from engine.lint.lint import problems  # noqa: PLC0415
    from workflows.registry import DefinitionProblemsError  # noqa: PLC0415

    wrong = [str(problem) for problem in problems(programme.workflows, programme.letters)]
    if wrong:
        raise DefinitionProblemsError(wrong)


def _parts(folder: Path) -> Iterator[bytes]:
    """Every file of a folder by name and content; what is wrong with one its reader tells."""
    for file in sorted([*folder.glob("*.y*ml"), *folder.glob("words/**/*.*")]):
        yield os.fsencode(file)
        try:
            with file.open("rb") as stream:
                yield stream.read(_LARGEST)
        except OSError as error:
            yield str(error).encode()


def _load(folder: Path) -> Programme:
    from workflows.programmes import load_programme  # noqa: PLC0415 - late: most are kept

    return load_programme(folder)


def _parse(text: str, name: str) -> Workflow:
    from workflows.registry import parse_workflow  # noqa: PLC0415 - as above

    return parse_workflow(text, name)


def _cache() -> Path | None:
    """Where this user's programs keep what can be made again."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    try:
        folder = Path(named) if named else Path.home() / ".cache"
    except RuntimeError:  # no home
        return None
    return folder / "pairing" if folder.is_absolute() else None
