"""What is wrong with definitions and letters, and how silent each state can be."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from engine.lint.accepted import judged
from engine.lint.silence import Silence
from runtime.definitions import findings, looked_at
from workflows.programme import Programme

Story = Callable[[Programme, Path], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Checked:
    """A programme as it was read anew: its problems; where there are none, its silences.

    ``accepted``: what was found and stands in the files as meant, with the reason.
    """

    programme: str
    problems: tuple[str, ...]
    accepted: tuple[str, ...]
    silences: tuple[Silence, ...]


def check_definitions(folder: Path, story: Story) -> Checked:
    """Read and check everything in a folder. DefinitionError: something cannot be read at all.

    `story` says what is wrong with what invented people do: a room above knows it. A folder that
    stands as it stood is told what the same program found in it before.
    """
    return Checked(*looked_at(folder, partial(_look, folder, story)))


def _look(
    folder: Path, story: Story
) -> tuple[str, tuple[str, ...], tuple[str, ...], tuple[Silence, ...]]:
    # Late: a folder that was not changed is not read.
    from engine.lint.silence import silences  # noqa: PLC0415
    from workflows.registry import load_programme  # noqa: PLC0415

    programme = load_programme(folder)
    found = (*findings(programme, folder), *story(programme, folder))
    wrong, meant = judged(found, programme.accepted)
    return programme.name, wrong, meant, () if wrong else silences(programme.workflows)
