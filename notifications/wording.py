"""How dates, moments and lists read in a letter, in the reader's language and zone (pure)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from engine import literals
from engine.letters.catalogue import LetterError
from engine.time.zones import zone_exists

_PAIR = 2
_CLOCK = r"[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})"
# A day, or a moment with its offset; not within a name of a file or an address.
_STAMP = re.compile(rf"(?<![\w./-]){literals.DAY.pattern}({_CLOCK})?(?![\w/-]|\.\w)")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the IANA zone of their clocks, the day of sending there, their language."""

    zone: str
    sent_on: date
    language: str = "en"

    def __post_init__(self) -> None:
        if not zone_exists(self.zone):
            raise LetterError(f"no time zone {self.zone!r}: use an IANA name like Europe/Paris")


def day(value: object, reader: Reader) -> str:
    """Write `Monday 14 December 2026`."""
    on = _day_of(value, reader, "day")
    return f"{_names(reader).days[on.weekday()]} {on.day} {_month(on, reader)} {on.year}"


def short(value: object, reader: Reader) -> str:
    """Write `14 December`, with the year only when it is not the year of sending."""
    on = _day_of(value, reader, "short")
    year = "" if on.year == reader.sent_on.year else f" {on.year}"
    return f"{on.day} {_month(on, reader)}{year}"


def by(value: object, reader: Reader) -> str:
    """Write `by Monday 14 December 2026`, the last day for something, as one who reads it today."""
    return _until(value, reader, "by") or f"by {day(value, reader)}"


def by_short(value: object, reader: Reader) -> str:
    """Write the same for a subject: `by 14 December`."""
    return _until(value, reader, "by_short") or f"by {short(value, reader)}"


def moment(value: object, reader: Reader) -> str:
    """Write `Tuesday 15 December 2026, 14:00 (Vienna time)`, on the reader's clocks."""
    at = _local(value, reader, "moment")
    city = reader.zone.rpartition("/")[2].replace("_", " ")
    clock = city if city in {"UTC", "GMT"} else f"{city} time"
    return f"{day(value, reader)}, {at:%H:%M} ({clock})"


def brief(value: object, reader: Reader) -> str:
    """Write `15 December, 14:00`, on the reader's clocks."""
    at = _local(value, reader, "brief")
    return f"{short(value, reader)}, {at:%H:%M}"


def month(value: object, reader: Reader) -> str:
    """Write `August 2026`."""
    on = _day_of(value, reader, "month")
    return f"{_names(reader).alone[on.month]} {on.year}"


def span(value: object, reader: Reader) -> str:
    """Write `27 and 28 August 2026`, with month and year only where they differ."""
    first, last = _days_of(value)
    end = f"{last.day} {_month(last, reader)} {last.year}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day} {_month(first, reader)} {first.year} to {end}"
    joint = "and" if (last - first).days == 1 else "to"
    start = str(first.day)
    if first.month != last.month:
        start = f"{first.day} {_month(first, reader)}"
    return f"{start} {joint} {end}"


def listed(value: object, reader: Reader) -> str:
    """Write `a, b and c`; dates and moments in their short form; `none` for an empty list."""
    if not isinstance(value, (list, tuple)):
        raise _misuse("listed", "a list", value)
    words = [_in_list(one, reader) for one in value]
    if not words:
        return "none"
    # A comma inside an entry would read as one more entry.
    comma = "; " if len(words) > _PAIR and any("," in word for word in words) else ", "
    return " and ".join(part for part in (comma.join(words[:-1]), words[-1]) if part)


def written(value: object, reader: Reader) -> str:
    """Write any value of a record: each day and moment in it as people read it, the rest as is."""
    if isinstance(value, datetime):
        return moment(value, reader)
    if isinstance(value, date):
        return day(value, reader)
    if isinstance(value, str):
        return _STAMP.sub(lambda found: _stamp(found[0], reader), value)
    return _in_list(value, reader)


def letters_sent(days: Sequence[date], reader: Reader) -> tuple[str, ...]:
    """Write `2 letters, the last on 3 March 2026`: what was tried so far, if anything was."""
    if not days:
        return ()
    last = max(days)
    number = f"{len(days)} letters, the last" if len(days) > 1 else "1 letter,"
    return (f"{number} on {last.day} {_month(last, reader)} {last.year}",)


def number(value: float) -> str:
    """Write a number plainly: 5, 2.1."""
    return str(value) if isinstance(value, int) else re.sub(r"\.?0+$", "", f"{value:.2f}")


@dataclass(frozen=True, slots=True)
class _Names:
    days: Mapping[int, str]  # Monday is 0
    months: Mapping[int, str]  # January is 1; as they stand beside a day
    alone: Mapping[int, str]  # the same without a day: another form in many languages


def _month(on: date, reader: Reader) -> str:
    return _names(reader).months[on.month]


def _names(reader: Reader) -> _Names:
    return _names_in(reader.language)


@cache
def _names_in(language: str) -> _Names:
    # Imported by the first letter that is written: most commands write none.
    from babel.dates import get_day_names, get_month_names  # noqa: PLC0415

    return _Names(
        dict(get_day_names("wide", locale=language)),
        dict(get_month_names("wide", locale=language)),
        dict(get_month_names("wide", context="stand-alone", locale=language)),
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
        return number(value)
    if isinstance(value, str):
        return value
    raise _misuse("listed", "a list of text, dates, ranges or moments", value)


def _until(value: object, reader: Reader, name: str) -> str:
    """Words for a last day that is not ahead of the reader any more; nothing for one that is."""
    on = _day_of(value, reader, name)
    if on > reader.sent_on:
        return ""
    return "today" if on == reader.sent_on else "as soon as you can"


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

# A further language stands here with the same ten names.
FILTERS: Mapping[str, Mapping[str, Filter]] = MappingProxyType(
    {
        "en": MappingProxyType(
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
            }
        )
    }
)
NAMES: Sequence[str] = tuple(FILTERS["en"])
