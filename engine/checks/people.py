"""The check on a person who is named: whether they take part, and as whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from engine.checks.wording import absent
from engine.dates.view import View
from engine.model.check import NOTHING, Lack
from engine.model.dossier import Person


@dataclass(frozen=True, slots=True)
class TakesPart:
    """Somebody is named who plays a role in the case, or one of the office: by key, or by name."""

    of: str
    office: bool = False  # nobody of a centre will do
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        named = view.value(self.of)
        if not named:
            return (Lack(absent(view, self.of)),)
        there = view.dossier.everybody()
        meant = [each for each in there if each.role in view.workflow.office or not self.office]
        if named in _called(meant):
            return ()
        role = "no role of the office" if named in _called(there) else "no role"
        known = dict.fromkeys(f"{each.key or each.name} ({each.role})" for each in meant)
        ways = f": choose {' or '.join(known)}" if self.office and known else ""
        return (Lack(f"{named} plays {role} here{ways}"),)

    def paths(self) -> tuple[str, ...]:
        return (self.of,)


def _called(people: Iterable[Person]) -> set[str]:
    """What people answer to: never the empty word, which names nobody."""
    return {name for person in people for name in (person.key, person.name)} - {""}
