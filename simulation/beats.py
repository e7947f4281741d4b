"""The beats of a simulation on rows: what the metronome would wake, and what came of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.model.letter_words import MEETING
from notifications.mailer import Mailer
from runtime.wiring import Runtime
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep
from simulation.weekly import OverviewTold, Weekly
from storage.cases import timers
from storage.database import meta
from storage.database.transactions import reading, transaction
from storage.journal import verify
from storage.mail import intents, sending
from storage.mail.queries import LetterQuery, letters


@dataclass(frozen=True, slots=True)
class LetterTold:
    """A letter that was owed, the pair it is about, and what became of it."""

    letter: str
    audience: str
    pair: str
    person: str | None
    state: str
    settled_at: datetime | None
    meeting: str  # of which it tells: such a letter is a message of its own


class Beats(Protocol):
    """What goes on by itself in a simulation."""

    def due(self, after: datetime) -> tuple[datetime | None, datetime | None]:
        """When the next timer wakes, of those after a moment, and the next letter is tried."""

    def sweep(self, now: datetime) -> None:
        """Fire what is due."""

    def mail(self) -> None:
        """Write and send what is owed."""

    def rest(self, now: datetime) -> None:
        """Nothing happens up to this moment, the last one."""

    def letters(self) -> Iterator[LetterTold]:
        """Every letter that was owed."""

    def overviews(self) -> Sequence[OverviewTold]:
        """Every overview that went."""

    def findings(self) -> tuple[str, ...]:
        """What the journals hold that cannot be."""


@dataclass(frozen=True, slots=True)
class RowBeats:
    """The workers' own beats, on the database."""

    runtime: Runtime
    mailer: Mailer
    weekly: Weekly

    def due(self, after: datetime) -> tuple[datetime | None, datetime | None]:
        with reading(self.runtime.database) as session:
            coming = (intents.next_going(session), sending.next_due(session), self.weekly.due())
            mail = min((at for at in coming if at is not None), default=None)
            return timers.next_due(session, after), mail

    def sweep(self, now: datetime) -> None:
        self.rest(now)
        sweep(self.runtime)

    def mail(self) -> None:
        with reading(self.runtime.database) as session:
            self.weekly.see(session)
        compose_owed(self.runtime)
        deliver(self.runtime, self.mailer)

    def rest(self, now: datetime) -> None:
        # The clock leaps over what is quiet; the engine was not down there (P5).
        with transaction(self.runtime.database) as session:
            meta.set_beat(session, now)

    def letters(self) -> Iterator[LetterTold]:
        after = 0
        with reading(self.runtime.database) as session:
            while page := letters(session, LetterQuery(after=after)):
                for line in page:
                    yield LetterTold(
                        line.letter,
                        line.audience,
                        line.root,
                        line.person,
                        line.state,
                        line.settled_at,
                        str(line.facts.get(MEETING, "")),
                    )
                after = page[-1].id

    def overviews(self) -> Sequence[OverviewTold]:
        return self.weekly.told

    def findings(self) -> tuple[str, ...]:
        with reading(self.runtime.database) as session:
            return tuple(f"{each.reference}: {each.what}" for each in verify.verify(session))
