"""A whole definition file as it must be written."""

from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from workflows.schema.anchors import AnchorShape
from workflows.schema.effects import Effects
from workflows.schema.lists import ComparisonForm, ListForm
from workflows.schema.meetings import MeetingForm
from workflows.schema.records import FlagTypeForm, RecordForm
from workflows.schema.settings import SettingShape
from workflows.schema.spelling import (
    AtLeastOne,
    Clock,
    Id,
    Ids,
    Listed,
    Name,
    Names,
    Shape,
    Some,
    Text,
    Values,
)
from workflows.schema.states import StateShape
from workflows.schema.steps import TransitionShape, WatchShapes

# The tags stand in error paths only.
SidesShape = Annotated[
    Annotated[Names, Tag("<list>")]
    | Annotated[dict[Name, Literal["one", "several"]], Tag("<mapping>")],
    Discriminator(lambda written: "<mapping>" if isinstance(written, dict) else "<list>"),
]


class OfficeShape(Shape):
    """A role of the office: whether it runs the programme, files what it heard, stands above."""

    runs: bool = False
    files: Literal["any"] | None = None
    above: Name | None = None


class PartnershipShape(Shape):
    """The side that joins later, and the steps that ask it, make the pair, and end it."""

    side: Name = Field(alias="with")
    asked_from: Name
    is_pair_from: Name
    ends: Some[Names]
    keeps: Names = ()
    rule: Ids = ()


class RenamedShape(Shape):
    """What is called otherwise than in an earlier version: the old name, and the new one."""

    states: dict[Name, Name] = Field(default_factory=dict)


class WorkflowShape(Shape):
    """One file, one workflow."""

    workflow: Name
    programme: Name
    title: Text
    version: Text
    source: Text = ""
    roles: Some[Names]
    sides: SidesShape = ()
    office: dict[Name, OfficeShape] = Field(default_factory=dict)
    partnership: PartnershipShape | None = None
    renamed: RenamedShape = RenamedShape()
    initial: Name
    root: bool = False
    start: Name | None = None
    months: AtLeastOne | None = None
    flag_workflow: Name | None = None
    check_in_workflow: Name | None = None
    sends_at: Clock | None = None
    settings: dict[Name, SettingShape] = Field(default_factory=dict)
    facts: Values = Field(default_factory=lambda: MappingProxyType({}))
    lists: dict[Name, ListForm] = Field(default_factory=dict)
    comparisons: dict[Name, ComparisonForm] = Field(default_factory=dict)
    anchors: dict[Name, AnchorShape] = Field(default_factory=dict)
    phases: dict[Name, Text] = Field(default_factory=dict)
    records: dict[Name, RecordForm] = Field(default_factory=dict)
    meetings: dict[Name, MeetingForm] = Field(default_factory=dict)
    flags: dict[Id, FlagTypeForm] = Field(default_factory=dict)
    states: Some[dict[Name, StateShape]]
    transitions: Listed[TransitionShape]
    watches: WatchShapes = ()
    notices: dict[Name, Effects] = Field(default_factory=dict)
