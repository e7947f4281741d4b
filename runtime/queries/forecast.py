"""What will happen if nobody acts: the decisions of all families run forward in memory."""

from collections.abc import Iterator
from datetime import datetime

from engine.errors import ProjectError
from engine.model.dossier import CaseId
from engine.model.family import Family
from engine.time.spans import add_months
from engine.time.zones import local_time
from runtime.downtime import downtime_at
from runtime.families import Families
from runtime.letters_going import LettersGoing
from runtime.queries.foretelling import ACCEPTED, Foretelling, failure
from runtime.queries.future import ForetoldLetter, Future
from runtime.queries.mails_to_come import Sent, numbered
from runtime.queries.overviews_due import overviews_until
from runtime.wiring import Runtime, office
from storage.cases import cases
from storage.database.transactions import reading
from storage.errors import UnavailableError
from storage.journal.arranged import decided

_YEARS = 10


class HorizonError(ProjectError):
    """Nothing is foretold of a day gone by, nor of one that lies too far ahead."""


def forecast(runtime: Runtime, until: datetime, case_id: CaseId | None = None) -> Future:
    """Everything that comes until a moment if nobody acts, in the order of its days."""
    found, sent = Future(until), []
    for each, _, going in _told(runtime, until, case_id):
        found.letters += (letter for letter in each.letters if letter.end != ACCEPTED)
        sent += going
        found.flags += each.flags
        found.states += each.states
        found.dates += each.dates
        found.failures += each.failures
    weekly = overviews_until(runtime, until) if case_id is None else []
    letters, found.overviews = numbered(sent, weekly, runtime.programme.letters.attention)
    found.letters += letters
    found.letters.sort(key=lambda each: (each.at, each.pair, each.letter))
    found.flags.sort(key=lambda each: (each.at, each.pair, each.flag))
    found.states.sort(key=lambda each: (each.at, each.case))
    found.dates.sort(key=lambda each: (each.forecast_on, each.case, each.milestone))
    return found


def held_back(found: Future) -> list[ForetoldLetter]:
    """The letters that will not be sent, each with the reason."""
    return [each for each in found.letters if each.end != ACCEPTED and each.reason]


def letters_due(runtime: Runtime, until: datetime) -> list[ForetoldLetter]:
    """The letters that will go out until a moment if nobody acts."""
    return going_out(forecast(runtime, until))


def going_out(found: Future) -> list[ForetoldLetter]:
    """The letters that will be sent, not those that will be held back."""
    return [each for each in found.letters if each.end == ACCEPTED]


def futures(
    runtime: Runtime, until: datetime, case_id: CaseId | None = None
) -> Iterator[tuple[Future, Family | None]]:
    """What happens to each family and how it stands by then, one after the other.

    No check of one waits for another. A family that cannot be read has one failure and no end.
    """
    return ((future, family) for future, family, _ in _told(runtime, until, case_id))


def _told(
    runtime: Runtime, until: datetime, case_id: CaseId | None
) -> Iterator[tuple[Future, Family | None, list[Sent]]]:
    now = runtime.clock()
    zone = office(runtime.settings).zone
    _refuse_horizon(local_time(until, zone), local_time(now, zone))
    with reading(runtime.database) as session:
        downtime = downtime_at(session, runtime, now)
        roots = cases.roots(session) if case_id is None else (case_id,)
        for root in roots:
            families = Families(session, runtime, now)
            try:
                family = families.look_whole(root)
            except UnavailableError:
                raise
            except Exception as error:  # noqa: BLE001 - held by the sweep as well (P18)
                failed = failure(cases.head(session, root).reference, error)
                yield Future(until, failures=[failed]), None, []
            else:
                telling = Foretelling(families, downtime, Future(until), LettersGoing())
                if any(letter.held is not None for letter in family.owed()):
                    telling.acts = decided(session, root)
                yield *telling.run(family), telling.sent


def _refuse_horizon(until: datetime, now: datetime) -> None:
    """Both by the clocks of the office, as whoever named the day reads them."""
    if until < now:
        raise HorizonError(
            f"{until:%Y-%m-%d %H:%M} has gone by, it is {now:%Y-%m-%d %H:%M}: name a day to come"
        )
    last = datetime.combine(add_months(now.date(), 12 * _YEARS), now.timetz())
    if until > last:
        raise HorizonError(f"at most {_YEARS} years are foretold: name a day until {last:%Y-%m-%d}")
