"""What is wrong with definitions and letters, and how silent each state can be."""

from dataclasses import dataclass
from pathlib import Path

from engine.lint.silence import Silence, silences
from runtime.definitions import findings
from workflows.registry import load_programme


@dataclass(frozen=True, slots=True)
class Checked:
    """A programme as it was read anew: its problems; where there are none, its silences."""

    programme: str
    problems: tuple[str, ...]
    silences: tuple[Silence, ...]


def check_definitions(folder: Path) -> Checked:
    """Read and check everything in a folder. DefinitionError: something cannot be read at all."""
    programme = load_programme(folder)
    wrong = findings(programme, folder)
    quiet = () if wrong else silences(programme.workflows)
    return Checked(programme.name, wrong, quiet)
