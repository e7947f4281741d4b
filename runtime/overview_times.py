"""When the overview of a week goes to whoever follows cases, and which cases it is about (N-22)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.letters.attention import Attention, Overview
from engine.model.dossier import CaseId, PersonId
from engine.time.working_days import Workdays
from engine.time.zones import local_day
from notifications.slots import Hours
from runtime.wiring import Runtime, office
from storage.database.transactions import Session
from storage.directory import directory
from storage.directory.directory import Contact
from storage.mail import overviews
from storage.mail.overviews import Follower

_WEEK = timedelta(days=7)
_CLOCK = timedelta(hours=2)  # beyond the hour that a clock may be put back
_FAR = 6  # weeks looked at: longer than any office is closed


@dataclass(frozen=True, slots=True)
class OverviewToGo:
    """The overview of a week: to whom, as whom, when, and of which cases."""

    person: Contact
    role: str  # the first of theirs that is named to have it
    overview: Overview
    zone: str
    goes_at: datetime
    week: date  # its Monday
    cases: tuple[CaseId, ...]


def going(session: Session, runtime: Runtime, now: datetime) -> Iterator[OverviewToGo]:
    """The overviews that go now: those of this week whose time has come, once for each person."""
    for reader in _readers(session, runtime):
        if (found := reader.of_week(session, now)) is not None and found.goes_at <= now:
            yield found


def going_to(
    session: Session, runtime: Runtime, person: PersonId, now: datetime
) -> OverviewToGo | None:
    """That of somebody, if it goes now."""
    readers = _readers(session, runtime, person)
    found = (reader.of_week(session, now) for reader in readers)
    return next((each for each in found if each is not None and each.goes_at <= now), None)


def coming(session: Session, runtime: Runtime, now: datetime) -> Iterator[OverviewToGo]:
    """The next overview of each person, if the cases are what they are."""
    for reader in _readers(session, runtime):
        later = (reader.begins(now) + number * _WEEK + _CLOCK for number in range(1, _FAR))
        found = (reader.of_week(session, each) for each in (now, *map(reader.begins, later)))
        yield from [each for each in found if each is not None][:1]


def foretold(
    session: Session, runtime: Runtime, now: datetime, until: datetime
) -> Iterator[OverviewToGo]:
    """Every overview until a moment, if whoever follows cases goes on following them."""
    for reader in _readers(session, runtime):
        begins = now
        while begins <= until:
            found = reader.of_week(session, begins)
            if found is not None and found.goes_at <= until:
                yield found
            begins = reader.begins(reader.begins(begins) + _WEEK + _CLOCK)


def overview_hours(session: Session, runtime: Runtime, person: PersonId) -> Hours | None:
    """The hours of whoever has an overview; None of who follows nothing by now."""
    return next((each.hours for each in _readers(session, runtime, person)), None)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Somebody who has an overview of all that they follow in these roles."""

    person: PersonId
    roles: tuple[Follower, ...]
    overview: Overview
    hours: Hours

    def begins(self, moment: datetime) -> datetime:
        """The beginning of the week of a moment."""
        day = local_day(moment, self.hours.zone)
        return self.hours.midnight(day - timedelta(days=day.weekday()))

    def of_week(self, session: Session, now: datetime) -> OverviewToGo | None:
        """That of the week of a moment, from then on; None where it went, or there is none."""
        slot = self.hours.in_week_of(self.overview.at, now)
        if slot is None:
            return None
        goes_at = slot if slot >= now else self.hours.open_at(now)
        if self.begins(goes_at) != self.begins(now):
            return None  # what is missed for the rest of a week, the next one tells
        week = local_day(self.begins(now), self.hours.zone)
        if self.person in overviews.written_to(session, week):
            return None
        day = local_day(slot, self.hours.zone)
        roles = {r.role for r in self.roles if r.starts_on is None or r.starts_on <= day}
        cases = overviews.followed(session, self.person, roles, slot)
        if not cases:
            return None
        return OverviewToGo(
            person=directory.person(session, self.person),
            role=next(each.role for each in self.roles if each.role in roles),
            overview=self.overview,
            zone=self.hours.zone,
            goes_at=goes_at,
            week=week,
            cases=cases,
        )


def _readers(session: Session, runtime: Runtime, only: PersonId | None = None) -> Iterator[_Reader]:
    letters = runtime.programme.letters
    overview = letters.overview
    if overview is None:
        return
    found: dict[PersonId, list[Follower]] = {}
    for each in overviews.followers(session, overview.roles):
        if only is None or each.person == only:
            found.setdefault(each.person, []).append(each)
    for person, played in found.items():
        ranked = sorted(played, key=lambda each: overview.roles.index(each.role))
        hours = _hours(session, runtime, letters.attention[ranked[0].role], ranked[0])
        yield _Reader(person, tuple(ranked), overview, hours)


def _hours(session: Session, runtime: Runtime, attention: Attention, each: Follower) -> Hours:
    """The hours of the office, or of the centre of somebody who plays a role of a side."""
    own, person = office(runtime.settings), directory.person(session, each.person)
    number = person.centre_id
    sides = runtime.programme.workflows[runtime.programme.root].sides
    if each.role in sides and number is not None:
        own = directory.centre(session, directory.centre_key(session, number))
    workdays = Workdays(own.country or None, own.region or None, own.closures)
    return Hours(attention, own.zone, workdays, calm_until=person.calm_until)
