"""Meetings as the full form writes them."""

from typing import Annotated

from pydantic import Field

from engine.model.meetings import Letter, Meeting
from workflows.schema.form import Form
from workflows.schema.spelling import AtLeastOne, LetterId

_Invitation = Annotated[Letter, Form(letter=Annotated[LetterId, Field(alias="notify")])]
MeetingForm = Annotated[Meeting, Form(invitation=_Invitation, lasts=AtLeastOne)]
