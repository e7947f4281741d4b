"""Which letters of a family go at a moment, and when the others do: where no row says so."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from engine.model.family import Family, Letter
from runtime.families import Families
from runtime.letter_times import Planned, times_of


@dataclass(slots=True)
class LettersGoing:
    """The moments of the letters of one family that wait, as whoever writes them asks for them."""

    asked: tuple[Planned, ...] = ()  # those of which was asked last when they go
    _moments: dict[int, datetime] = field(default_factory=dict)  # by number

    def next(self) -> datetime | None:
        """When the next letter goes; None when none waits."""
        return min(self._moments.values(), default=None)

    def by(self, families: Families, family: Family, now: datetime) -> tuple[Planned, ...]:
        """The letters that go now, in the order in which they were owed: they wait no more."""
        owed = sorted(family.owed(), key=lambda letter: letter.number)
        still = {letter.number for letter in owed}
        self._moments = {number: at for number, at in self._moments.items() if number in still}
        asked: dict[int, Planned] = {}
        # A letter may take another along that would go later: of that one is asked as well.
        while due := [each for each in owed if each.number not in asked and self._goes(each, now)]:
            for letter in due:
                plan = partial(_plan, families, letter, now)
                asked[letter.number] = families.looking(family, plan)
                self._wait(asked[letter.number])
        self.asked = tuple(asked[each.number] for each in owed if each.number in asked)
        going = (each for each in self.asked if self._goes(each.letter, now))
        gone = tuple(each for each in going if not each.is_awaited)
        for each in gone:
            del self._moments[each.letter.number]
        return gone

    def _goes(self, letter: Letter, now: datetime) -> bool:
        return self._moments.get(letter.number, now) <= now

    def _wait(self, planned: Planned) -> None:
        """Those that go in one with a letter go with the first of them."""
        self._moments[planned.letter.number] = planned.at
        for number in planned.others:
            self._moments[number] = min(self._moments.get(number, planned.at), planned.at)


def _plan(families: Families, letter: Letter, now: datetime, family: Family) -> Planned:
    session, runtime = families.session, families.runtime
    return times_of(session, runtime, family, letter.case_id, now).plan(letter)
