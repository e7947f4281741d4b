"""What a calendar program is given that asks by a token."""

from runtime import tokens
from runtime.queries.person_calendar import person_calendar
from runtime.wiring import Runtime
from storage.database.transactions import reading
from storage.directory import feeds


def calendar_feed(runtime: Runtime, token: str) -> bytes | None:
    """The calendar that a token opens, as `pairing person calendar --out` writes it.

    None, alike for whatever opens none: no token, another one, a revoked one, one of somebody who
    plays no role any more. Nothing is changed.
    """
    with reading(runtime.database) as session:
        key = feeds.reader(session, tokens.hashed(token))
    return None if key is None else person_calendar(runtime, key).ics
