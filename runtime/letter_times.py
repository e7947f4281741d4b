"""When the letters that a family owes go out, each in the hours of whoever reads it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from engine.dates.view import View
from engine.decide.ends import OWED, SUPERSEDED, WAITS, held_back, looked_at_again, rests
from engine.decide.together import Together
from engine.letters.catalogue import Catalogue, LetterError
from engine.model.dossier import CaseId, Timer
from engine.model.family import Family, Letter
from notifications.slots import AT_ONCE, CAN_WAIT, NEXT_SLOT, NOW, SLOT_LASTS, Hours
from runtime.reader_hours import hours_of
from runtime.wiring import Runtime
from storage.database.transactions import Session

_DAY = timedelta(days=1)
_SOON = SLOT_LASTS + timedelta(minutes=1)  # later than this slot


@dataclass(frozen=True, slots=True)
class Planned:
    """When a letter goes, and the numbers of the others that go in one with it.

    ``found`` is the letter as it would be written now: its reader found, or with an end.
    ``is_carried``: another one says it too, owed by now or awaited, and it ends with that one.
    ``can_wait``: the one that is written goes at a slot, with what goes then.
    """

    letter: Letter
    found: Letter
    at: datetime
    others: tuple[int, ...] = ()
    is_carried: bool = False
    is_awaited: bool = False
    can_wait: bool = False


@dataclass(frozen=True, slots=True)
class LetterTimes:
    """The moments of the letters of one family as it stands.

    ``in_force`` says by role when people are written to; where it does not, letters go at once.
    """

    session: Session
    together: Together
    in_force: Catalogue

    def plan(self, letter: Letter) -> Planned:
        """When a letter goes, or the one that says it too: not before its reader works again.

        Of one that is needed no more it is now: whoever writes it gives it its end.
        """
        together, view = self.together, self.together.view(letter)
        found = looked_at_again(letter, view)
        if self._is_to_wait(found, view):
            return Planned(letter, found, self._later(letter, view))
        if found.state == OWED and together.is_followed(letter):
            found = replace(
                found, state=SUPERSEDED, reason="superseded: a later letter asks for the same"
            )
        if found.state != OWED:
            return Planned(letter, found, together.now)
        host = self._host(found)
        in_one = (found, *self._in_one(host))
        at = self._in_hours(host, in_one)
        others = dict.fromkeys(each.number for each in in_one if each.number != letter.number)
        awaited = together.is_awaited(host)
        is_carried = awaited or host.number != letter.number
        found = self._as_wished(found, view) if at > together.now else found
        can_wait = self._urgency(host) in CAN_WAIT
        return Planned(letter, found, at, tuple(others), is_carried, awaited, can_wait)

    def _as_wished(self, found: Letter, view: View) -> Letter:
        """A letter that does not go yet waits for the end of a pause its reader asked for, if they
        did.
        """
        hours = self._hours(view, found)
        if hours is None or self._urgency(found) == AT_ONCE or not hours.is_calm(view.now):
            return found
        reader = view.dossier.reader(found.owed.person)
        name = reader.name if reader is not None else "its reader"
        reason = f"withheld: {name} asked for nothing that can wait until {hours.calm_until}"
        return replace(found, state=WAITS, reason=reason)

    def _host(self, letter: Letter) -> Letter:
        """The letter that is written for this one: itself, unless another says it too."""
        host, passed = letter, {letter.number}
        while (carrier := self.together.carrier(host)) and carrier.number not in passed:
            host = carrier
            passed.add(host.number)
        return host

    def _in_one(self, host: Letter) -> Iterator[Letter]:
        """A letter that is written, and those that go in it."""
        yield host
        yield from self.together.taken_along(host)
        yield from self.together.said_besides(host)
        yield from self.together.to_one_mailbox(host)

    def _in_hours(self, host: Letter, in_one: Sequence[Letter]) -> datetime:
        """When all of them go: one mailbox may be read by several, each by clocks of their own, and
        the letter that is written goes in the hours of its own reader.
        """
        own, now = min(self._own(each) for each in in_one), self.together.now
        view = self.together.view(host)
        hours = self._hours(view, host)
        if hours is None:
            return max(own, now)
        if own < now and all(self._urgency(each) in CAN_WAIT for each in in_one):
            after = (each.due_at for each in _rungs(view, host) if each.due_at > host.owed_at)
            return hours.goes_late(now, min(after, default=None))
        return max(own, hours.open_at(now))

    def _own(self, letter: Letter) -> datetime:
        view = self.together.view(letter)
        hours = self._hours(view, letter)
        if hours is None:
            return letter.owed_at
        urgency = self._urgency(letter)
        coming = [*_next_rungs(view, letter)]
        if letter.owed.due_on is not None:
            coming.append(hours.latest_for(letter.owed.due_on, urgency))
        return hours.goes_at(urgency, letter.owed_at, min(coming, default=None))

    def _is_to_wait(self, found: Letter, view: View) -> bool:
        """Whether its reader is away, it is held back, or what it asks for rests: it is looked at
        again later.
        """
        has_hours = self._hours(view, found) is not None
        return found.state == WAITS or (has_hours and rests(found, view))

    def _later(self, letter: Letter, view: View) -> datetime:
        hours, now = self._hours(view, letter), self.together.now
        held = held_back(letter, view)
        if held is not None and held.until is not None:
            if hours is None:
                return held.until
            coming = (each for each in _next_rungs(view, letter) if each > held.until)
            return hours.goes_at(NEXT_SLOT, held.until, min(coming, default=None))
        return now + _DAY if hours is None else hours.goes_at(NEXT_SLOT, now + _SOON, None)

    def _urgency(self, letter: Letter) -> str:
        try:
            return self.together.letters.stage(letter.owed.letter).urgency
        except LetterError:
            return AT_ONCE  # of another version than the texts: whoever writes it will say so

    def _hours(self, view: View, letter: Letter) -> Hours | None:
        if self._urgency(letter) == NOW:
            return None
        person = letter.owed.person or looked_at_again(letter, view).owed.person
        return hours_of(self.session, self.in_force, view, letter, person)


def times_of(
    session: Session, runtime: Runtime, family: Family, case_id: CaseId, now: datetime
) -> LetterTimes:
    """The moments of the letters of a case, as its texts and the programme in force say them."""
    texts = runtime.texts(family.whole(case_id).digest)
    together = Together(family, texts.catalogue, now, texts.said_facts)
    return LetterTimes(session, together, runtime.programme.letters)


def _next_rungs(view: View, letter: Letter) -> Iterator[datetime]:
    """When the next letters of its ladder are due: a rung does not wait for the one after it."""
    return (each.due_at for each in _rungs(view, letter) if each.settled_at is None)


def _rungs(view: View, letter: Letter) -> Iterator[Timer]:
    if letter.owed.ladder and letter.stay == view.dossier.stay:
        yield from (each for each in view.dossier.timers if each.ladder == letter.owed.ladder)
