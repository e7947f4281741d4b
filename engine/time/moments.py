"""Moments as people wrote them, within the years in which cases lie."""

from datetime import UTC, datetime

YEARS = range(1970, 2151)  # no case lies outside; a slip of the pen must not reach the calendars


def moment_of(value: object) -> datetime | None:
    """A moment out of ISO text with its offset, in UTC; None of all else and outside the years.

    Whatever it gives can be shown by any clock, and moved by what a definition says.
    """
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    if moment is None or moment.tzinfo is None or moment.year not in YEARS:
        return None
    return moment.astimezone(UTC)
