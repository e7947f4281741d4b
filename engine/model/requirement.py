"""What a step, a record or a watch asks for."""

from dataclasses import dataclass

from engine.model.check import Check
from engine.model.texts import Id, Ids, Name, SomeNames
from engine.places import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a transition, a filed record or a watch asks for, and how to get it."""

    name: Name
    check: Check
    says: str
    owner: Name
    remedy: str
    waiver: SomeNames = ()
    no_waiver: str = ""  # why nobody may waive it
    warns: bool = False  # unmet only warns: the transition goes on
    flag: Id | None = None  # raised when it is unmet and does not block
    rule: Ids = ()
    place: Place = NOWHERE
