"""How a case stays silent for as long as is announced: from which day on, who does what, who rests.

Played as it says, the longest silence is met to the day: what is announced is no more than that.
"""

from dataclasses import dataclass
from datetime import date

_LONG_MONTHS = date(2027, 7, 1)  # from here two, three, four and five months are at their longest
# From here three months are; then comes the shortest, and on a Friday the next begins.
_BEFORE_FEBRUARY = date(2029, 11, 1)


@dataclass(frozen=True, slots=True)
class Witness:
    """A case is entered just after midnight, and nobody does anything but what is ``given``.

    Every centre is closed for the two weeks that follow ``closed_from``: the entry (empty), a rung
    that speaks, or another state that timers lead to.
    """

    starts_on: date
    closed_from: str = ""
    given: tuple[str, ...] = ()  # ladders: what they wait for is there at once

    def __str__(self) -> str:
        start = f"entered on {self.starts_on}, all closed for two weeks from "
        wait = "wait" if len(self.given) > 1 else "waits"
        given = f"; there at once is what {' and '.join(self.given)} {wait} for"
        return f"{start}{self.closed_from or 'the entry'}{given if self.given else ''}; nobody acts"


def witness(closed_from: str, given: tuple[str, ...], *, is_led_on: bool) -> Witness:
    """The witness of a silence; where timers lead on, three months come before a February."""
    return Witness(_BEFORE_FEBRUARY if is_led_on else _LONG_MONTHS, closed_from, given)
