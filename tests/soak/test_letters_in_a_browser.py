"""Every letter in every language as its reader sees it: light and wide, dark and on a phone."""

from pathlib import Path

import pytest

from notifications.gallery import Exhibit
from tests.notifications.programmes import exhibited
from tests.support.browser import LOOKS, looked_at

pytestmark = pytest.mark.soak


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("letter", exhibited(), ids=lambda each: each.name("html"))
def test_a_letter_hinders_nobody_and_asks_for_nothing(
    letter: Exhibit, look: str, tmp_path: Path
) -> None:
    found = looked_at(letter.rendered.html, LOOKS[look], tmp_path)

    assert found.faults + found.doubts + found.asked == []
    assert found.wide <= 0
