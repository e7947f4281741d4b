"""A rehearsal's clock: it stops at everything that falls due, in order, and never goes back."""

from datetime import timedelta
from pathlib import Path

import pytest

from runtime.clock import RehearsalError
from runtime.use_cases.create_database import create_database
from runtime.workers.rehearse import advance_clock
from tests.support.dossiers import moment
from tests.support.grove import Grove, settings
from tests.support.grove import grove as planted
from tests.support.growers import LEAD, OPENED
from workflows.registry import Programme


def test_a_rehearsal_stops_at_everything_that_falls_due_for_either_pair(
    tmp_path: Path, orchard: Programme
) -> None:
    where = settings(f"sqlite:///{tmp_path}/pairing.db", tmp_path)
    with planted(where, orchard, rehearsal=True) as grove:
        until = moment("2026-03-09", "12:00")

        stops = list(advance_clock(grove.runtime, until, LEAD))

        assert grove.runtime.clock() == until
        lines = grove.letters()
    assert [(f"{each.at:%d %H:%M}", each.families, each.letters) for each in stops] == [
        ("05 06:00", 1, 3),
        ("05 08:00", 1, 3),
        ("09 06:00", 1, 1),
        ("09 07:00", 2, 2),
        ("09 08:00", 1, 1),
    ]
    assert {each.state for each in lines} == {"accepted"}
    assert len(list((tmp_path / "letters").glob("*.eml"))) == len(lines) == 10


def test_the_clock_of_a_rehearsal_never_goes_back(tmp_path: Path, orchard: Programme) -> None:
    where = settings(f"sqlite:///{tmp_path}/pairing.db", tmp_path)
    with (
        planted(where, orchard, rehearsal=True) as grove,
        pytest.raises(RehearsalError, match="it never goes back"),
    ):
        list(advance_clock(grove.runtime, OPENED - timedelta(days=1), LEAD))


def test_the_clock_of_a_real_programme_is_not_moved(grove: Grove) -> None:
    with pytest.raises(RehearsalError, match="only a rehearsal has a clock to move"):
        list(advance_clock(grove.runtime, OPENED + timedelta(days=1), LEAD))


def test_the_clock_of_a_rehearsal_stays_within_the_years_in_which_cases_lie(
    tmp_path: Path, orchard: Programme
) -> None:
    where = settings(f"sqlite:///{tmp_path}/pairing.db", tmp_path)
    with (
        planted(where, orchard, rehearsal=True) as grove,
        pytest.raises(RehearsalError, match="the years 1970 to 2150, not 2151-01-01"),
    ):
        list(advance_clock(grove.runtime, moment("2151-01-01", "12:00"), LEAD))


@pytest.mark.parametrize("day", ["1969-12-31", "2151-01-01", "2198-12-31"])
def test_no_rehearsal_begins_where_no_case_can_lie(
    day: str, tmp_path: Path, orchard: Programme
) -> None:
    where = settings(f"sqlite:///{tmp_path}/pairing.db", tmp_path)

    with pytest.raises(RehearsalError, match=f"not {day}: correct the year"):
        create_database(where, rehearsal=True, at=moment(day, "12:00"), programme=orchard)

    assert not (tmp_path / "pairing.db").exists()
