"""Putting a check to a case: what is lacking there."""

from typing import Protocol, cast

from engine.dates.view import View
from engine.model.check import Check, Lack


class _Answering(Check, Protocol):
    def lacks(self, view: View) -> tuple[Lack, ...]: ...


def lacks(check: Check, view: View) -> tuple[Lack, ...]:
    """What a check misses in a case; nothing when it is met."""
    # A definition stands below the view of a case, so its type cannot say that checks answer one.
    return cast("_Answering", check).lacks(view)
