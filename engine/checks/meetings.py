"""The checks on a meeting whose day is sought: first the sides name times, then it is fixed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from engine.dates.anchors import day_of
from engine.dates.meetings import agreement, answers_of, overtaken_on, stands_in
from engine.dates.polls import times_of
from engine.dates.view import View
from engine.model.check import NOTHING, Lack
from engine.model.meetings import Meeting
from engine.model.sides import still_to


@dataclass(frozen=True, slots=True)
class TimesNamed:
    """Every side that is asked has named its times, or there is nothing to ask for any more.

    A day that somebody fixed settles it for both, unless a side refused it, or is to accept it
    and has not, or it is lost.
    """

    meeting: str
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        meeting = view.workflow.meetings[self.meeting]
        return tuple(_unnamed(meeting, view))

    def goes_by(self, view: View) -> date | None:
        """The day that stands while somebody has still to say yes to it: once it is over others
        are asked for.
        """
        return _unanswered(view.workflow.meetings[self.meeting], view)

    def paths(self) -> tuple[str, ...]:
        return (f"meeting.{self.meeting}.begins",)


@dataclass(frozen=True, slots=True)
class DayFixed:
    """A day is agreed, or it is not yet the turn of whoever fixes it: first sides name times.

    A day that went by is none, once its record could be there and is not.
    """

    meeting: str
    grace: int | None = None  # days for its record
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        meeting, gone_by = view.workflow.meetings[self.meeting], self.gone_by(view)
        if gone_by is not None and gone_by < view.today:
            words = f"the day of {meeting.title} has gone by, and nothing is filed of it"
            return (Lack(words, view.workflow.runs),)
        is_settled = view.value(meeting.held) or view.value(f"meeting.{self.meeting}.begins")
        if is_settled or any(_unnamed(meeting, view)):
            return ()
        return (Lack(f"no day is fixed for {meeting.title}", view.workflow.runs),)

    def gone_by(self, view: View) -> date | None:
        """The last day on which it may still be as agreed; None where it is not, or was held."""
        meeting = view.workflow.meetings[self.meeting]
        ends = day_of(view.value(f"meeting.{self.meeting}.ends"))
        if self.grace is None or ends is None or view.value(meeting.held):
            return None
        return ends + timedelta(days=self.grace)

    def outstanding(self, view: View) -> str:
        """What is open once the day went by; nothing while that is the day itself."""
        gone_by, meeting = self.gone_by(view), view.workflow.meetings[self.meeting]
        is_over = gone_by is not None and gone_by < view.today
        return f"what came of {meeting.title} on its day, or another day" if is_over else ""

    def paths(self) -> tuple[str, ...]:
        return (f"meeting.{self.meeting}.begins",)


def _unnamed(meeting: Meeting, view: View) -> Iterator[Lack]:
    """The sides that have yet to name their times, and of several centres which."""
    latest = view.dossier.latest(meeting.record)
    is_dated = latest is not None and bool(latest.content.get(meeting.begins))
    answers = {side: answers_of(view.dossier, meeting, side) for side in meeting.answers}
    refused = any(no is False for of in answers.values() for no in of.values())
    lost_on = gone_since(meeting, view)
    stands = is_dated and lost_on is None and not refused
    if view.value(meeting.held) or (stands and not meeting.needs_yes):
        return
    # What was named before its day went by was named for that day.
    is_old = lost_on is not None and latest is not None and latest.filed_at.date() < lost_on
    says = f"no times for {meeting.title} are named by"
    for side in meeting.times:
        times = times_of(view.dossier, meeting, side)
        agrees = [key for key, said in answers[side].items() if stands and said]
        named = [key for key, words in times.items() if words and not (stands or is_old)]
        yield from still_to(view.dossier, side, (*agrees, *named), says)


def gone_since(meeting: Meeting, view: View) -> date | None:
    """The day from which on its day is of no use: it was overtaken, or it went by while a side had
    still to say yes.
    """
    last = _unanswered(meeting, view)
    if last is not None and last < view.today:
        return last + timedelta(days=1)
    return overtaken_on(view.workflow, view.dossier, meeting)


def _unanswered(meeting: Meeting, view: View) -> date | None:
    """The last of the days that stand, and to which not every side has said yes."""
    latest = view.dossier.latest(meeting.record)
    if latest is None or not stands_in(meeting, latest):
        return None
    if agreement(view.workflow, view.dossier, meeting.name) is not None:
        return None
    return day_of(latest.content.get(meeting.ends) or latest.content.get(meeting.begins))
