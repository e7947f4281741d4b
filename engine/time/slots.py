"""A time of the week at which letters go that can wait, as a value and as people write it."""

import re
from dataclasses import dataclass
from datetime import time

from engine.literals import shown

_DAILY = "daily"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WRITTEN = re.compile(r"([a-z]+) ((?:[01][0-9]|2[0-3]):[0-5][0-9])")


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of day at which letters go that can wait; `weekday` 0 is Monday, None every day."""

    at: time
    weekday: int | None = None

    def __str__(self) -> str:
        day = _DAILY if self.weekday is None else _DAYS[self.weekday]
        return f"{day} {self.at:%H:%M}"


def read_slot(text: str) -> Slot:
    """The slot somebody wrote; ValueError says how it is written."""
    found = _WRITTEN.fullmatch(text)
    if found is None or found[1] not in (_DAILY, *_DAYS):
        raise ValueError(f"{shown(text)} is no slot: write thursday 13:00, or daily 09:00")
    weekday = None if found[1] == _DAILY else _DAYS.index(found[1])
    return Slot(time.fromisoformat(found[2]), weekday)
