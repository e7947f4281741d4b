"""What is on file of a case: stays, records, signatures, dates, waivers, by partnership."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay in a state. A resumed stay keeps its number."""

    number: int
    state: str
    entered_at: datetime
    left_at: datetime | None = None
    partnership: int = 1  # in which it was


@dataclass(frozen=True, slots=True)
class Pause:
    """A span in which the clock of the case stood still; open while ``ended_on`` is None."""

    began_on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    role: str
    person: str
    signed_on: date
    centre: str = ""  # the key of the centre signed for, where the side has one


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """One version of a record; content holds JSON values, dates as ISO text."""

    number: int
    content: Mapping[str, object]
    filed_at: datetime
    filed_by: str
    imported: bool = False
    signatures: tuple[Signature, ...] = ()
    centre: str = ""  # the key of the centre that it answers for
    partnership: int = 1  # in which it was filed
    void: str = ""  # why it counts for nothing, if it does
    corrects: int | None = None  # the number of the version that it puts right
    reason: str = ""  # why

    def signed_by(self, role: str) -> tuple[str, ...]:
        """The centres that have signed for a side, '' for one that is not known."""
        return tuple(each.centre for each in self.signatures if each.role == role)


@dataclass(frozen=True, slots=True)
class MilestoneDates:
    """The three lives of a milestone's date; a baseline once set is never changed."""

    baseline: date | None = None
    forecast: date | None = None
    actual: date | None = None
    moved_to: date | None = None
    reason: str = ""
    agreed: bool = False  # the forecast is a day that was fixed, not one that was planned


NO_DATES = MilestoneDates()


@dataclass(frozen=True, slots=True)
class Waiver:
    requirement: str
    by: str
    role: str
    reason: str
    at: datetime
    partnership: int = 1  # for which it was given


@dataclass(frozen=True, slots=True)
class Ended:
    """A partnership that has ended: with which centres, by which step, when."""

    number: int
    centres: tuple[str, ...]  # their keys
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Former:
    """What was with former partners: history. Whatever decides never looks here."""

    ended: tuple[Ended, ...] = ()
    stays: tuple[Stay, ...] = ()
    records: Mapping[str, tuple[RecordVersion, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    waivers: tuple[Waiver, ...] = ()


NO_FORMER = Former()
