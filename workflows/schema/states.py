"""States, their windows and their ladders as definition files write them."""

from typing import Literal, Self

from pydantic import Field, model_validator

from engine.model.definition import Ladder, RaiseFlag, Rung, State
from engine.time.windows import Window
from workflows.schema.checks import CheckValue
from workflows.schema.effects import Effects
from workflows.schema.settings import Rule, SpanText
from workflows.schema.spelling import (
    Audiences,
    Id,
    Ids,
    LetterId,
    Listed,
    Name,
    Names,
    Severity,
    Shape,
    Some,
    Text,
)
from workflows.yaml.spot import Spot


class WindowShape(Shape):
    target: Rule
    opens: Rule | None = None
    ends: Rule | None = None


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


class LadderShape(Shape):
    title: Text = ""
    rule: Ids = ()
    calendar: Name | None = None
    while_unmet: CheckValue | None = None
    after_downtime: Literal["highest_only", "each"] = "highest_only"
    rungs: Some[Listed[RungShape]]


class StateShape(Shape):
    title: Text
    phase: Name | None = None
    rule: Ids = ()
    acts: Names = ()
    assigns: Names = ()
    window: WindowShape | None = None
    actual: Text | None = None
    agreed: Name | None = None
    holds_place: bool = False
    meets: Literal["visit", "online"] | None = None
    entry: Effects = ()
    ladders: dict[Name, LadderShape] = Field(default_factory=dict)
    pauses: bool = False
    final: bool = False

    @model_validator(mode="after")
    def _ends_or_waits(self) -> Self:
        if self.final and self.pauses:
            raise ValueError("a final state cannot pause: keep one of final and pauses")
        return self


def build_state(name: str, shape: StateShape, spot: Spot, above: frozenset[str]) -> State:
    """A state; a rung that writes to a role ``above`` the centres' office escalates (P5)."""
    return State(
        name=name,
        title=shape.title,
        phase=shape.phase or "",
        acts=shape.acts,
        assigns=shape.assigns,
        window=_window(shape.window),
        actual=shape.actual,
        agreed=shape.agreed,
        ladders=_ladders(shape, spot.at("ladders"), above),
        entry=shape.entry,
        final=shape.final,
        pauses=shape.pauses,
        holds_place=shape.holds_place,
        meets=shape.meets or "",
        rule=shape.rule,
        place=spot.named,
    )


def _window(shape: WindowShape | None) -> Window | None:
    return None if shape is None else Window(shape.target, shape.opens, shape.ends)


def _ladders(state: StateShape, spot: Spot, above: frozenset[str]) -> tuple[Ladder, ...]:
    first_acts = state.acts[0] if state.acts else ""
    return tuple(
        _ladder(name, shape, spot.at(name), first_acts, above)
        for name, shape in state.ladders.items()
    )


def _ladder(
    name: str, shape: LadderShape, spot: Spot, first_acts: str, above: frozenset[str]
) -> Ladder:
    return Ladder(
        name=name,
        rungs=tuple(
            _rung(rung, number, spot.at("rungs", number), above)
            for number, rung in enumerate(shape.rungs)
        ),
        title=shape.title,
        unmet=shape.while_unmet,
        calendar=shape.calendar or first_acts,
        highest_only=shape.after_downtime == "highest_only",
        rule=shape.rule,
        place=spot.named,
    )


def _rung(shape: RungShape, number: int, spot: Spot, above: frozenset[str]) -> Rung:
    to = shape.to or ()
    escalates = any(audience.partition(".")[0] in above for audience in to)
    flag = shape.flag and RaiseFlag(shape.flag, shape.severity, None, spot.place)
    return Rung(
        at=shape.at,
        letter=shape.letter,
        to=to,
        flag=flag or None,
        fire=shape.fire,
        every=shape.every,
        above=escalates if shape.above is None else shape.above,
        # Definitions of running cases, and timers armed by them, may be older than names.
        name=shape.name or str(number),
        place=spot.place,
    )
