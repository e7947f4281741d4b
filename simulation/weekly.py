"""The overviews of a simulation: to whom each goes, and when (N-22). None of them is written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.model.dossier import CaseId, PersonId
from runtime.overview_times import coming, going
from runtime.wiring import Runtime
from storage.database.transactions import Session, reading
from storage.mail import overviews


@dataclass(frozen=True, slots=True)
class OverviewTold:
    """The overview of a week: who got it, by key, and when."""

    person: str
    at: datetime


@dataclass(slots=True)
class Weekly:
    """What goes once a week to whoever follows cases that are open.

    Writing them would cost more than all that is simulated: their times are what counts here.
    """

    runtime: Runtime
    is_open: Callable[[CaseId], bool] = lambda _case: True  # where rows do not say so
    told: list[OverviewTold] = field(default_factory=list)
    _next: datetime | None = None
    _asked_on: date | None = None

    def due(self) -> datetime | None:
        """When the next one goes; asked once a day, since pairs begin and end."""
        now = self.runtime.clock()
        if self._asked_on != now.date():
            self._asked_on = now.date()
            with reading(self.runtime.database) as session:
                found = coming(session, self.runtime, now)
                self._next = min((each.goes_at for each in found), default=None)
        return self._next

    def go(self, session: Session) -> frozenset[PersonId]:
        """Those that go now are noted as gone; their readers."""
        now = self.runtime.clock()
        if self._next is None or self._next > now:
            return frozenset()
        gone = [*going(session, self.runtime, now)]
        for each in gone:
            overviews.keep(session, each.person.id, each.week, None)
        sent = [each for each in gone if any(map(self.is_open, each.cases))]
        self.told += (OverviewTold(each.person.key, now) for each in sent)
        self._asked_on = None
        return frozenset(each.person.id for each in sent)
