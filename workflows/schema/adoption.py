"""How a table of running cases is read: which column is which date, record and state."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.model.adoption import Adoption, DatedColumn
from workflows.yaml.located import Located
from workflows.yaml.problems import refusal
from workflows.yaml.reading import read_file


class ColumnShape(BaseModel):
    """A column with a date: how far the case had come by then."""

    model_config = ConfigDict(extra="forbid", strict=True)
    required: bool = False
    planned: bool = False
    loose: bool = False
    enters: list[str] = Field(default_factory=list)
    passes: list[str] = Field(default_factory=list)
    records: list[str] = Field(default_factory=list)


class PersonShape(BaseModel):
    """A column with keys of people."""

    model_config = ConfigDict(extra="forbid", strict=True)
    role: str
    required: bool = False


class AdoptionShape(BaseModel):
    """How a table of running cases is read."""

    model_config = ConfigDict(extra="forbid", strict=True)
    workflow: str
    sides: list[str]
    people: dict[str, PersonShape]
    facts: list[str] = Field(default_factory=list)
    dates: dict[str, ColumnShape]
    route: list[str]
    children: dict[str, list[str]] = Field(default_factory=dict)


def read_adoption(path: Path) -> Adoption:
    """Read ``adoption.yaml`` of a programme; DefinitionError names the line."""
    return build_adoption(read_file(path))


def build_adoption(document: Located) -> Adoption:
    """The same of a file that has been read."""
    try:
        shape = AdoptionShape.model_validate(document.content)
    except ValidationError as error:
        raise refusal(document, error, AdoptionShape) from None
    return Adoption(
        workflow=shape.workflow,
        sides=tuple(shape.sides),
        people={
            **dict.fromkeys(shape.sides, True),
            **{name: person.required for name, person in shape.people.items()},
        },
        roles={name: person.role for name, person in shape.people.items()},
        facts=tuple(shape.facts),
        dates=tuple(_column(name, column) for name, column in shape.dates.items()),
        route=tuple(shape.route),
        children={state: tuple(names) for state, names in shape.children.items()},
    )


def _column(name: str, column: ColumnShape) -> DatedColumn:
    return DatedColumn(
        name=name,
        required=column.required,
        planned=column.planned,
        loose=column.loose,
        enters=tuple(column.enters),
        passes=tuple(column.passes),
        records=tuple(column.records),
    )
