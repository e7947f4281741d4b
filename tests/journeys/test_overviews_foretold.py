"""N-22: a forecast tells the overviews of the weeks to come, apart from the letters of cases."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from runtime.overview_times import coming
from runtime.queries.forecast import forecast
from storage.database.transactions import reading, transaction
from storage.mail import overviews
from tests.support.pairs import a_pair
from tests.support.world import World, wp6

MONDAY = datetime(2026, 5, 18, 6, tzinfo=UTC)  # 08:00 where the office is
WHIT_TUESDAY = MONDAY + timedelta(days=8)
NAMES = ("Facilitator NOR-BIR", "Facilitator SOU-BAY", "Lead")


def test_a_forecast_tells_the_overviews_apart_from_the_letters(town: World) -> None:
    a_pair(town, "NOR-BIR")
    a_pair(town, "SOU-BAY")
    office = replace(town.runtime, programme=wp6())

    found = forecast(office, WHIT_TUESDAY)

    told = Counter((each.at, each.to) for each in found.overviews)
    assert told == {(at, name): 1 for at in (MONDAY, WHIT_TUESDAY) for name in NAMES}
    assert not [each for each in found.letters if each.letter.startswith("N-22.overview")]
    with reading(office.database) as session:
        next_ones = {each.person.name: each.goes_at for each in coming(session, office, MONDAY)}
    assert next_ones == dict.fromkeys(NAMES, MONDAY)


def test_a_forecast_of_one_pair_tells_of_no_overview_and_without_pairs_there_is_none(
    town: World,
) -> None:
    office = replace(town.runtime, programme=wp6())
    empty = forecast(office, WHIT_TUESDAY)

    pair = a_pair(town, "NOR-BIR")

    assert empty.overviews == []
    assert forecast(office, WHIT_TUESDAY, pair.case).overviews == []


def test_the_monday_after_clocks_are_put_back_has_its_overview(town: World) -> None:
    a_pair(town, "NOR-BIR")
    office = replace(town.runtime, programme=wp6())
    friday, monday = (datetime(2026, 10, day, hour, tzinfo=UTC) for day, hour in ((23, 9), (26, 7)))
    town.clock.move_to(friday)
    with transaction(office.database) as session:
        for each in coming(session, office, friday - timedelta(days=4)):
            overviews.keep(session, each.person.id, each.week, None)

        next_ones = {each.goes_at for each in coming(session, office, friday)}

    assert next_ones == {monday}
