"""What people ask of letters that can wait: to come at a slot of their own, or after a pause."""

from collections.abc import Iterator
from datetime import date, timedelta

from engine.letters.attention import Attention
from engine.time.slots import Slot
from engine.time.spans import add_months
from engine.time.working_days import Workdays
from engine.time.zones import local_day
from runtime.families import Families
from runtime.use_cases.directory_checks import DirectoryError
from runtime.wiring import Runtime, office
from storage.directory import directory
from storage.directory.rows import Centre, Contact

_WEEKDAYS_AHEAD = 10  # weeks in which a day of a slot is one of work somewhere
_WEEK = timedelta(days=7)


def check_wishes(acting: Families, contact: Contact) -> None:
    """Refuse a slot outside of their working hours, and a pause longer than a month.

    DirectoryError says what may be asked for.
    """
    key = contact.centre_id and directory.centre_key(acting.session, contact.centre_id)
    home = directory.centre(acting.session, key) if key else office(acting.runtime.settings)
    today = local_day(acting.now, home.zone)
    wrong = [*_wrong_pause(contact, today)]
    if contact.slot is not None:
        wrong += _wrong_slot(contact.slot, acting.runtime, home, today)
    if wrong:
        raise DirectoryError(f"person {contact.key}: {wrong[0]}")


def wishes_said(known: Contact | None, contact: Contact) -> str:
    """What somebody asks for by now and did not before, for the journals of their cases."""
    if known is None or (known.slot, known.calm_until) == (contact.slot, contact.calm_until):
        return ""
    slot = f"at {contact.slot}" if contact.slot is not None else "at the slots of the role"
    calm = f", and none until {contact.calm_until}" if contact.calm_until is not None else ""
    return f"{contact.name}: letters that can wait come {slot}{calm}"


def _wrong_slot(slot: Slot, runtime: Runtime, home: Centre, today: date) -> Iterator[str]:
    for hours in _hours(runtime, home):
        if not hours.opens <= slot.at < hours.closes:
            yield (
                f"the slot at {slot.at:%H:%M} is outside of their working hours: "
                f"name one from {hours.opens:%H:%M} and before {hours.closes:%H:%M}"
            )
        on_some_days = bool(hours.slots) and all(each.weekday is not None for each in hours.slots)
        if slot.weekday is None and on_some_days:
            yield f"they are written to on some days of a week: name one, monday {slot.at:%H:%M}"
    if not _is_worked(slot, home, today):
        yield f"nobody works there on the day of the slot {slot}: name another day"


def _wrong_pause(contact: Contact, today: date) -> Iterator[str]:
    last = add_months(today, 1)
    if contact.calm_until is not None and contact.calm_until > last:
        yield (
            f"calm until {contact.calm_until} is more than a month: name a day until {last}, or "
            f"say who answers meanwhile: pairing person away {contact.key} --from {today} "
            f"--until {contact.calm_until}"
        )


def _hours(runtime: Runtime, home: Centre) -> Iterator[Attention]:
    """The hours of the role that somebody of a centre plays, or of those of the office."""
    sides = {side for each in runtime.programme.workflows.values() for side in each.sides}
    for role, hours in runtime.programme.letters.attention.items():
        if role == home.side or (home.side not in sides and role not in sides):
            yield hours


def _is_worked(slot: Slot, home: Centre, today: date) -> bool:
    workdays = Workdays(home.country or None, home.region or None)
    if slot.weekday is None:
        return True
    first = today + timedelta(days=(slot.weekday - today.weekday()) % 7)
    return any(workdays.is_working_day(first + n * _WEEK) for n in range(_WEEKDAYS_AHEAD))
