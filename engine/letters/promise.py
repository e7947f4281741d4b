"""What a letter says will follow, and whom it says to be told."""

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


@dataclass(frozen=True, slots=True)
class Said:
    """The words with which a text promises something."""

    words: str
    place: Place
    to_reader: bool = False  # its reader is promised something
    quiet: bool = False  # it says that no more is sent


@dataclass(frozen=True, slots=True)
class Told:
    """The facts with which a text names who is told in a letter of their own."""

    names: tuple[str, ...]
    place: Place
