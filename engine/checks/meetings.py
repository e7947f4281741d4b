"""The checks on a meeting whose day is sought: first the sides name times, then it is fixed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from engine.dates.view import View
from engine.model.check import NOTHING, Lack
from engine.model.dossier import EMPTY
from engine.model.meetings import Meeting


@dataclass(frozen=True, slots=True)
class TimesNamed:
    """Every side that is asked has named its times, or there is nothing to ask for any more.

    A day that somebody fixed settles it for both, unless a side refused it, or is to accept it
    and has not.
    """

    meeting: str
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        meeting = view.workflow.meetings[self.meeting]
        return tuple(
            Lack(f"no times for {meeting.title} are named by {side}", side)
            for side in _unnamed(meeting, view)
        )

    def paths(self) -> tuple[str, ...]:
        return (f"meeting.{self.meeting}.begins",)


@dataclass(frozen=True, slots=True)
class DayFixed:
    """A day is agreed, or it is not yet the turn of whoever fixes it: first sides name times."""

    meeting: str
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        meeting = view.workflow.meetings[self.meeting]
        is_settled = view.value(meeting.held) or view.value(f"meeting.{self.meeting}.begins")
        if is_settled or any(_unnamed(meeting, view)):
            return ()
        return (Lack(f"no day is fixed for {meeting.title}", view.workflow.runs),)

    def paths(self) -> tuple[str, ...]:
        return (f"meeting.{self.meeting}.begins",)


def _unnamed(meeting: Meeting, view: View) -> Iterator[str]:
    """The sides that have yet to name their times."""
    latest = view.latest(meeting.record)
    content = latest.content if latest is not None else EMPTY
    if not view.value(meeting.held):
        yield from (s for s in meeting.times if not _is_settled(meeting, content, s))


def _is_settled(meeting: Meeting, content: Mapping[str, object], side: str) -> bool:
    answers = {each: content.get(field) for each, field in meeting.answers.items()}
    if content.get(meeting.begins) and False not in answers.values():
        return bool(answers.get(side)) or not meeting.needs_yes
    if content.get(meeting.begins) and answers.get(side):
        return True
    return bool(content.get(meeting.times[side]))
