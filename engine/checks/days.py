"""Checks whose answer changes by the day alone: the next day on which it may."""

from collections.abc import Mapping
from datetime import date, timedelta

from engine.checks.case import NoneOverdue
from engine.checks.programme import AnyOf
from engine.checks.values import ToCome
from engine.checks.wording import rows_of
from engine.dates.anchors import day_of
from engine.dates.view import View
from engine.model.check import Check


def turns_on(check: Check, view: View) -> date | None:
    """The next day, after today, on which a check that asks for nothing new may be met no more."""
    days = (day for day in _turns(check, view) if day is not None and day > view.today)
    return min(days, default=None)


def _turns(check: Check, view: View) -> list[date | None]:
    if isinstance(check, AnyOf):
        return [turns_on(part, view) for part in check.of]
    if isinstance(check, ToCome):
        return [day_of(view.value(check.of))]
    if isinstance(check, NoneOverdue):
        rows = (row for row in rows_of(view.value(check.of)) if isinstance(row, Mapping))
        return [_after(day_of(row.get(check.date)), check.grace) for row in rows]
    return []


def _after(day: date | None, grace: int) -> date | None:
    return None if day is None else day + timedelta(days=grace + 1)
