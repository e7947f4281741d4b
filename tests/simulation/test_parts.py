"""The parts of a simulation: what may be ordered, who is invented, who gets which seat."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.time.working_days import Workdays
from simulation.people import lives
from simulation.population import invent, slug, story_of
from simulation.simulate import Order, simulate
from simulation.words import StoryError, weekday
from tests.support.world import wp6


@pytest.mark.parametrize(
    "order", [{"pairs": 0}, {"pairs": 10_001}, {"months": 0}, {"people": "odd"}]
)
def test_an_order_that_cannot_be_played_is_refused(order: dict[str, object]) -> None:
    with pytest.raises(StoryError, match="choose"):
        Order(**order)  # type: ignore[arg-type]  # what a command line may pass


def test_letters_become_files_where_a_folder_is_named(tmp_path: Path) -> None:
    report = simulate(Order(pairs=1, months=1, letters_folder=tmp_path))

    mails = [each.read_bytes() for each in tmp_path.glob("*.eml")]
    weekly = [each for each in mails if b".overview." in each.partition(b"\n\n")[0]]
    assert 0 < len(mails) - len(weekly) < sum(report.letters.values())  # some go in one
    assert weekly


def test_a_further_pair_changes_nothing_of_the_others() -> None:
    story = story_of(wp6())

    few, many = (invent(wp6(), story, pairs) for pairs in (3, 40))
    drawn, more = (lives(story, pairs, 7, "mixed") for pairs in (3, 40))

    assert few.homes == many.homes[:3]
    assert [life.turns for life in drawn] == [life.turns for life in more[:3]]
    assert len({centre.key for centre in many.centres}) == len(many.centres)
    assert len({member.contact.email for member in many.members}) == len(many.members)


def test_everybody_invented_has_an_address_that_nobody_has() -> None:
    troupe = invent(wp6(), story_of(wp6()), 30)

    assert all(member.contact.email.endswith("@example.org") for member in troupe.members)


def test_whoever_is_declined_is_matched_with_another_centre_of_the_domain() -> None:
    troupe = invent(wp6(), story_of(wp6()), 14)
    first, *_ = lives(story_of(wp6()), 14, 7, "punctual")

    asked = [troupe.bench.seat(first) for _ in range(2)]

    assert asked[0] != asked[1]
    assert asked[0].domain == asked[1].domain
    assert list(troupe.bench.taken) == [asked[1].key]


def test_an_invented_country_has_weekends_and_no_holidays() -> None:
    invented = Workdays("XX")

    assert invented.is_working_day(date(2026, 12, 25))
    assert not invented.is_working_day(date(2026, 12, 26))


def test_people_act_on_weekdays() -> None:
    days = [weekday(date(2026, 3, 2) + timedelta(days=offset)) for offset in range(14)]

    assert {day.weekday() for day in days} == {0, 1, 2, 3, 4}


def test_a_name_becomes_a_plain_key() -> None:
    assert slug("Institut d'Oncología, Müller & Co.") == "institut_d_oncologia_muller_co"
