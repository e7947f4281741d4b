"""Days as they were typed, read where the programme lives; what was understood is told."""

from datetime import date, datetime
from functools import partial

from cli.shared.output import say
from cli.shared.values import Written, read
from engine.literals import DAY, MOMENT, shown
from engine.time.day_words import When, day_in_words
from engine.time.written_days import read_day
from engine.time.written_moments import Here, moment_in_words
from engine.time.zones import local_day
from runtime.wiring import Runtime


def here(runtime: Runtime) -> Here:
    """The day it is at the office, and its clocks."""
    zone = runtime.settings.programme.zone
    return Here(local_day(runtime.clock(), zone), zone)


def day_of(runtime: Runtime, written: Written, when: When = "") -> date:
    """Which day was meant; whether it has come or is to come may be known."""
    found = read(partial(read_day, today=here(runtime).today, when=when), written.text)
    tell_day(written.text, found)
    return found


def tell_day(text: str, found: date) -> None:
    """Say which day was understood, where it was not written out."""
    if not DAY.fullmatch(text):
        say(f"pairing: {shown(text)} is {day_in_words(found)}")


def tell_moment(text: str, found: datetime, zone: str) -> None:
    """Say which moment was understood, and by whose clocks."""
    if not (DAY.fullmatch(text) or MOMENT.fullmatch(text)):
        say(f"pairing: {shown(text)} is {moment_in_words(found, zone)}")
