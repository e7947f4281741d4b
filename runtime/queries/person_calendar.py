"""The calendar of a person: the windows of their cases, and the days on which something is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.dates.past_windows import window_of
from engine.dates.view import View
from engine.letters.ladders import NOT_SENT, is_running
from engine.letters.open_item import ask_of
from engine.letters.spoken import SOURCE
from engine.letters.turns import owners
from engine.model.dossier import CaseId, PersonId
from engine.model.family import Family
from engine.model.partners import hears
from notifications.calendar import Days, subscribed
from notifications.calendar_words import titled
from notifications.languages import known, language_of
from runtime.families import Families
from runtime.wiring import Runtime
from storage.database.transactions import Session, reading
from storage.directory import directory, roles
from storage.directory.rows import Contact


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """A window of a case, or the day on which something is due; the last day too."""

    case: str
    title: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class PersonCalendar:
    """What stands in a calendar, and the same as calendar programs read it."""

    days: tuple[CalendarDays, ...]
    ics: bytes


def person_calendar(runtime: Runtime, key: str) -> PersonCalendar:
    """What lies ahead of somebody, meetings apart: those come as invitations.

    NotFoundError: there is no such person.
    """
    now = runtime.clock()
    with reading(runtime.database) as session:
        person = directory.person(session, key)
        language = _language(session, person)
        acting = Families(session, runtime, now)
        found = sorted(
            (
                each
                for case_id in roles.cases_of(session, person.id)
                for each in _ahead(acting, case_id, person.id, language)
            ),
            key=_by_day,
        )
    name = f"{runtime.settings.mail.from_name}: {person.name}"
    words = language_of(language)
    told = (Days(uid, titled(e.title, e.case, words), e.first, e.last) for uid, e in found)
    return PersonCalendar(tuple(each for _, each in found), subscribed(name, told, now))


def _by_day(entry: tuple[str, CalendarDays]) -> tuple[date, date, str]:
    uid, days = entry
    return days.first, days.last, uid


def _ahead(
    families: Families, root: CaseId, person: PersonId, language: str
) -> Iterator[tuple[str, CalendarDays]]:
    """What lies ahead of them in a case and its children, each with its name for ever."""
    runtime, family = families.runtime, families.look(root)
    for case_id in family.cases:
        dossier = family.whole(case_id)
        view = View(family.workflow(case_id), dossier, families.now)
        if not _hears(view, person):
            continue
        uid = f"{runtime.programme.name}.{runtime.token}.{case_id}"
        named = runtime.texts(dossier.digest).named
        for name, title, first, last in (*_windows(view), *_due(family, view, person)):
            found = CalendarDays(str(view.value("case.name")), named(title, language), first, last)
            yield f"{uid}.{name}.{dossier.partnership}", found


def _hears(view: View, person: PersonId) -> bool:
    """Whether they play a role that may know of the case: a partner only once they are asked."""
    roles_of = {each.role for each in view.dossier.everybody() if each.id == person}
    return any(hears(view.workflow, view.dossier, role) for role in roles_of)


def _language(session: Session, person: Contact) -> str:
    """Theirs, else that of their centre, as for letters."""
    home = person.centre_id
    centre = home and directory.centre(session, directory.centre_key(session, home))
    return (*known(person.language, centre.language if centre else ""), SOURCE)[0]


def _windows(view: View) -> Iterator[tuple[str, str, date, date]]:
    """The milestones that are still to come, while the case does not rest."""
    if view.workflow.state(view.dossier.state).pauses:
        return
    for name, dates in view.dossier.dates.items():
        if dates.actual is not None or name not in view.workflow.states:
            continue
        opens, ends = window_of(view.workflow, view.dossier, name)
        last = ends or opens
        if last is not None and last >= view.today:
            yield f"window-{name}", view.workflow.state(name).title, opens or last, last


def _due(family: Family, view: View, person: PersonId) -> Iterator[tuple[str, str, date, date]]:
    """What they are asked for, on the last day that a letter named to them."""
    asked = {
        letter.owed.ladder: (letter.owed.audience.partition(".")[0], letter.owed.due_on)
        for letter in family.letters.get((view.dossier.id, view.dossier.stay), ())
        if letter.owed.person == person and letter.state not in NOT_SENT
    }
    for ladder in view.workflow.state(view.dossier.state).ladders:
        role, day = asked.get(ladder.name, ("", None))
        if day is None or day < view.today or not is_running(ladder, view):
            continue
        if role in owners(ladder, view):
            yield f"due-{ladder.name}", ask_of(view, ladder.name).what, day, day
