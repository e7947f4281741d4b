"""What `pairing check` announces of each state is true and tight: its witness is played."""

from datetime import timedelta

import pytest

from engine.lint.silence import Silence, silences
from tests.support.witnesses import played
from tests.support.world import wp6

WP6 = wp6()
ANNOUNCED = silences(WP6.workflows)


@pytest.mark.parametrize("silence", ANNOUNCED, ids=lambda each: f"{each.workflow}.{each.state}")
def test_a_witness_is_silent_for_as_long_as_announced(silence: Silence) -> None:
    lasted = played(WP6, silence)

    assert silence.days is not None
    announced = timedelta(days=silence.days)
    assert announced - timedelta(days=1) <= lasted <= announced, f"{lasted}: {silence.witness}"
