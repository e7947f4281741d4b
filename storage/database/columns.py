"""How values lie in columns: instants as UTC text of one width, days as ISO text, canonical JSON.

Text of one width sorts and compares alike in both databases, and a person can read it.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import cast

from engine.model.family import Held
from engine.time.slots import Slot, read_slot
from storage.errors import StorageError

FAR = "9999-12-31T23:59:59.999999Z"  # never: what is held until somebody releases it


@lru_cache(maxsize=4096)  # a decision writes its own moment some twenty times
def from_instant(moment: datetime) -> str:
    """``2026-11-24T12:00:00.000000Z``; a moment without a zone is refused."""
    if moment.tzinfo is not UTC:
        if moment.utcoffset() is None:
            raise StorageError(f"the moment {moment.isoformat()} has no zone; give it in UTC")
        moment = moment.astimezone(UTC)
    return f"{moment.isoformat(timespec='microseconds')[: -len('+00:00')]}Z"


def to_instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def from_optional_instant(moment: datetime | None) -> str | None:
    return None if moment is None else from_instant(moment)


def to_optional_instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def held_of(until: str, why: str) -> Held | None:
    """Whether a person holds a letter back, and until when."""
    if not until:
        return None
    return Held(None if until == FAR else to_instant(until), why)


def from_held(held: Held | None) -> tuple[str, str]:
    """The same as columns: until when, and why."""
    if held is None:
        return "", ""
    return FAR if held.until is None else from_instant(held.until), held.why


def from_day(day: date) -> str:
    """``2026-11-24``, also when a moment is given for its day."""
    return day.date().isoformat() if isinstance(day, datetime) else day.isoformat()


def from_optional_day(day: date | None) -> str | None:
    return None if day is None else from_day(day)


def to_optional_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def from_slot(slot: Slot | None) -> str:
    return "" if slot is None else str(slot)


def to_slot(text: str) -> Slot | None:
    return read_slot(text) if text else None


def from_json(value: object) -> str:
    """Canonical text: sorted keys, no spaces, ASCII only, so that equal values are equal bytes."""
    return _CANONICAL.encode(value)


def to_mapping(text: str) -> dict[str, object]:
    """An object from its canonical text."""
    if text == "{}":
        return {}
    value = _read(text)
    if not isinstance(value, dict):
        raise StorageError("a column that holds names with values holds something else")
    return value


def to_words(text: str) -> tuple[str, ...]:
    """A list of words from its canonical text."""
    return () if text == "[]" else tuple(str(word) for word in _listed(text))


def from_spans(spans: tuple[tuple[date, date], ...]) -> str:
    return from_json([[first.isoformat(), last.isoformat()] for first, last in spans])


def to_spans(text: str) -> tuple[tuple[date, date], ...]:
    if text == "[]":
        return ()
    return tuple(
        (date.fromisoformat(one), date.fromisoformat(two))
        for one, two in cast("list[tuple[str, str]]", _listed(text))
    )


def digest(text: str) -> str:
    """SHA-256 of a text, as the journal keeps it of what stands elsewhere."""
    return hashlib.sha256(text.encode()).hexdigest()


def _listed(text: str) -> list[object]:
    value = _read(text)
    if not isinstance(value, list):
        raise StorageError("a column that holds a list holds something else")
    return value


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError as error:
        raise StorageError(f"a column holds what is no JSON: {error}") from error


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, datetime):
        return from_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    raise StorageError(f"a {type(value).__name__} cannot be kept as JSON; give plain values")


_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), allow_nan=False, default=_plain
)
