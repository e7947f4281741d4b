"""People and centres as a case knows them, and when somebody does not answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NewType

from engine.time.slots import Slot
from engine.time.working_days import Workdays

PersonId = NewType("PersonId", int)

# Words of a letter's facts: for whom its reader stands in, and who named them to be asked in their
# own place, each in words and by their number; and of which absence it tells.
INSTEAD_OF, ABSENT, NAMED_BY, NAMER = "instead_of", "absent", "named_by", "namer"
AWAY = "of_absence"


def number_in(facts: Mapping[str, object], word: str) -> PersonId | None:
    """The number of somebody as the facts of a letter keep it; None where they keep none."""
    said = facts.get(word)
    return PersonId(int(str(said))) if said is not None else None


_NO_FACTS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which somebody does not answer, the first and the last of them too.

    Days of the calendar in the zone of their centre. Why they are away is not known to anybody.
    """

    first_on: date
    last_on: date
    substitute: "Person | None" = None  # who was named to answer meanwhile

    def covers(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who plays a role in the case; ``reachable`` is false once the address is dead."""

    id: PersonId
    name: str
    email: str
    role: str
    main: bool = True
    function: str = ""
    department: str = ""
    language: str = ""  # of their letters; empty: that of their centre
    phone: str = ""
    languages: tuple[str, ...] = ()
    hours: str = ""
    reachable: bool = True
    centre: str = ""  # the key of the centre they come from
    key: str = ""
    general: bool = False  # plays the role in the whole programme, not in this case alone
    absences: tuple[Absence, ...] = ()  # the earliest first; none overlap
    slot: Slot | None = None  # when they asked for what can wait; None: at those of their role
    calm_until: date | None = None  # the last day on which they asked for nothing that can wait

    def absent(self, day: date) -> Absence | None:
        """Their absence on a day of the calendar where they are, None when they are there."""
        return next((each for each in self.absences if each.covers(day)), None)


@dataclass(frozen=True, slots=True)
class Party:
    """The centre on one side of a case, or the programme's own office."""

    side: str
    key: str
    name: str
    short_name: str
    country: str
    zone: str
    workdays: Workdays
    city: str = ""
    facts: Mapping[str, object] = field(default_factory=lambda: _NO_FACTS)
    language: str = ""  # of letters to its people who have named none
