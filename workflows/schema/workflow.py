"""A whole definition file as it must be written."""

from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from engine.model.office import OfficeRole
from engine.model.partnership import Partnership
from engine.model.settings import Setting
from workflows.schema.anchors import AnchorForm
from workflows.schema.effects import Effects
from workflows.schema.form import BuiltOf, Form
from workflows.schema.lists import ComparisonForm, ListForm
from workflows.schema.meetings import MeetingForm
from workflows.schema.records import FlagTypeForm, RecordForm
from workflows.schema.settings import SettingShape, build_setting
from workflows.schema.spelling import (
    AtLeastOne,
    Clock,
    Id,
    Listed,
    Name,
    Names,
    Shape,
    Some,
    Text,
    Values,
)
from workflows.schema.states import StateForm
from workflows.schema.steps import TransitionForm, WatchForm

# The tags stand in error paths only.
SidesShape = Annotated[
    Annotated[Names, Tag("<list>")]
    | Annotated[dict[Name, Literal["one", "several"]], Tag("<mapping>")],
    Discriminator(lambda written: "<mapping>" if isinstance(written, dict) else "<list>"),
]

OfficeForm = Annotated[OfficeRole, Form(files=Annotated[Literal["any"], AfterValidator(bool)])]
_SettingForm = Annotated[Setting, BuiltOf(SettingShape, build_setting)]
_PartnershipForm = Annotated[Partnership, Form(side=Annotated[Name, Field(alias="with")])]


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
    office: dict[Name, OfficeForm] = Field(default_factory=dict)
    partnership: _PartnershipForm | None = None
    renamed: RenamedShape = RenamedShape()
    initial: Name
    root: bool = False
    start: Name | None = None
    months: AtLeastOne | None = None
    flag_workflow: Name | None = None
    check_in_workflow: Name | None = None
    sends_at: Clock | None = None
    settings: dict[Name, _SettingForm] = Field(default_factory=dict)
    facts: Values = Field(default_factory=lambda: MappingProxyType({}))
    lists: dict[Name, ListForm] = Field(default_factory=dict)
    comparisons: dict[Name, ComparisonForm] = Field(default_factory=dict)
    anchors: dict[Name, AnchorForm] = Field(default_factory=dict)
    phases: dict[Name, Text] = Field(default_factory=dict)
    records: dict[Name, RecordForm] = Field(default_factory=dict)
    meetings: dict[Name, MeetingForm] = Field(default_factory=dict)
    flags: dict[Id, FlagTypeForm] = Field(default_factory=dict)
    states: Some[dict[Name, StateForm]]
    transitions: Listed[TransitionForm]
    watches: Listed[WatchForm] = ()
    notices: dict[Name, Effects] = Field(default_factory=dict)
