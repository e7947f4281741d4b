"""Phases, their states, ladders and steps as people write them."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from workflows.language.checks import ShortCheck
from workflows.language.effects import EffectTexts
from workflows.language.spelling import EACH, OneOrMore, Readers, Rules, RungText, a_group
from workflows.schema.settings import Rule, SpanText
from workflows.schema.spelling import (
    Id,
    LetterId,
    Listed,
    Name,
    Severity,
    Shape,
    Some,
    Text,
    matching,
    once_each,
)
from workflows.schema.states import WindowForm
from workflows.schema.steps import FromPhase

Reference = Annotated[
    str,
    AfterValidator(
        matching(
            r"(record\.)?[A-Za-z][A-Za-z0-9_]{0,59}",
            "is not a requirement: write its name, or record.<name> for a record that is there",
        )
    ),
]
LetterStart = Annotated[
    str,
    AfterValidator(
        matching(
            r"[A-Za-z][A-Za-z0-9_-]{0,59}(\.[A-Za-z0-9_]{1,60})?",
            "is not a letter: write its name, such as N-11, or also how its stages begin",
        )
    ),
]


class LongRung(Shape):
    """A rung that does more than its letter."""

    at: Rule
    letter: LetterId | None = None
    like: Name | None = None
    to: Readers | None = None
    flag: Id | None = None
    severity: Severity | None = None
    fire: Name | None = None
    every: SpanText | None = None
    above: bool | None = None


Rungs = dict[
    Name,
    Annotated[
        Annotated[RungText, Tag("<day>")] | Annotated[LongRung, Tag("<rung>")],
        Discriminator(lambda written: "<rung>" if isinstance(written, dict) else "<day>"),
    ],
]


class LadderText(Shape):
    """Reminders by name, for as long as what they are about is not there."""

    until: (
        Annotated[
            Annotated[Reference, Tag("<name>")] | Annotated[ShortCheck, Tag("<check>")],
            Discriminator(lambda written: "<check>" if isinstance(written, dict) else "<name>"),
        ]
        | None
    ) = None
    letter: LetterStart | None = None
    rule: Rules = ()
    calendar: Name | None = None
    after_downtime: Literal["highest_only", "each"] | None = None
    rungs: Some[Rungs]


# The tags stand in error paths only.
_Source = Annotated[
    Annotated[Name, Tag("<state>")] | Annotated[FromPhase, Tag("<phase>")],
    Discriminator(lambda written: "<phase>" if isinstance(written, dict) else "<state>"),
]
_Sources = Annotated[
    Annotated[Name, Tag("<state>")] | Annotated[Some[Listed[_Source]], Tag("<list>")],
    Discriminator(lambda written: "<list>" if isinstance(written, list) else "<state>"),
]


class StepText(Shape):
    """A step: where it leads, who takes it, what it asks for and what follows."""

    to: Name | None = None
    sources: _Sources | None = Field(default=None, alias="from")
    by: OneOrMore | None = None
    rule: Rules = ()
    requires: Annotated[Listed[Reference], AfterValidator(once_each)] = ()
    then: EffectTexts = ()


Ways = Annotated[
    Annotated[StepText, Tag("<step>")] | Annotated[Some[Listed[StepText]], Tag("<list>")],
    Discriminator(lambda written: "<list>" if isinstance(written, list) else "<step>"),
]
StepOrGroup = Annotated[
    Annotated[StepText, Tag("<step>")]
    | Annotated[Some[Listed[StepText]], Tag("<list>")]
    | Annotated[dict[Name, Ways], AfterValidator(a_group), Tag("<group>")],
    Discriminator(
        lambda written: (
            "<list>"
            if isinstance(written, list)
            else "<group>"
            if isinstance(written, dict) and EACH in written
            else "<step>"
        )
    ),
]


class StateText(Shape):
    """A state with its window, its ladders and the steps that leave it."""

    rule: Rules = ()
    acts: OneOrMore = ()
    assigns: OneOrMore = ()
    window: WindowForm | None = None
    actual: Text | None = None
    agreed: Name | None = None
    holds_place: bool = False
    meets: Literal["visit", "online"] | None = None
    entered: EffectTexts = ()
    ladders: dict[Name, LadderText] = Field(default_factory=dict)
    waiting: Some[Rungs] | None = None
    steps: dict[Name, Ways] = Field(default_factory=dict)
    pauses: bool = False
    final: bool = False


class PhaseText(Shape):
    """A phase: its states, and what holds for each of them."""

    each: StateText | None = None
    states: Some[dict[Name, StateText]]
