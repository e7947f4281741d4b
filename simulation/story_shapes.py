"""What a rehearsal's file says beside its acts: its people, their pace, the turns they take."""

from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, Field

from engine.literals import day
from simulation.story_acts import ActShapes
from workflows.schema.spelling import Listed, Name, Shape, SpanText, Text, Texts, Values


def _day(text: str) -> str:
    """Refuse what is no date; the text stays, dates are built with the story."""
    day(text)
    return text


Share = Annotated[float, Field(ge=0, le=1, strict=False)]
Day = Annotated[str, AfterValidator(_day)]


class SilentShape(Shape):
    role: Name
    state: Name
    lasts: SpanText


class TurnShape(Shape):
    share: Share
    slow: dict[Name, Annotated[float, Field(ge=0, le=100, strict=False)]] = Field(
        default_factory=dict
    )
    silent: SilentShape | None = None
    bounces: Name | None = None


class CentreShape(Shape):
    name: Text
    short_name: Annotated[Text, Field(max_length=14)]
    city: Text
    zone: Text


class CastShape(Shape):
    office: dict[Name, Annotated[Texts, Field(min_length=1)]]
    teams: dict[Name, Annotated[Texts, Field(min_length=1)]]
    invented: Name
    matched: Name
    domain: Name
    country: Text
    pairs_each: Annotated[int, Field(ge=1, le=1000)]
    facts: Values = Field(default_factory=lambda: MappingProxyType({}))
    centres: Annotated[Listed[CentreShape], Field(min_length=1)]


class PaceShape(Shape):
    late: Share
    by: SpanText


class StoryShape(Shape):
    programme: Name
    workflow: Name
    begins: Day
    spread: SpanText
    before: SpanText
    rest: SpanText
    pace: PaceShape
    cast: CastShape
    turns: dict[Name, TurnShape] = Field(default_factory=dict)
    scenes: dict[Name, dict[Name, ActShapes]]
