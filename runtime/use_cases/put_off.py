"""Whoever is asked wants to hear of a matter not before a day: what is written to them waits."""

from collections.abc import Iterator, Mapping
from datetime import date, time

from engine.dates.anchors import day_of
from engine.decide.ends import ASKED_FOR
from engine.letters.open_item import late_on
from engine.model.definition import SYSTEM
from engine.model.dossier import Person
from engine.model.family import Held, Letter
from engine.model.outcomes import By, LetterArranged, LetterOwed, Refusal
from engine.model.plan import Plan
from engine.time.zones import instant
from runtime.asking import AS_EVER, Asking
from runtime.families import Families
from storage.mail import intents
from storage.mail.answers import StoredAnswer
from storage.mail.asked_letters import asked


def wrong_day(families: Families, said: Mapping[str, object]) -> str:
    """Why nothing waits until the day that was named; empty where it can."""
    day = _wanted(said)
    return "" if day > families.today else f"{day} has begun or gone by: name a day to come"


def put_off(families: Families, asking: Asking, said: Mapping[str, object]) -> Plan | Refusal:
    """Let what is written to somebody of a matter wait for a day; whoever runs the case has the
    receipt of it, since nothing is left to do.
    """
    letter, day = asking.asked.letter, min(_days(asking, said))
    at = instant(day, time(), families.runtime.settings.programme.zone)
    intents.put_off(families.session, letter.number, Held(at, ASKED_FOR))
    event = arranged(letter, f"not before {day}", asking.reader)
    return families.happen(letter.case_id, event)


def told(asking: Asking, said: Mapping[str, object]) -> tuple[str, ...]:
    """What a receipt says of it: nobody silences what others are told, so it waits at most until
    the day on which they are.
    """
    return tuple(_told(*_days(asking, said)))


def _days(asking: Asking, said: Mapping[str, object]) -> list[date]:
    """The day that was named, and that on which others are told, if any are."""
    late = late_on(asking.view, asking.asked.letter.owed.ladder)
    return [_wanted(said)] if late is None else [_wanted(said), late]


def ask_as_ever(families: Families, stored: StoredAnswer, reader: Person) -> None:
    """Nothing waits any more for the day of an answer that stands no more."""
    letter = asked(families.session, stored.letter)
    if letter is not None:
        found = letter.letter
        event = arranged(found, AS_EVER, reader)
        families.happen(found.case_id, event, along=True)
        intents.put_off(families.session, found.number, None)


def _wanted(said: Mapping[str, object]) -> date:
    days = (day_of(value) for value in said.values())
    return next(day for day in days if day is not None)  # `pairing check` sees that it asks for one


def arranged(
    letter: Letter, how: str, reader: Person, again: LetterOwed | None = None
) -> LetterArranged:
    """What the reader of a letter wished about it, as an act of theirs; with a letter to owe."""
    # It is their own wish: no leave of the office is asked for.
    by = By(reader.key, SYSTEM)
    return LetterArranged(letter.owed.letter, how, ASKED_FOR, by, again, letter.number)


def _told(wanted: date, late: date | None = None) -> Iterator[str]:
    yield f"Nothing more is written about it before {min(wanted, late or wanted)}."
    if late is not None and late < wanted:
        yield f"We wait no longer than that: if it is still open on {late}, others are told."
    elif late is not None:
        yield f"If it is still open on {late}, others are told on that day."
