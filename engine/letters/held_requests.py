"""What of a matter waits with its first request, while the office holds that one back."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from engine.dates.view import View
from engine.letters.instead import ladder_of
from engine.letters.open_item import late_on
from engine.letters.rounds import NEVER_WENT, asked_by
from engine.letters.wishes import any_is_arranged, by_office, dated_before, is_held_back
from engine.model.dossier import ReminderSent
from engine.model.family import Held, Letter
from engine.model.letter_words import DUE_ON
from engine.time.spans import Span, shift
from engine.time.zones import instant

GOES_AFTER = "the letter before it waits until then"
HELD_TOO = "the letter before it is held back"
ASKED_LATE = "the letter before it went late, and leaves time until then"
_TO_ANSWER = Span(working_days=2)  # that whoever is asked late has all the same
_DAY = timedelta(days=1)


def waits_with(view: View, letter: Letter) -> Held | None:
    """Until when a letter waits since the office holds back, or held back, what it reminds of; None
    where nothing keeps it.

    Never beyond the day on which the matter is late by its ladder: on that day others are told.
    """
    first, dated = _first(view, letter), dated_before(view, letter)
    if dated is not None and dated > view.now:
        held = Held(dated, GOES_AFTER)
    elif first is not None and first.is_held:
        held = Held(None, HELD_TOO)
    elif first is not None and _went_late(view, first):
        held = Held(_midnight(view, _time_until(view, letter, first.on) + _DAY), ASKED_LATE)
    else:
        return None
    late = late_on(replace(view, now=letter.owed_at), letter.owed.ladder)
    until = held.until
    if late is not None:
        end = _midnight(view, late + _DAY)
        until = end if until is None else min(until, end)
    return replace(held, until=until) if until is None or until > view.now else None


def is_still_first(view: View, letter: Letter) -> bool:
    """Whether what a letter reminds of waits for the word of the office, or did when it was owed:
    its reader had not been asked by then.
    """
    first = _first(view, letter)
    return first is not None and (is_held_back(view, first) or _goes_after(view, first, letter))


def goes_only_now(view: View, letter: Letter) -> bool:
    """Whether what a letter reminds of goes, or went, only after it was owed: nothing was asked of
    its reader of which it could remind.
    """
    first = _first(view, letter)
    return first is not None and not is_held_back(view, first) and _goes_after(view, first, letter)


def leaving_time(view: View, letter: Letter) -> Letter:
    """A letter that the office had held back asks by a day that leaves time, as it goes."""
    first = _first(view, letter)
    was_held = letter.held is not None or (first is not None and _went_late(view, first))
    named = letter.owed.due_on
    if not was_held or named is None:
        return letter
    until = _time_until(view, letter, view.today)
    late = late_on(view, letter.owed.ladder)
    day = max(named, until if late is None else min(until, late))
    facts = {**letter.owed.facts, DUE_ON: day.isoformat()}
    return replace(letter, owed=replace(letter.owed, facts=facts))


def _first(view: View, letter: Letter) -> ReminderSent | None:
    """The first letter of the matter to the reader of a later one; None where that is the first."""
    if not letter.owed.ladder or not any_is_arranged(view):
        return None
    ladder, reader = ladder_of(view, letter.owed.ladder), view.dossier.reader(letter.owed.person)
    if ladder is None or reader is None or letter.stay != view.dossier.stay:
        return None
    asked = (each for each in asked_by(ladder, view) if each.reader == reader.id)
    live = ((each.owed_at, each) for each in asked if each.outcome not in NEVER_WENT)
    before = [(at, each) for at, each in live if at is not None and at < letter.owed_at]
    return min(before, key=lambda pair: pair[0])[1] if before else None


def _goes_after(view: View, first: ReminderSent, letter: Letter) -> bool:
    until = first.not_before
    return until is not None and until > letter.owed_at and by_office(view, first)


def _went_late(view: View, first: ReminderSent) -> bool:
    is_gone = first.outcome != "owed"
    return is_gone and first.not_before is not None and by_office(view, first)


def _time_until(view: View, letter: Letter, day: date) -> date:
    ladder = ladder_of(view, letter.owed.ladder)
    party = view.dossier.party_of(ladder.calendar if ladder is not None else "")
    return shift(day, _TO_ANSWER, party.workdays)


def _midnight(view: View, day: date) -> datetime:
    return instant(day, time(), view.dossier.office.zone)
