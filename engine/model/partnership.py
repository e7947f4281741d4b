"""Partnership: what a case and the centres of one side do together, from the question to an end."""

from dataclasses import dataclass

from engine.places import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Partnership:
    """Which side joins later, by which steps it is asked and has agreed, and which end it.

    Evidence counts for the partnership in which it was filed, but for records that survive. Before
    the question the side hears nothing. ``keeps`` are facts that are not the partner's.
    """

    side: str
    asked_from: str
    is_pair_from: str
    ends: tuple[str, ...]
    keeps: tuple[str, ...] = ()
    rule: tuple[str, ...] = ()
    place: Place = NOWHERE
