"""How much time a letter leaves to whoever is asked, by how closely its ladder speaks."""

from datetime import date
from itertools import pairwise

from engine.dates.view import View
from engine.letters.turns import owners
from engine.model.definition import Ladder
from engine.time.spans import Span, shift
from engine.time.windows import When

_NEXT = Span(working_days=1)
_TIME = Span(working_days=3)  # the letter comes on the next one, and leaves its reader two more
_CLOSE = 3  # days: rungs so near to each other leave no time, and are meant so
_WEEK, _MONTH, _WORKING_WEEK = 7, 30, 5


def soonest(view: View, ladder: Ladder) -> date:
    """The first day that a letter of a ladder names: whoever is asked has two working days besides
    the one on which it comes, by their own days off.

    It is the next working day where rungs are written to follow within three days.
    """
    own = view.dossier.party_of(ladder.calendar).workdays
    if _is_close(ladder):
        return shift(view.today, _NEXT, own)
    asked = (each for role in owners(ladder, view) for each in view.dossier.parties_of(role))
    return max(shift(view.today, _TIME, each) for each in {own, *(e.workdays for e in asked)})


def _is_close(ladder: Ladder) -> bool:
    """Whether a rung, or its repetition, comes by its rule within days of the one before."""
    gaps = [_days(each.every) for each in ladder.rungs if each.every is not None]
    rules = [each.at for each in ladder.rungs if isinstance(each.at, When)]
    gaps += [
        _days(other.span) - _days(one.span)
        for one, other in pairwise(rules)
        if one.anchor == other.anchor
    ]
    return any(0 < each <= _CLOSE for each in gaps)


def _days(span: Span) -> float:
    """About how many days a span is long."""
    return span.months * _MONTH + span.days + span.working_days * _WEEK / _WORKING_WEEK
