"""A small programme of allotment gardens, whose files use every construct of the grammar."""

from functools import cache
from pathlib import Path

from engine.model.definition import Workflow
from engine.places import Place
from workflows.schema.parse import build_workflow
from workflows.yaml.reading import read_file

FOLDER = Path(__file__).parents[1] / "workflows" / "definitions" / "garden"
PLANTING = FOLDER / "planting.yaml"
TEXT = PLANTING.read_text(encoding="utf-8")


@cache
def workflow(name: str) -> Workflow:
    return build_workflow(read_file(FOLDER / f"{name}.yaml"))


def place(words: str, column: int = 9) -> Place:
    """Where the first line of planting.yaml that holds these words is written."""
    number = TEXT[: TEXT.index(words)].count("\n") + 1
    return Place(str(PLANTING), number, column)
