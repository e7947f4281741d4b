"""When the letters that a family owes go out, each in the hours of whoever reads it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from engine.dates.view import View
from engine.decide.ends import OWED, SUPERSEDED, WAITS, held_back, looked_at_again, rests
from engine.decide.together import Together
from engine.letters.attention import Attention
from engine.letters.catalogue import LetterError
from engine.model.dossier import CaseId
from engine.model.family import Family, Letter
from engine.time.zones import instant
from notifications.slots import AT_ONCE, NEXT_SLOT, NOW, SLOT_LASTS, Hours
from runtime.reader_hours import hours_of
from runtime.wiring import Runtime
from storage.database.transactions import Session

_DAY = timedelta(days=1)
_SOON = SLOT_LASTS + timedelta(minutes=1)  # later than this slot
_TO_ANSWER = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Planned:
    """When a letter goes, and the numbers of the others that go in one with it.

    ``found`` is the letter as it would be written now: its reader found, or with an end.
    ``is_carried``: another one says it too, owed by now or awaited, and it ends with that one.
    """

    letter: Letter
    found: Letter
    at: datetime
    others: tuple[int, ...] = ()
    is_carried: bool = False
    is_awaited: bool = False


@dataclass(frozen=True, slots=True)
class LetterTimes:
    """The moments of the letters of one family as it stands.

    ``attention`` says by role when people are written to; without it letters go at once.
    """

    session: Session
    together: Together
    attention: Mapping[str, Attention]

    def plan(self, letter: Letter) -> Planned:
        """When a letter goes, or the one that says it too: not before its reader works again.

        Of one that is needed no more it is now: whoever writes it gives it its end.
        """
        together, view = self.together, self.together.view(letter)
        found = looked_at_again(letter, view)
        if self._is_to_wait(found, view):
            return Planned(letter, found, self._later(letter, view))
        if found.state == OWED and together.is_followed(letter):
            found = replace(found, state=SUPERSEDED, reason="superseded: a later one is owed")
        if found.state != OWED:
            return Planned(letter, found, together.now)
        host = self._host(found)
        in_one = (found, *self._in_one(host))
        # One mailbox may be read by several, each by clocks of their own: the letter that is
        # written goes in the hours of its own reader, and takes the others along.
        at = max(min(self._own(each) for each in in_one), self._open_at(host))
        others = dict.fromkeys(each.number for each in in_one if each.number != letter.number)
        awaited = together.is_awaited(host)
        is_carried = awaited or host.number != letter.number
        found = self._as_wished(found, view) if at > together.now else found
        return Planned(letter, found, at, tuple(others), is_carried, awaited)

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

    def _own(self, letter: Letter) -> datetime:
        view = self.together.view(letter)
        hours = self._hours(view, letter)
        if hours is None:
            return letter.owed_at
        return hours.goes_at(
            self._urgency(letter), letter.owed_at, _latest(view, letter, hours.zone)
        )

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
            return held.until if hours is None else hours.goes_at(NEXT_SLOT, held.until, None)
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
        if self._urgency(letter) == NOW:
            return None
        person = letter.owed.person or looked_at_again(letter, view).owed.person
        return hours_of(self.session, self.attention, view, letter, person)


def times_of(
    session: Session, runtime: Runtime, family: Family, case_id: CaseId, now: datetime
) -> LetterTimes:
    """The moments of the letters of a case, as its texts and the programme in force say them."""
    texts = runtime.texts(family.whole(case_id).digest)
    together = Together(family, texts.catalogue, now, texts.said_facts)
    return LetterTimes(session, together, runtime.programme.letters.attention)


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
