"""What is foretold is what happens when nobody acts: letter by letter, flag by flag, day by day."""

from datetime import timedelta
from pathlib import Path

import pytest

from runtime.queries.forecast import forecast
from runtime.settings.settings import Settings
from runtime.wiring import open_runtime
from storage.database import meta
from storage.database.transactions import reading
from tests.support.databases import Sqlite
from tests.support.rehearsals import same, settings_of


@pytest.fixture
def demo(built_demo: Path, sqlite: Sqlite, tmp_path: Path) -> Settings:
    """The demo anew: letters lie in a folder of the test."""
    return settings_of(sqlite.copy(f"sqlite:///{built_demo}/pairing.db", tmp_path), tmp_path)


def test_the_demo_has_never_been_down_however_quiet_it_was(demo: Settings) -> None:
    with open_runtime(demo) as runtime, reading(runtime.database) as session:
        assert meta.beats(session) == (None, meta.clock(session))


def test_a_letter_says_what_its_own_state_waits_for(demo: Settings) -> None:
    with open_runtime(demo) as runtime:
        future = forecast(runtime, runtime.clock() + timedelta(weeks=2))

    about = {each.pair: each.why for each in future.letters if each.letter == "N-22.waiting"}
    assert about["P-12"] == "a look at the proposal and its answer"
    assert len(set(about.values())) > 1


def test_nine_weeks_of_the_demo_are_foretold_as_they_come(demo: Settings) -> None:
    came = same(demo, weeks=9)

    assert sum(came.letters.values()) > 100
    assert len(came.dates) > 5
