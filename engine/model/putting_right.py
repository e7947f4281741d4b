"""Putting right: what somebody wants taken back or corrected, and why."""

from dataclasses import dataclass

from engine.model.changes import Changes
from engine.model.outcomes import By, Event


@dataclass(frozen=True, slots=True)
class Undone:
    """The last step or record of a case is taken back, as if it had not happened; or ``acts``, in
    their order, upon which nothing else rests.
    """

    reason: str
    by: By
    acts: tuple[int, ...] = ()  # by their turns
    what: str = ""  # the act that is taken back, once it is known
    act: int = 0  # its turn


@dataclass(frozen=True, slots=True)
class Voided:
    """A version of a record counts for nothing: it is of another pair, or filed by mistake."""

    record: str
    reason: str
    by: By
    version: int | None = None  # the one in force, if none is named
    what: str = ""
    act: int = 0


@dataclass(frozen=True, slots=True)
class Corrected:
    """A version of a record said something wrong; another one says what is right."""

    record: str
    changes: Changes
    reason: str
    by: By
    centre: str = ""
    what: str = ""
    act: int = 0


PutRight = Undone | Voided | Corrected
Cause = Event | PutRight
