"""Partnership: what a case and the centres of one side do together, from the question to an end."""

from dataclasses import dataclass

from engine.model.texts import Ids, Name, Names, SomeNames
from engine.places import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Partnership:
    """Which side joins later, by which steps it is asked and has agreed, and which end it.

    Evidence counts for the partnership in which it was filed, but for records that survive. Before
    the question the side hears nothing. ``keeps`` are facts that are not the partner's.
    """

    side: Name
    asked_from: Name
    is_pair_from: Name
    ends: SomeNames
    keeps: Names = ()
    rule: Ids = ()
    place: Place = NOWHERE
