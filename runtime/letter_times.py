"""When the letters that a family owes go out, each in the hours of whoever reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from engine.dates.view import View
from engine.decide.ends import OWED, WAITS, looked_at_again, rests
from engine.decide.together import Together
from engine.letters.attention import Attention
from engine.letters.catalogue import LetterError
from engine.model.dossier import CaseId
from engine.model.family import Family, Letter
from engine.model.sides import home_as
from engine.time.zones import instant
from notifications.slots import AT_ONCE, NEXT_SLOT, Hours
from runtime.wiring import Runtime

_DAY = timedelta(days=1)
_SOON = timedelta(minutes=1)  # later than this slot
_TO_ANSWER = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class LetterTimes:
    """The moments of the letters of one family as it stands.

    ``attention`` says by role when people are written to; without it letters go at once.
    """

    together: Together
    attention: Mapping[str, Attention]

    def goes_at(self, letter: Letter) -> datetime:
        """When a letter goes, or the one that says it too: not before its reader works again.

        Of one that is needed no more it is now: whoever writes it gives it its end.
        """
        view = self.together.view(letter)
        found = looked_at_again(letter, view)
        if self._is_to_wait(found, view):
            return self._later(letter, view)
        if found.state != OWED:
            return self.together.now
        planned = min(self._own(each) for each in self.in_one(letter))
        return max(planned, self._open_at(letter))

    def in_one(self, letter: Letter) -> tuple[Letter, ...]:
        """The letters that go in one with this, itself among them: at the moment of the first."""
        together = self.together
        carrier = together.carrier(letter) or letter
        carried = (
            *together.taken_along(carrier),
            *together.said_besides(carrier),
            *together.to_one_mailbox(carrier),
        )
        return (carrier, *carried)

    def _own(self, letter: Letter) -> datetime:
        view = self.together.view(letter)
        hours = self._hours(view, letter)
        if hours is None:
            return letter.owed_at
        return hours.goes_at(
            self._urgency(letter), letter.owed_at, _latest(view, letter, hours.zone)
        )

    def _is_to_wait(self, found: Letter, view: View) -> bool:
        """Whether its reader is away, or what it asks for rests: it is looked at again later."""
        has_hours = self._hours(view, found) is not None
        return found.state == WAITS or (has_hours and rests(found, view))

    def _later(self, letter: Letter, view: View) -> datetime:
        hours, now = self._hours(view, letter), self.together.now
        return now + _DAY if hours is None else hours.goes_at(NEXT_SLOT, now + _SOON, None)

    def _open_at(self, letter: Letter) -> datetime:
        hours, now = self._hours(self.together.view(letter), letter), self.together.now
        return now if hours is None else hours.open_at(now)

    def _urgency(self, letter: Letter) -> str:
        try:
            return self.together.letters.stage(letter.owed.letter).urgency
        except LetterError:
            return AT_ONCE  # of another version than the texts: whoever writes it will say so

    def _hours(self, view: View, letter: Letter) -> Hours | None:
        role = letter.owed.audience.partition(".")[0]
        attention = self.attention.get(role)
        person = letter.owed.person or looked_at_again(letter, view).owed.person
        if attention is None or person is None:
            return None
        home = home_as(view.dossier, role, person)
        return Hours(attention, home.zone, home.workdays)


def times_of(runtime: Runtime, family: Family, case_id: CaseId, now: datetime) -> LetterTimes:
    """The moments of the letters of a case, as its texts and the programme in force say them."""
    texts = runtime.texts(family.whole(case_id).digest)
    together = Together(family, texts.catalogue, now, texts.said_facts)
    return LetterTimes(together, runtime.programme.letters.attention)


def _latest(view: View, letter: Letter, zone: str) -> datetime | None:
    """When the next letter of its ladder is due, or what it asks for soon would be: a rung does
    not wait for the one after it, and whoever is asked has time to answer.
    """
    due_on = letter.owed.due_on
    coming = [instant(due_on - _TO_ANSWER, time(), zone)] if due_on is not None else []
    if letter.owed.ladder and letter.stay == view.dossier.stay:
        coming += (
            timer.due_at
            for timer in view.dossier.timers
            if timer.ladder == letter.owed.ladder and timer.settled_at is None
        )
    return min(coming, default=None)
