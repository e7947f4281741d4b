"""What the programme's other cases hold, as far as somebody loaded it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from engine.errors import ProjectError


@dataclass(frozen=True, slots=True)
class Dated:
    """A meeting planned in another case of somebody who plays a role in this one."""

    role: str
    person: str  # key
    kind: str
    on: date


@dataclass(frozen=True, slots=True)
class Others:
    """What the programme's other cases hold, as far as the checks ask for it.

    ``holding`` names, for each side of this case, the references of other cases that hold a place
    with the same centre, ``asking`` those that have asked a partner and wait for what comes of it.
    """

    active: int = 0
    holding: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    asking: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    dated: tuple[Dated, ...] = ()
    loaded: frozenset[str] = frozenset({"places", "load"})  # which of it is known

    def known(self, what: str, case_id: int) -> "Others":
        """Itself, when this part of it was loaded; else NotLoadedError."""
        if what not in self.loaded:
            raise NotLoadedError(case_id, what)
        return self


NOTHING_LOADED = Others(loaded=frozenset())


class NotLoadedError(ProjectError):
    """A check reads what other cases hold, and nobody has loaded it: never a silent nothing."""

    def __init__(self, case_id: int, what: str) -> None:
        super().__init__(f"case {case_id} needs to know of other cases: {what}")
        self.case_id = case_id
        self.what = what
