"""Which letters of a family go at a moment of its future, and when the others do."""

from dataclasses import dataclass, field
from datetime import datetime

from engine.model.family import Family, Letter
from runtime.families import Families
from runtime.letter_times import LetterTimes, times_of


@dataclass(slots=True)
class Going:
    """The moments of the letters of one family that wait, as whoever writes them will ask."""

    families: Families
    asked: list[Letter] = field(default_factory=list)  # of which was asked last when they go
    _moments: dict[int, datetime] = field(default_factory=dict)  # by number

    def next(self) -> datetime | None:
        """When the next letter goes; None when none waits."""
        return min(self._moments.values(), default=None)

    def by(self, family: Family, now: datetime) -> list[Letter]:
        """The letters that go now: they wait no more."""
        owed = sorted(family.owed(), key=lambda letter: letter.number)
        still = {letter.number for letter in owed}
        self._moments = {number: at for number, at in self._moments.items() if number in still}
        self.asked = [each for each in owed if self._moments.get(each.number, now) <= now]
        for letter in owed:
            if self._moments.get(letter.number, now) <= now:
                self._plan(family, letter, now)
        due = [letter for letter in owed if self._moments[letter.number] <= now]
        gone = [letter for letter in due if not self._is_awaited(family, letter, now)]
        for letter in gone:
            del self._moments[letter.number]
        return gone

    def _plan(self, family: Family, letter: Letter, now: datetime) -> None:
        """Ask when a letter goes; those that go in one with it go with the first of them."""

        def ask(whole: Family) -> tuple[datetime, list[int]]:
            times = self._times(whole, letter, now)
            return times.goes_at(letter), [each.number for each in times.in_one(letter)]

        at, numbers = self.families.looking(family, ask)
        self._moments[letter.number] = at
        for number in numbers:
            self._moments[number] = min(self._moments.get(number, at), at)

    def _is_awaited(self, family: Family, letter: Letter, now: datetime) -> bool:
        """Whether it goes in a letter that is about to be owed."""
        return self.families.looking(
            family, lambda whole: self._times(whole, letter, now).together.is_awaited(letter)
        )

    def _times(self, family: Family, letter: Letter, now: datetime) -> LetterTimes:
        return times_of(self.families.runtime, family, letter.case_id, now)
