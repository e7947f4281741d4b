"""How dates, moments and lists read in a letter, in the reader's language and zone (pure)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from engine import literals
from engine.letters.catalogue import LetterError
from engine.letters.spoken import SOURCE
from engine.time.zones import zone_exists
from notifications.languages import Language, language_of
from notifications.terms import said

_PAIR = 2
_CLOCK = r"[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})"
# A day, or a moment with its offset; not within a name of a file or an address.
_DAYS = re.compile(rf"{literals.DAY.pattern}(?:[,;] {literals.DAY.pattern})*")
_STAMP = re.compile(rf"(?<![\w./-]){literals.DAY.pattern}({_CLOCK})?(?![\w/-]|\.\w)")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the IANA zone of their clocks, the day of sending there, their languages."""

    zone: str
    sent_on: date
    language: str = SOURCE
    besides: tuple[str, ...] = ()  # those a letter is in where it is not written in that one

    @property
    def words(self) -> Language:
        return language_of(self.language)

    def __post_init__(self) -> None:
        if not zone_exists(self.zone):
            raise LetterError(f"no time zone {self.zone!r}: use an IANA name like Europe/Paris")


def day(value: object, reader: Reader) -> str:
    """Write `Monday 14 December 2026`."""
    on, words = _day_of(value, reader, "day"), reader.words
    weekday = words.days[on.weekday()]
    return words.say("{weekday} {date}", weekday=weekday, date=words.whole_date(on))


def short(value: object, reader: Reader) -> str:
    """Write `14 December`, with the year only when it is not the year of sending."""
    on, words = _day_of(value, reader, "short"), reader.words
    return words.day_and_month(on) if on.year == reader.sent_on.year else words.whole_date(on)


def by(value: object, reader: Reader) -> str:
    """Write `by Monday 14 December 2026`, the last day for something, as one who reads it today."""
    return _until(value, reader, "by") or reader.words.say("by {day}", day=day(value, reader))


def by_short(value: object, reader: Reader) -> str:
    """Write the same for a subject: `by 14 December`."""
    ahead = _until(value, reader, "by_short")
    return ahead or reader.words.say("by {day}", "subject", day=short(value, reader))


def moment(value: object, reader: Reader) -> str:
    """Write `Tuesday 15 December 2026, 14:00 (Vienna time)`, on the reader's clocks."""
    at, words = _local(value, reader, "moment"), reader.words
    clock = _clock(at, words)
    where = words.city(reader.zone)
    return words.say("{day}, {hour} ({city})", day=day(value, reader), hour=clock, city=where)


def brief(value: object, reader: Reader) -> str:
    """Write `15 December, 14:00`, on the reader's clocks."""
    at = _local(value, reader, "brief")
    clock = _clock(at, reader.words)
    return reader.words.say("{day}, {hour}", day=short(value, reader), hour=clock)


def month(value: object, reader: Reader) -> str:
    """Write `August 2026`."""
    on, words = _day_of(value, reader, "month"), reader.words
    year = words.digits(str(on.year))
    return words.say("{month} {year}", month=words.alone[on.month], year=year)


def span(value: object, reader: Reader) -> str:
    """Write `27 and 28 August 2026`, with month and year only where they differ."""
    first, last = _days_of(value)
    words = reader.words
    end = words.whole_date(last)
    if first == last:
        return end
    if first.year != last.year:
        return words.say("{first} to {last}", first=words.whole_date(first), last=end)
    start = words.day_of_month(first.day)
    if first.month != last.month:
        start = words.day_and_month(first)
    joint = "{first} and {last}" if (last - first).days == 1 else "{first} to {last}"
    return words.say(joint, first=start, last=end)


def listed(value: object, reader: Reader) -> str:
    """Write `a, b and c`; dates and moments in their short form; `none` for an empty list."""
    if not isinstance(value, (list, tuple)):
        raise _misuse("listed", "a list", value)
    words = reader.words
    entries = [words.part(_in_list(one, reader)) for one in value]
    if not entries:
        return words.word("none")
    if len(entries) == 1:
        return entries[0]
    # A comma inside an entry would read as one more entry.
    has_comma = any(words.word(",") in entry or "," in entry for entry in entries)
    comma = words.word(";" if len(entries) > _PAIR and has_comma else ",") + " "
    return words.say("{others} and {one}", others=comma.join(entries[:-1]), one=entries[-1])


