"""Names of zones: those of the world are known, on every machine, and no others."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest

from engine.time.zones import ZoneError, instant, local_day, zone_exists


@pytest.mark.parametrize(
    "name",
    [
        "Mars/Phobos",
        "",
        "Europe",
        "europe/vienna ",
        "Europe/Vienna/",
        "../../etc/localtime",
        "/etc/localtime",
        "localtime",
        "posixrules",
        "posix/Europe/Vienna",
        "right/Europe/Vienna",
        "zone.tab",
        "+02:00",
        "Europe/Vienna\0",
        "Europe/Vienna\n",
        "Евро/Вена",
        "\ud800",
        "x" * 1_000_000,
    ],
)
def test_an_unknown_zone_is_named_with_the_remedy(name: str) -> None:
    asks: list[Callable[[], object]] = [
        lambda: instant(date(2026, 1, 1), time(8), name),
        lambda: local_day(datetime(2026, 1, 1, tzinfo=UTC), name),
    ]

    for ask in asks:
        with pytest.raises(ZoneError, match=r"^no time zone .*; use an IANA name") as refusal:
            ask()
        assert ascii(name[:40])[:-1] in str(refusal.value)
        assert len(str(refusal.value)) < 300

    assert not zone_exists(name)


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Vienna",
        "Australia/Lord_Howe",
        "America/Argentina/Buenos_Aires",
        "UTC",
        "Etc/GMT+3",
    ],
)
def test_a_zone_of_the_world_exists(name: str) -> None:
    assert zone_exists(name)


def test_a_file_that_is_no_zone_is_no_zone() -> None:
    assert not zone_exists("leapseconds")
