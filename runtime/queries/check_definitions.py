"""What is wrong with definitions and letters, and how silent each state can be."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.lint.silence import Silence, silences
from runtime.definitions import findings
from workflows.programme import Programme
from workflows.registry import load_programme

Story = Callable[[Programme, Path], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Checked:
    """A programme as it was read anew: its problems; where there are none, its silences."""

    programme: str
    problems: tuple[str, ...]
    silences: tuple[Silence, ...]


def check_definitions(folder: Path, story: Story) -> Checked:
    """Read and check everything in a folder. DefinitionError: something cannot be read at all.

    `story` says what is wrong with what invented people do: a room above knows it.
    """
    programme = load_programme(folder)
    wrong = (*findings(programme, folder), *story(programme, folder))
    quiet = () if wrong else silences(programme.workflows)
    return Checked(programme.name, wrong, quiet)
