"""What people do in a rehearsal, told as a story: who does what in which state, and when.

Each class is what the file says (``rehearsal.yaml``), key by key, and what is played.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import Field, PlainValidator

from engine.literals import day
from simulation.acts import Act, Acts, nothing
from simulation.lengths import Length
from workflows.schema.spelling import Listed, Name, Shape, Text, Texts, Values

_Day = Annotated[
    date, PlainValidator(lambda written: day(str(written)), json_schema_input_type=str)
]
_Share = Annotated[float, Field(ge=0, le=1, strict=False)]
_Factor = Annotated[float, Field(ge=0, le=100, strict=False)]


class Silence(Shape):
    """A role says nothing for a while from the day a state is entered."""

    role: Name
    state: Name
    lasts: Length


class Turn(Shape):
    """Something a life may take: acts of scenes are for those who take it, or for the others."""

    share: _Share  # of the pairs
    slow: Mapping[Name, _Factor] = Field(default_factory=dict)  # by role
    silent: Silence | None = None
    bounces: Name | None = None  # a role whose main address dies on the way


class InventedCentre(Shape):
    name: Text
    short_name: Annotated[Text, Field(max_length=14)]
    city: Text
    zone: Text


class Cast(Shape):
    """Who is invented: people of the office by role, functions in a team by side, centres."""

    office: Mapping[Name, Annotated[Texts, Field(min_length=1)]]
    teams: Mapping[Name, Annotated[Texts, Field(min_length=1)]]
    invented_side: Name = Field(alias="invented")
    matched_side: Name = Field(alias="matched")
    domain: Name  # the fact of a pair that its matched centre must share
    country: Text  # of invented centres
    pairs_each: Annotated[int, Field(ge=1, le=1000)]  # of one person, where several are named
    facts: Values = Field(default_factory=nothing)  # of invented centres
    words: Mapping[Name, Texts] = Field(default_factory=dict)  # lists the office has imported
    centres: Annotated[Listed[InventedCentre], Field(min_length=1)]


class Pace(Shape):
    """How mixed people are late: how often, and by how much at most."""

    late: _Share
    by: Length


class Story(Shape):
    """A programme's people as a rehearsal plays them."""

    programme: Name
    workflow: Name
    begins: _Day
    spread: Length  # over which the pairs begin
    before: Length  # from there to the start anchor of the last pair, at most
    rest: Length  # after the last month, for the last acts
    pace: Pace
    cast: Cast
    turns: Mapping[Name, Turn] = Field(default_factory=dict)
    scenes: Mapping[Name, Mapping[Name, Acts]]  # by workflow and state

    def scene(self, workflow: str, state: str) -> tuple[Act, ...]:
        return self.scenes.get(workflow, {}).get(state, ())
