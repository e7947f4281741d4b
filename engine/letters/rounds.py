"""Ladders that seek the day of a meeting: each time it loses its day they begin anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from engine.checks.hierarchy import nested
from engine.dates.meetings import agreed_in
from engine.dates.view import View
from engine.model.definition import Ladder
from engine.model.meetings import Meeting

_APART = 1000  # occurrences of a rung in one round: more than there are days to remind on


@dataclass(frozen=True, slots=True)
class Round:
    """How often a ladder has begun anew, and since when it runs this time."""

    number: int = 0
    began_at: datetime | None = None

    @property
    def first(self) -> int:
        """The number of a rung's first occurrence in this round: timers keep apart by it."""
        return self.number * _APART

    def holds(self, occurrence: int) -> bool:
        return self.first <= occurrence < self.first + _APART


ONLY = Round()


def round_of(view: View, ladder: Ladder) -> Round:
    """Of a ladder that seeks the day of a meeting: since it lost the last one, in this stay."""
    rounds = [_lost(view, meeting) for meeting in _sought(view, ladder)]
    last = max(rounds, default=ONLY, key=lambda each: each.number)
    began = last.began_at
    return last if began is not None and began > view.dossier.entered_at else ONLY


def _sought(view: View, ladder: Ladder) -> Iterator[Meeting]:
    for check in nested(ladder.unmet) if ladder.unmet is not None else ():
        for path in check.paths():
            root, _, rest = path.partition(".")
            meeting = view.workflow.meetings.get(rest.partition(".")[0])
            if root == "meeting" and meeting is not None:
                yield meeting


def _lost(view: View, meeting: Meeting) -> Round:
    found = ONLY
    for before, after in pairwise(view.dossier.records.get(meeting.record, ())):
        if agreed_in(meeting, before) is not None and agreed_in(meeting, after) is None:
            found = Round(found.number + 1, after.filed_at)
    return found
