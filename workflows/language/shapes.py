"""A whole definition as people write it; what it may leave out is filled in by the expansion."""

from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from workflows.language.checks import OneCheck, ShortCheck
from workflows.language.effects import EffectTexts
from workflows.language.meetings import MeetingText
from workflows.language.phases import PhaseText, StepOrGroup
from workflows.language.spelling import (
    EACH,
    FieldText,
    OneOrMore,
    PathOrMore,
    Readers,
    Rules,
    a_group,
)
from workflows.schema.accepted import AcceptedTexts
from workflows.schema.anchors import AnchorShape
from workflows.schema.spelling import (
    AtLeastOne,
    Clock,
    Id,
    LetterId,
    Listed,
    Name,
    Names,
    Severity,
    Shape,
    Single,
    Some,
    Text,
    Values,
)
from workflows.schema.workflow import OfficeForm, RenamedShape, SidesShape


class DefaultRung(Shape):
    """What a rung of this name does where the letter of its ladder has no stage for it."""

    letter: LetterId
    to: Readers | None = None


class DefaultsText(Shape):
    """What need not be said again; whoever differs says so where it differs."""

    readers: OneOrMore = ()
    by: OneOrMore = ()
    weight: Name | None = None
    rungs: dict[Name, DefaultRung] = Field(default_factory=dict)
    waiting: Rules = ()


class WeightText(Shape):
    """How much a missing thing weighs: who may set it aside, or that it only warns."""

    waived_by: OneOrMore | None = None
    warns: Literal[True] | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.waived_by is None) == (self.warns is None):
            raise ValueError("who may set it aside? write waived_by: [...], or warns: true")
        return self


class RequirementText(Shape):
    """What a step, a watch or a ladder asks for; the parameters of its check stand beside."""

    owner: Name | None = None
    weight: Name | None = None
    flag: Id | None = None
    rule: Rules = ()


class RecordText(Shape):
    """A record: who files it, who reads it, what is in it and what follows."""

    by: OneOrMore | None = None
    readers: OneOrMore | None = None
    rule: Rules = ()
    weight: Name | None = None
    fields: dict[Name, FieldText] = Field(default_factory=dict)
    signatories: OneOrMore = ()
    filed: EffectTexts = ()
    signed: EffectTexts = ()
    contact: bool = False
    after_end: bool = False
    survives: Literal["rematch"] | None = None
    adapts: Literal[True] | None = None


_RecordOrGroup = Annotated[
    Annotated[RecordText, Tag("<record>")]
    | Annotated[dict[Name, RecordText], AfterValidator(a_group), Tag("<group>")],
    Discriminator(
        lambda written: "<group>" if isinstance(written, dict) and EACH in written else "<record>"
    ),
]


class FlagText(Shape):
    """A red flag: how grave it is, who is not shown it, and what follows when it is raised."""

    severity: Severity
    hidden_from: OneOrMore = ()
    until: ShortCheck | None = None
    then: EffectTexts = ()
    rule: Rules = ()


class WatchText(Shape):
    """When a requirement is looked at beside the steps, and the flag that its lack raises."""

    flag: Id
    severity: Severity | None = None
    filed: OneOrMore = ()
    left: OneOrMore = ()
    always: bool = False


class SettingText(Shape):
    """What may be another in one case, between which bounds, by whom; or whose setting it is."""

    value: Single | None = Field(None, alias="is")
    within: Listed[Single] = ()
    by: OneOrMore | None = None
    of: Name | None = None
    rule: Rules = ()

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if (self.value is None) == (self.of is None):
            raise ValueError("what is it? write is: P3M, or of: the workflow whose setting it is")
        return self


class PartnershipText(Shape):
    """The side that joins later, and the steps that ask it, make the pair, and end it."""

    side: Name = Field(alias="with")
    asked_from: Name
    is_pair_from: Name
    ends: OneOrMore
    keeps: OneOrMore = ()
    rule: Rules = ()


class ListText(Shape):
    """Words that fields, facts and centres may say: of a file here, or imported by the office."""

    file: Name | None = None
    imported: Literal[True] | None = None
    holds: PathOrMore = ()
    rule: Rules = ()

    @model_validator(mode="after")
    def _comes_from_one_place(self) -> Self:
        if (self.file is None) == (self.imported is None):
            raise ValueError("where are its words? write file: NAME, or imported: true")
        return self


class ComparisonText(Shape):
    """Records that say the same at several times, the first measurement first."""

    records: Some[Names]
    rows: Name
    key: Name
    value: Name
    also: OneOrMore = ()
    rule: Rules = ()


class DefinitionText(Shape):
    """One file, one workflow."""

    workflow: Name
    programme: Name
    version: Text
    source: Text = ""
    roles: Some[Names]
    sides: SidesShape = ()
    office: dict[Name, OfficeForm] = Field(default_factory=dict)
    partnership: PartnershipText | None = None
    renamed: RenamedShape = RenamedShape()
    initial: Name
    root: bool = False
    start: Name | None = None
    months: AtLeastOne | None = None
    flag_workflow: Name | None = None
    check_in_workflow: Name | None = None
    sends_at: Clock | None = None
    settings: dict[Name, SettingText] = Field(default_factory=dict)
    facts: Values = Field(default_factory=lambda: MappingProxyType({}))
    lists: dict[Name, ListText] = Field(default_factory=dict)
    comparisons: dict[Name, ComparisonText] = Field(default_factory=dict)
    anchors: dict[Name, AnchorShape] = Field(default_factory=dict)
    defaults: DefaultsText = Field(default_factory=DefaultsText)
    weights: dict[Name, WeightText] = Field(default_factory=dict)
    requirements: dict[Name, Annotated[RequirementText, OneCheck(RequirementText)]] = Field(
        default_factory=dict
    )
    records: dict[Name, _RecordOrGroup] = Field(default_factory=dict)
    meetings: dict[Name, MeetingText] = Field(default_factory=dict)
    flags: dict[Id, FlagText] = Field(default_factory=dict)
    phases: Some[dict[Name, PhaseText]]
    steps: dict[Name, StepOrGroup] = Field(default_factory=dict)
    watches: dict[Name, WatchText] = Field(default_factory=dict)
    notices: dict[Name, EffectTexts] = Field(default_factory=dict)
    accepted: AcceptedTexts = ()
