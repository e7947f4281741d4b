"""Checks on days that a case holds: in time, still to come, sent long enough before."""

from dataclasses import dataclass
from typing import ClassVar

from engine.checks.wording import absent, noun, the_day
from engine.dates.anchors import Clockwork, anchor_day, day_of, rule_day
from engine.dates.view import View
from engine.model.check import NOTHING, Lack
from engine.time.spans import Span, shift
from engine.time.windows import DateRule


@dataclass(frozen=True, slots=True)
class OnOrBefore:
    """A day of the case is not after a fixed day, nor after the day of a date rule."""

    of: str
    day: str | None = None
    limit: DateRule | None = None
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        value = day_of(view.value(self.of))
        if value is None:
            return (Lack(absent(view, self.of)),)
        limits = [day_of(self.day)]
        if self.limit is not None:
            where = Clockwork(view.workflow, view.dossier, view.dossier.state)
            limits.append(rule_day(where, self.limit))
        last = min((day for day in limits if day is not None), default=None)
        if last is None or value <= last:
            return ()
        return (Lack(f"{noun(view, self.of)} is {value}; the last day is {last}"),)

    def paths(self) -> tuple[str, ...]:
        return (self.of,)


@dataclass(frozen=True, slots=True)
class ToCome:
    """A day is given, and it lies ahead: a day to look again, the end of an extension."""

    of: str
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        value = day_of(view.value(self.of))
        if value is None:
            return (Lack(absent(view, self.of)),)
        gone = Lack(f"{noun(view, self.of)} is {value}, a day gone by: today is {view.today}")
        return () if value > view.today else (gone,)

    def paths(self) -> tuple[str, ...]:
        return (self.of,)


@dataclass(frozen=True, slots=True)
class SentBefore:
    """Something was sent at least so long before a meeting (A-20, Q-11, Q-12)."""

    of: str
    before: str  # an anchor
    by: Span
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        sent = day_of(view.value(self.of))
        meeting = anchor_day(view.workflow, view.dossier, self.before)
        if sent is None:
            return (Lack(absent(view, self.of)),)
        if meeting is None:
            return (Lack(f"{the_day(view, self.before)} is not known"),)
        if shift(sent, self.by, view.dossier.office.workdays) <= meeting:
            return ()
        days = (meeting - sent).days
        when = f"{days} days before" if days >= 0 else f"{-days} days after"
        return (Lack(f"it was sent {when}, {self.by.in_words()} before are asked"),)

    def paths(self) -> tuple[str, ...]:
        return (self.of,)
