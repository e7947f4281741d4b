"""What a letter says will follow."""

from dataclasses import dataclass

from engine.places import NOWHERE, Place

# What keeps a promise and nothing here can see: that no more is sent, and what somebody does.
QUIET = "quiet"
UNSEEN = (QUIET, "person")


@dataclass(frozen=True, slots=True)
class Promise:
    """What a stage says will follow, by what keeps it: ``N-09.invitation``, ``record.roadmap``,
    ``step.close``, or one of UNSEEN.
    """

    stage: str
    kept_by: tuple[str, ...]
    place: Place = NOWHERE
