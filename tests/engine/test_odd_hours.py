"""A meeting when somebody who should come does not work is told, whoever files it."""

from datetime import date

import pytest

from engine.checks.odd_hours import odd_hours
from engine.model.dossier import Party
from engine.model.fields import Field
from engine.time.working_days import Workdays

TODAY = date(2026, 11, 25)
VIENNA = Party("coordinator", "VIE", "V", "Vienna", "AT", "Europe/Vienna", Workdays("AT"))
LISBON = Party("aspiring", "LIS", "L", "Lisbon", "PT", "Europe/Lisbon", Workdays("PT"))
FIELDS = (Field("starts_at", "moment"), Field("on", "date"), Field("held_on", "date", past=True))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"starts_at": "2026-12-03T10:00+01:00"}, ()),
        (
            {"starts_at": "2026-12-03T08:30+01:00"},
            ("at Lisbon it is 07:30 then",),
        ),
        (
            {"starts_at": "2026-12-25T03:00+01:00"},
            (
                "Friday 25 December 2026 is no working day at Vienna",
                "at Vienna it is 03:00 then",
                "Friday 25 December 2026 is no working day at Lisbon",
                "at Lisbon it is 02:00 then",
            ),
        ),
        (
            {"on": "2026-12-05"},
            (
                "Saturday 5 December 2026 is no working day at Vienna",
                "Saturday 5 December 2026 is no working day at Lisbon",
            ),
        ),
        ({"on": "2026-12-01"}, ("Tuesday 1 December 2026 is no working day at Lisbon",)),
        ({"on": "2026-11-21", "held_on": "2026-12-05"}, ()),
        ({"on": "soon", "starts_at": 7}, ()),
    ],
)
def test_what_is_odd_is_told_for_each_side(
    content: dict[str, object], told: tuple[str, ...]
) -> None:
    assert odd_hours(FIELDS, content, (VIENNA, LISBON), TODAY) == told
