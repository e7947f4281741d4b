"""Meetings as the full form writes them."""

from types import MappingProxyType

from pydantic import Field

from engine.model.meetings import Letter, Meeting
from workflows.schema.spelling import Audiences, Ids, LetterId, Name, Names, Shape, Text
from workflows.yaml.spot import Spot


class InvitationShape(Shape):
    notify: LetterId
    to: Audiences


class MeetingShape(Shape):
    title: Text
    record: Name
    begins: Name
    ends: Name | None = None
    places: Names = ()
    answers: dict[Name, Name] = Field(default_factory=dict)
    times: dict[Name, Name] = Field(default_factory=dict)
    needs_yes: bool = False
    on_site: bool = False
    held: Text
    invitation: InvitationShape
    moved: LetterId
    cancelled: LetterId
    rule: Ids = ()


def build_meeting(name: str, shape: MeetingShape, spot: Spot) -> Meeting:
    return Meeting(
        name=name,
        title=shape.title,
        record=shape.record,
        begins=shape.begins,
        held=shape.held,
        invitation=Letter(shape.invitation.notify, shape.invitation.to),
        moved=shape.moved,
        cancelled=shape.cancelled,
        ends=shape.ends or "",
        places=shape.places,
        answers=MappingProxyType(shape.answers),
        times=MappingProxyType(shape.times),
        needs_yes=shape.needs_yes,
        on_site=shape.on_site,
        rule=shape.rule,
        place=spot.named,
    )
