"""The overviews of a simulation: to whom each goes, and when (N-22)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.model.dossier import CaseId, PersonId
from runtime.overview_times import OverviewToGo, coming, going
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

    In memory none is written, since no row says what became of letters: their times count there.
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
        """Those that go now are noted as gone without being written; their readers."""
        gone = [*self._going(session)]
        for each in gone:
            overviews.keep(session, each.person.id, each.week, None)
        return self._tell(each for each in gone if any(map(self.is_open, each.cases)))

    def see(self, session: Session) -> None:
        """Those that go now are noted; a worker writes them."""
        self._tell(self._going(session))

    def _going(self, session: Session) -> Iterable[OverviewToGo]:
        now = self.runtime.clock()
        return () if self._next is None or self._next > now else going(session, self.runtime, now)

    def _tell(self, sent: Iterable[OverviewToGo]) -> frozenset[PersonId]:
        now, people = self.runtime.clock(), [each.person for each in sent]
        self.told += (OverviewTold(each.key, now) for each in people)
        if self._next is not None and self._next <= now:
            self._asked_on = None
        return frozenset(each.id for each in people)
