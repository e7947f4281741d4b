"""What a case passes on in its family: cases opened, triggers told, flags raised above."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.model.dossier import EMPTY, CaseId


@dataclass(frozen=True, slots=True)
class ChildOpened:
    """Open a case of ``workflow`` under this case, or under its parent."""

    workflow: str
    facts: Mapping[str, object]
    under_parent: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Pass a trigger on: to one child, to all open children of a workflow, or to the parent."""

    trigger: str
    workflow: str | None = None
    child: CaseId | None = None
    to_parent: bool = False
    facts: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class FlagPassedUp:
    """Raise a flag in the case above that knows it: there is one of a kind for a whole family."""

    flag: str
    severity: str | None
    cause: str


Passed = ChildOpened | Told | FlagPassedUp
