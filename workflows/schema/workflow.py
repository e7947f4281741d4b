"""A whole definition file as it must be written."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, TypeVar

from pydantic import Discriminator, Field, Tag

from engine.model.definition import Workflow
from engine.model.office import OfficeRole
from engine.model.partnership import Partnership
from engine.model.phase import Phase
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
    Then,
)
from workflows.schema.states import StateForm
from workflows.schema.steps import TransitionForm, WatchForm

T = TypeVar("T")

# The tags stand in error paths only.
SidesShape = Annotated[
    Annotated[Names, Tag("<list>")]
    | Annotated[dict[Name, Literal["one", "several"]], Tag("<mapping>")],
    Discriminator(lambda written: "<mapping>" if isinstance(written, dict) else "<list>"),
]

OfficeForm = Annotated[OfficeRole, Form(files=Annotated[Literal["any"], Then(bool)])]
_SettingForm = Annotated[Setting, BuiltOf(SettingShape, build_setting)]
_PartnershipForm = Annotated[Partnership, Form(side=Annotated[Name, Field(alias="with")])]


class RenamedShape(Shape):
    """What is called otherwise than in an earlier version: the old name, and the new one."""

    states: dict[Name, Name] = Field(default_factory=dict)


def _renamed(written: RenamedShape) -> Mapping[str, str]:
    return MappingProxyType(written.states)


def _phases(titles: dict[str, str]) -> Mapping[str, Phase]:
    return MappingProxyType({name: Phase(name, title) for name, title in titles.items()})


_Named = Annotated[dict[Name, T], Then(MappingProxyType)]
WorkflowForm = Annotated[
    Workflow,
    Form(
        name=Annotated[Name, Field(alias="workflow")],
        states=Some[_Named[StateForm]],
        transitions=Listed[TransitionForm],
        phases=Annotated[dict[Name, Text], Then(_phases)],
        sides=Annotated[SidesShape, Then(tuple)],
        several=None,
        anchors=_Named[AnchorForm],
        records=_Named[RecordForm],
        flags=Annotated[dict[Id, FlagTypeForm], Then(MappingProxyType)],
        meetings=_Named[MeetingForm],
        watches=Listed[WatchForm],
        settings=_Named[_SettingForm],
        fact_places=None,
        lists=_Named[ListForm],
        comparisons=_Named[ComparisonForm],
        start_anchor=Annotated[Name, Field(alias="start")],
        months=AtLeastOne,
        is_root=Annotated[bool, Field(alias="root")],
        office=_Named[OfficeForm],
        partnership=_PartnershipForm,
        renamed=Annotated[RenamedShape, Then(_renamed)],
        sends_at=Clock,
        notices=_Named[Effects],
        digest=None,
        origin=None,
    ),
]
