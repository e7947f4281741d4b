"""Letters owed become messages, rendered once and frozen, or end with the reason why not."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from engine.decide.ends import NEEDS_HUMAN, OWED, WAITS
from engine.errors import ProjectError
from engine.model.dossier import CaseId, PersonId
from engine.model.family import Family
from notifications.composition import messages
from runtime.families import Families
from runtime.letter_times import LetterTimes, Planned, times_of
from runtime.wiring import Runtime
from runtime.workers.freezing import Message
from runtime.workers.letters_ready import Ready, ready
from runtime.workers.merging import merged
from runtime.workers.overviews import followers, write_overview
from runtime.workers.return_day import goes_with
from storage.database.transactions import reading, savepoint, transaction
from storage.errors import UnavailableError
from storage.mail import intents, outbox
from storage.mail.intents import OwedLetter, Place
from storage.mail.outbox import TakenError
from storage.programme import incidents
from storage.programme.incidents import of_letter

log = logging.getLogger(__name__)

A = TypeVar("A")

_BATCH = 50  # new letters, and places of letters that go, in one transaction
_MOST = 200  # letters in one message
_COMPOSED, _SUPERSEDED, _FAILED = "composed", "superseded", "failed"


class NobodyError(ProjectError):
    """A letter has no reader: nobody plays that role or can be reached, or the case rests."""


@dataclass(frozen=True, slots=True)
class Composed:
    """How many letters were composed, found needless, or could not be written."""

    composed: int = 0
    superseded: int = 0
    failed: int = 0


def compose_owed(runtime: Runtime, *, stop: Callable[[], bool] = lambda: False) -> Composed:
    """Write what goes now: all that goes to one person in one message, its bytes frozen (P3 d)."""
    counts: Counter[str] = Counter()
    goes_on = True
    while goes_on and not stop():
        with _composing(runtime, counts) as work:
            goes_on = work.plan()
    if not stop():
        with _composing(runtime, counts) as work:
            work.compose_unaddressed()
    for person in dict.fromkeys((*followers(runtime), *_readers(runtime))):
        if stop():
            break
        # One reader in a transaction: nobody who changes one of them waits for all.
        with _composing(runtime, counts) as work:
            work.compose(person)
    return Composed(counts[_COMPOSED], counts[_SUPERSEDED], counts[_FAILED])


def _readers(runtime: Runtime) -> Iterator[PersonId]:
    """Whoever a letter goes to now, whose first letter is the oldest first."""
    known: set[PersonId] = set()
    after, goes_on, now = Place(), True, runtime.clock()
    while goes_on:
        with reading(runtime.database) as session:
            going = intents.going(session, now, _BATCH, after)
        named = (each.person for each in going if each.person is not None)
        # Behind the last place, not after so many rows: what is owed meanwhile moves none of them.
        new = [person for person in named if person not in known]
        yield from dict.fromkeys(new)
        known.update(new)
        after = going[-1] if going else after
        goes_on = len(going) == _BATCH


@contextmanager
def _composing(runtime: Runtime, counts: Counter[str]) -> Iterator["_Composing"]:
    with transaction(runtime.database) as session:
        yield _Composing(Families(session, runtime, runtime.clock()), {}, counts)


@dataclass(frozen=True, slots=True)
class _Composing:
    """One transaction: a family is read once in it."""

    families: Families
    known: dict[CaseId, Family]
    counts: Counter[str]

    def plan(self) -> bool:
        """Ask of each letter that is new when it goes; whether there may be more of them."""
        session = self.families.session
        new = intents.unplanned(session, _BATCH)
        for intent in new:
            try:
                with savepoint(session):
                    self._ask(intent, self._plan)
            except UnavailableError:
                raise
            except Exception as error:  # noqa: BLE001 - whoever writes it now meets it again
                log.warning("letter not planned: %s", error, extra={"number": intent.letter.number})
                intents.plan(session, intent.letter.number, self.families.now)
        return len(new) == _BATCH

    def compose_unaddressed(self) -> None:
        """Write what is owed to nobody by name, with all that goes to whoever reads it."""
        found: dict[PersonId, list[Ready]] = {}
        for letter in self._due(None, self.families.now):
            found.setdefault(letter.person.id, []).append(letter)
        for person, letters in found.items():
            self.compose(person, letters)

    def compose(self, person: PersonId, besides: Sequence[Ready] = ()) -> None:
        """Write to somebody all that goes now."""
        if not intents.takes(self.families.session, person):
            return  # another worker writes to them
        going = [*self._due(person, self.families.now), *besides]
        if (until := goes_with(self.families, going)) is not None:
            going += self._due(person, until, but=going)
        letters = sorted(going, key=lambda each: each.letter.number)
        said = write_overview(self.families, person, letters)
        if said is not None:
            self.counts[_COMPOSED] += 1 + len(said)
        self._write([each for each in letters if each not in (said or ())])

    def _due(
        self, person: PersonId | None, until: datetime, but: Sequence[Ready] = ()
    ) -> list[Ready]:
        """What goes to somebody until a moment; what is later than now only where it can wait."""
        known = {number for each in but for number in each.numbers}
        letters = intents.due(self.families.session, person, until, _MOST)
        new = [each for each in letters if each.letter.number not in known]
        return [one for each in new if (one := self._ready(each, until)) is not None]

    def _plan(self, intent: OwedLetter, family: Family) -> None:
        self._keep(self._times(intent, family).plan(intent.letter))

    def _keep(self, planned: Planned) -> None:
        """A letter waits for its moment; what goes in one with it goes by then."""
        session = self.families.session
        is_held = planned.letter.waits_at(self.families.now)
        waits = planned.found.state == WAITS and not is_held
        why = planned.found.reason if waits else ""
        intents.plan(session, planned.letter.number, planned.at, why)
        for number in planned.others:
            intents.sooner(session, number, planned.at)

    def _ready(self, intent: OwedLetter, until: datetime) -> Ready | None:
        """A letter that is to be written now; None where it is not, which is written down."""
        try:
            with savepoint(self.families.session):
                return self._ask(intent, partial(self._looked_at, until))
        except UnavailableError:
            raise  # no fault of the letter: it is owed still when the database is back
        except Exception as error:  # noqa: BLE001 - one bad letter harms only itself (P18)
            self._fail(intent, error)
            return None

    def _looked_at(self, until: datetime, intent: OwedLetter, family: Family) -> Ready | None:
        times = self._times(intent, family)
        planned = times.plan(intent.letter)
        found = planned.found
        is_owed = found.state == OWED
        goes_by = until if is_owed and planned.can_wait else self.families.now
        if planned.at > goes_by or (is_owed and planned.is_carried):
            self._keep(planned)  # the next beat sees what became of it
            return None
        if found.state == NEEDS_HUMAN:
            raise NobodyError(found.reason)
        if found.state != OWED or found.owed.person is None:
            outbox.end(self.families.session, (found.number,), found.state, found.reason)
            self.counts[_SUPERSEDED] += 1
            return None
        return ready(self.families, times.together, intent, found, found.owed.person)

    def _write(self, letters: Sequence[Ready]) -> None:
        """Freeze the messages in which these go: what cannot go with others goes alone."""
        attention = self._runtime.programme.letters.attention
        for group in messages(letters, attention, lambda each: each.going):
            if len(group) > 1 and self._froze(partial(merged, self.families, group)):
                continue
            for each in group:
                self._froze(partial(merged, self.families, (each,)), each)

    def _froze(self, write: Callable[[], Iterable[Message]], alone: Ready | None = None) -> bool:
        """Whether nothing is left to write: frozen, or taken by another worker. A letter alone that
        fails waits for a person.
        """
        try:
            with savepoint(self.families.session):
                written = tuple(write())
                for message in written:
                    message.freeze(self.families)
        except TakenError:
            return True  # another worker was faster: the next beat sees what it wrote
        except UnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            if alone is not None:
                self._fail(alone.intent, error)
            else:
                log.warning("letters to one person go one by one: %s", error)
            return False
        self.counts[_COMPOSED] += sum(len(message.letters) for message in written)
        return True

    def _fail(self, intent: OwedLetter, error: Exception) -> None:
        session = self.families.session
        what = str(error) if isinstance(error, ProjectError) else repr(error)
        log.warning("letter failed: %s", what, exc_info=not isinstance(error, ProjectError))
        outbox.need_human(session, (intent.letter.number,), what)
        trouble = of_letter(intent.letter.owed.letter, intent.key)
        trouble = replace(trouble, what=what, case_id=intent.letter.case_id)
        if isinstance(error, NobodyError):
            # A role without anybody is one trouble, however many letters it is owed.
            trouble = replace(trouble, cause=what)
        incidents.report(session, trouble, self.families.now)
        self.counts[_FAILED] += 1

    def _ask(self, intent: OwedLetter, ask: Callable[[OwedLetter, Family], A]) -> A:
        """Ask a question of the family of a letter, as it stands."""
        case = intent.letter.case_id
        if case not in self.known:
            self.known[case] = self.families.look(case)
        family = self.known[case]
        return self.families.looking(family, partial(ask, intent))

    def _times(self, intent: OwedLetter, family: Family) -> LetterTimes:
        session, now = self.families.session, self.families.now
        return times_of(session, self._runtime, family, intent.letter.case_id, now)

    @property
    def _runtime(self) -> Runtime:
        return self.families.runtime
