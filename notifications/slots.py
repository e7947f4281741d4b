"""The moment at which a letter goes: in the working hours of its reader, at once or at a slot."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from engine.letters.attention import Attention
from engine.time.slots import Slot
from engine.time.working_days import Workdays
from engine.time.zones import instant, local_time

AT_ONCE, NEXT_SLOT, DIGEST_ONLY = "at_once", "next_slot", "digest_only"
CAN_WAIT = frozenset({NEXT_SLOT, DIGEST_ONLY})
NOW = "now"  # whatever the hour: it answers what its reader did this moment
# What falls due at the moment of a slot is owed some seconds later, when a beat has found it.
SLOT_LASTS = timedelta(minutes=2)
_TO_ANSWER = 2  # working days
_NEAR = 2  # working days that what can wait waits for an overview
_DAY = timedelta(days=1)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Hours:
    """The working hours of somebody: what is asked of them in their role, on their clocks."""

    attention: Attention
    zone: str
    workdays: Workdays
    overview: Slot | None = None  # of their overview, where they have one
    calm_until: date | None = None  # the last day on which they asked for nothing that can wait

    def goes_at(self, urgency: str, owed_at: datetime, latest: datetime | None) -> datetime:
        """When a letter goes that is owed since a moment.

        ``latest``: when the next letter of the same matter is due, or what this one asks for. What
        would wait past it goes on the next working day. What is for a digest only waits for the
        first slot of the next week; whoever has an overview finds it in the next one, and all that
        can wait, where that is near.
        """
        if urgency == AT_ONCE:
            return self.open_at(owed_at)
        if self.is_calm(owed_at):
            return self._after_pause()
        begins, slots = owed_at - SLOT_LASTS, self.attention.slots
        if urgency == DIGEST_ONLY and self.overview is not None:
            slots = (self.overview,)
        elif urgency == DIGEST_ONLY:
            begins = self._next_week(owed_at)
        near = self._near_overview(owed_at)
        if near is not None and (latest is None or near < latest):
            return near
        slot = max(owed_at, min(self._at(each, begins) for each in slots))
        # An overview tells of a matter at the moment of its next letter, too: the two go in one.
        if latest is None or slot < latest or (slot == latest and urgency == DIGEST_ONLY):
            return slot
        return min(slot, self._day_after(owed_at, latest))

    def goes_late(self, now: datetime, latest: datetime | None) -> datetime:
        """When what can wait goes whose own moment is over: within working hours, and not before
        the hour of the slots, so that it goes in one with what a slot brings that day.

        ``latest``: when the next letter of the same matter is, or was, due; not after that one.
        """
        opens = self.open_at(now)
        at_slot = self._hour_of_slots(local_time(opens, self.zone).date())
        return opens if latest is not None and latest <= at_slot else max(opens, at_slot)

    def in_week_of(self, slot: Slot, moment: datetime) -> datetime | None:
        """When a slot comes in the week of a moment: on a day off, or in a pause, on the next
        working day, in a week that holds none not at all.
        """
        day = local_time(moment, self.zone).date()
        monday = day - timedelta(days=day.weekday())
        first = monday + timedelta(days=slot.weekday or 0)
        if self.calm_until is not None:
            first = max(first, self.calm_until + _DAY)
        own = self.workdays.on_or_after(first)
        return instant(own, slot.at, self.zone) if (own - monday).days < _WEEK else None

    def latest_for(self, due_on: date, urgency: str) -> datetime:
        """Before which moment what asks for something by a day is to go: two working days are left
        to its reader, with that day. What is read at leisure comes on the day at the latest.
        """
        last = due_on if urgency == DIGEST_ONLY else self.workdays.add(due_on, -_TO_ANSWER)
        return self.midnight(last + _DAY)

    def midnight(self, day: date) -> datetime:
        """The moment at which a day begins for them."""
        return instant(day, time(), self.zone)

    def open_at(self, moment: datetime) -> datetime:
        """The moment itself within working hours, else the next at which they begin."""
        local = local_time(moment, self.zone)
        day = local.date()
        if self.workdays.is_working_day(day):
            if local.time() < self.attention.opens:
                return self._opens(day)
            if local.time() < self.attention.closes:
                return moment
        return self._morning_after(moment)

    def is_calm(self, moment: datetime) -> bool:
        """Whether nothing that can wait comes to them at a moment: they asked for that."""
        day = local_time(moment, self.zone).date()
        return self.calm_until is not None and day <= self.calm_until

    def _near_overview(self, owed_at: datetime) -> datetime | None:
        """When the next overview goes, if it does within two working days."""
        if self.overview is None:
            return None
        found = max(owed_at, self._at(self.overview, owed_at - SLOT_LASTS))
        days = (local_time(each, self.zone).date() for each in (owed_at, found))
        return found if self.workdays.between(*days) <= _NEAR else None

    def _after_pause(self) -> datetime:
        """When all that waited for the end of a pause comes: on the first working day after it."""
        assert self.calm_until is not None  # noqa: S101 - a pause goes on
        day = self.workdays.on_or_after(self.calm_until + _DAY)
        return self._hour_of_slots(day)

    def _day_after(self, moment: datetime, latest: datetime) -> datetime:
        """When letters come on the next working day: at the hour of the slots, so that they go in
        one with what a slot brings that day; at its first hour where the other is too late.
        """
        opens = self._morning_after(moment)
        day = local_time(opens, self.zone).date()
        at_slot = self._hour_of_slots(day)
        return opens if self.midnight(day) < latest <= at_slot else at_slot

    def _hour_of_slots(self, day: date) -> datetime:
        return instant(day, min(each.at for each in self.attention.slots), self.zone)

    def _next_week(self, moment: datetime) -> datetime:
        day = local_time(moment, self.zone).date()
        return self.midnight(day + timedelta(days=_WEEK - day.weekday()))

    def _morning_after(self, moment: datetime) -> datetime:
        return self._opens(self.workdays.on_or_after(local_time(moment, self.zone).date() + _DAY))

    def _opens(self, day: date) -> datetime:
        return instant(day, self.attention.opens, self.zone)

    def _at(self, slot: Slot, moment: datetime) -> datetime:
        """The next time of a slot; on a day off it comes on the next working day."""
        local = local_time(moment, self.zone)
        day = local.date()
        if slot.weekday is not None:
            day += timedelta(days=(slot.weekday - day.weekday()) % _WEEK)
        step = _DAY if slot.weekday is None else _WEEK * _DAY
        # A slot put off by a holiday of last week may still be to come.
        for each in (day - step, day, day + step):
            found = instant(self.workdays.on_or_after(each), slot.at, self.zone)
            if found >= moment:
                return found
        return instant(self.workdays.on_or_after(day + 2 * step), slot.at, self.zone)
