"""States, their windows and their ladders as definition files write them."""

from dataclasses import replace
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from engine.model.definition import Ladder, RaiseFlag, Rung, State
from engine.time.windows import Window
from workflows.schema.checks import CheckValue
from workflows.schema.effects import Effects
from workflows.schema.form import BuiltOf, Form, InOrder
from workflows.schema.settings import Rule, SpanText
from workflows.schema.spelling import (
    Audiences,
    Id,
    LetterId,
    Listed,
    Name,
    Severity,
    Shape,
    Some,
    Then,
)
from workflows.yaml.spot import Spot


def escalating(state: State, above: frozenset[str], spot: Spot) -> State:
    """A state whose rungs to a role ``above`` the office escalate, unless they say so (P5)."""
    return replace(
        state,
        ladders=tuple(
            _escalating(each, above, spot.at("ladders", each.name)) for each in state.ladders
        ),
    )


def _escalating(ladder: Ladder, above: frozenset[str], spot: Spot) -> Ladder:
    return replace(
        ladder,
        rungs=tuple(
            rung
            if spot.at("rungs", number, "above").is_written
            else replace(rung, above=any(to.partition(".")[0] in above for to in rung.to))
            for number, rung in enumerate(ladder.rungs)
        ),
    )


class RungShape(Shape):
    name: Name | None = None
    at: Rule
    letter: LetterId | None = None
    to: Audiences | None = None
    flag: Id | None = None
    severity: Severity | None = None
    fire: Name | None = None
    every: SpanText | None = None
    above: bool | None = None

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if self.letter is None and self.flag is None and self.fire is None:
            raise ValueError("a rung has a letter, a flag, or a trigger to fire: write one")
        if (self.letter is None) != (self.to is None):
            raise ValueError("a letter has readers: write letter and to together")
        if self.severity is not None and self.flag is None:
            raise ValueError("a severity belongs to a flag: write flag, or remove severity")
        span = self.every
        if span is not None and max(span.months, span.days, span.working_days) <= 0:
            raise ValueError(f"every {span} never comes again: write such as P7D")
        return self


def _rung(shape: RungShape, spot: Spot) -> Rung:
    flag = shape.flag and RaiseFlag(shape.flag, shape.severity, None, spot.place)
    return Rung(
        at=shape.at,
        letter=shape.letter,
        to=shape.to or (),
        flag=flag or None,
        fire=shape.fire,
        every=shape.every,
        above=bool(shape.above),
        # Definitions of running cases, and timers armed by them, may be older than names.
        name=shape.name or spot.name,
        place=spot.place,
    )


def _ends_or_waits(state: State) -> State:
    if state.final and state.pauses:
        raise ValueError("a final state cannot pause: keep one of final and pauses")
    return state


def _counts_days(state: State) -> State:
    """A state whose ladders go by the calendar of whoever acts first, unless they say whose."""
    first = state.acts[0] if state.acts else ""
    by = tuple(replace(each, calendar=each.calendar or first) for each in state.ladders)
    return replace(state, ladders=by)


WindowForm = Annotated[Window, Form()]
_LadderForm = Annotated[
    Ladder,
    Form(
        unmet=Annotated[CheckValue, Field(alias="while_unmet")],
        highest_only=Annotated[
            Literal["highest_only", "each"],
            Then(lambda fired: fired == "highest_only"),
            Field(alias="after_downtime"),
        ],
        rungs=Some[Listed[Annotated[Rung, BuiltOf(RungShape, _rung)]]],
    ),
]
StateForm = Annotated[
    State,
    Form(
        window=WindowForm,
        meets=Literal["visit", "online"],
        entry=Effects,
        ladders=Annotated[dict[Name, _LadderForm], InOrder],
    ),
    Then(_ends_or_waits),
    Then(_counts_days),
]
