"""Checks whose answer changes by the day alone: the next day on which it may.

Two things can make it change: that a check itself asks for today, and that a value
it looks at is worked out from today (the running month).
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from engine.checks.case import NoneOverdue
from engine.checks.dated import ToCome
from engine.checks.meetings import DayFixed, TimesNamed
from engine.checks.programme import AnyOf
from engine.checks.wording import rows_of
from engine.dates.anchors import day_of
from engine.dates.view import View, month_turns_on
from engine.model.check import Check

_MONTH = "case.month"
_PARENT = "parent."


def turns_on(check: Check, view: View) -> date | None:
    """The next day, after today, on which a check that asks for nothing new may turn."""
    days = (day for day in _turns(check, view) if day is not None and day > view.today)
    return min(days, default=None)


def _turns(check: Check, view: View) -> Iterator[date | None]:
    if isinstance(check, AnyOf):
        yield from (turns_on(part, view) for part in check.of)
        return
    if isinstance(check, ToCome):
        yield day_of(view.value(check.of))
    elif isinstance(check, DayFixed):
        yield _after(check.gone_by(view), 0)
    elif isinstance(check, TimesNamed):
        yield _after(check.goes_by(view), 0)
    elif isinstance(check, NoneOverdue):
        rows = (row for row in rows_of(view.value(check.of)) if isinstance(row, Mapping))
        yield from (_after(day_of(row.get(check.date)), check.grace) for row in rows)
    yield from (value_turns_on(path, view) for path in check.paths())


def value_turns_on(path: str, view: View) -> date | None:
    """The next day on which the value a path leads to changes by the day alone, if it does."""
    above = view.parent()
    if path.startswith(_PARENT):
        return None if above is None else value_turns_on(path.removeprefix(_PARENT), above)
    if path != _MONTH:
        return None
    return month_turns_on(view) if above is None else value_turns_on(path, above)


def _after(day: date | None, grace: int) -> date | None:
    return None if day is None else day + timedelta(days=grace + 1)
