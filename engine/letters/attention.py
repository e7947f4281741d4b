"""When people are written to: the hours of their centre, and the slots of what is not urgent."""

from dataclasses import dataclass
from datetime import time

from engine.time.slots import Slot

FIXED_SLOT = "fixed_slot"  # of what goes at a slot of its own: nothing else sends it


@dataclass(frozen=True, slots=True)
class Overview:
    """What people in some roles get each week of all that they follow, at its own slot (N-22).

    ``full`` and ``quiet`` are stages: where something waits, and where nothing does. ``calls`` is
    what a stage is called that asks its reader to call somebody.
    """

    roles: tuple[str, ...]
    at: Slot
    full: str
    quiet: str
    calls: str


@dataclass(frozen=True, slots=True)
class Attention:
    """Of the people in a role: no letter comes outside of `opens` to `closes` on a working day of
    their own centre, and what can wait comes at the next of the slots. `merged` is the stage in
    which several letters to one person go as one.
    """

    opens: time
    closes: time
    slots: tuple[Slot, ...]
    merged: str