def written(value: object, reader: Reader) -> str:
    """Write any value of a record: each day and moment in it as people read it, the rest as is."""
    if isinstance(value, datetime):
        return moment(value, reader)
    if isinstance(value, date):
        return day(value, reader)
    if isinstance(value, str):
        # Days alone are written in full in every language, whatever they are called as terms.
        text = str(value) if _DAYS.fullmatch(value) else said(value)
        return _STAMP.sub(lambda found: _stamp(found[0], reader), text)
    return _in_list(value, reader)


def country(value: object, reader: Reader) -> str:
    """Write `Estonia` for its code, as the reader calls it; another text as it is."""
    if not isinstance(value, str):
        raise _misuse("country", "the code of a country", value)
    return reader.words.country(value)


def letters_sent(days: Sequence[date], reader: Reader) -> tuple[str, ...]:
    """Write `2 letters, the last on 3 March 2026`: what was tried so far, if anything was."""
    if not days:
        return ()
    on = reader.words.whole_date(max(days))
    one, many = "{count} letter, on {day}", "{count} letters, the last on {day}"
    return (reader.words.several(one, many, len(days), day=on),)


def asked_for_time(waits: Sequence[tuple[str, date]], reader: Reader) -> tuple[str, ...]:
    """Write `Ash asked for time until 4 May 2027` for each who asked to be left in peace."""
    say, write = reader.words.say, reader.words.whole_date
    return tuple(say("{own} asked for time until {day}", own=o, day=write(on)) for o, on in waits)


def held_by_office(held: Sequence[tuple[str, date | None]], reader: Reader) -> tuple[str, ...]:
    """Write `the letter to Ash is held back by the office until 4 May 2027` for each who has not
    been asked yet since somebody of the office holds the letter back.
    """
    say, write = reader.words.say, reader.words.whole_date
    dated = "the letter to {own} is held back by the office until {day}"
    undated = "the letter to {own} is held back by the office"
    return tuple(
        say(undated, own=own) if day is None else say(dated, own=own, day=write(day))
        for own, day in held
    )


def _clock(at: datetime, words: Language) -> str:
    """The hour in full; a language that writes it without a leading nought takes `plain_hour`."""
    return words.say(
        "{hour}:{minute}",
        hour=words.digits(f"{at:%H}"),
        plain_hour=words.digits(str(at.hour)),
        minute=words.digits(f"{at:%M}"),
    )


def _stamp(text: str, reader: Reader) -> str:
    try:
        is_day = literals.DAY.fullmatch(text)
        return day(literals.day(text), reader) if is_day else moment(literals.moment(text), reader)
    except ValueError:
        return text  # no day of the calendar: somebody's own words


def _in_list(value: object, reader: Reader) -> str:
    if isinstance(value, datetime):
        return brief(value, reader)
    if isinstance(value, date):
        return short(value, reader)
    if isinstance(value, tuple):
        return span(value, reader)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return reader.words.number(value)
    if isinstance(value, str):
        return said(value)
    raise _misuse("listed", "a list of text, dates, ranges or moments", value)


def _until(value: object, reader: Reader, name: str) -> str:
    """Words for a last day that is not ahead of the reader any more; nothing for one that is."""
    is_ahead = _day_of(value, reader, name) > reader.sent_on
    return "" if is_ahead else reader.words.word("as soon as you can")


def _day_of(value: object, reader: Reader, name: str) -> date:
    if isinstance(value, datetime):
        return _local(value, reader, name).date()
    if isinstance(value, date):
        return value
    raise _misuse(name, "a date", value)


def _days_of(value: object) -> tuple[date, date]:
    if isinstance(value, (tuple, list)) and len(value) == _PAIR:
        first, last = value
        if isinstance(first, date) and isinstance(last, date):
            return first, last
    raise _misuse("span", "a first and a last day", value)


def _local(value: object, reader: Reader, name: str) -> datetime:
    if isinstance(value, datetime) and value.utcoffset() is not None:
        return value.astimezone(ZoneInfo(reader.zone))
    raise _misuse(name, "a moment with its zone", value)


def _misuse(name: str, needed: str, value: object) -> LetterError:
    return LetterError(f"{name} writes {needed}, not {type(value).__name__}")


Filter = Callable[[object, Reader], str]

FILTERS: Mapping[str, Filter] = MappingProxyType(
    {
        "day": day,
        "short": short,
        "by": by,
        "by_short": by_short,
        "moment": moment,
        "brief": brief,
        "month": month,
        "span": span,
        "listed": listed,
        "written": written,
        "country": country,
    }
)
