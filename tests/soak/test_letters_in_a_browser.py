"""Every letter in every language as its reader sees it: light and wide, dark and on a phone."""

from pathlib import Path

import pytest

from notifications.gallery import Exhibit, exhibits
from runtime.texts import texts_of
from tests.notifications.programmes import SHIPPED
from tests.support.browser import LOOKS, looked_at
from workflows.registry import load_programme

pytestmark = pytest.mark.soak

PROGRAMME = load_programme(SHIPPED)
TEXTS = texts_of(SHIPPED, PROGRAMME.letters, spoken=PROGRAMME.spoken)
EVERY = list(exhibits(PROGRAMME.letters.stages(), TEXTS, PROGRAMME.answers))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("letter", EVERY, ids=lambda each: each.name("html"))
def test_a_letter_hinders_nobody_and_asks_for_nothing(
    letter: Exhibit, look: str, tmp_path: Path
) -> None:
    found = looked_at(letter.rendered.html, LOOKS[look], tmp_path)

    assert found.faults + found.doubts + found.asked == []
    assert found.wide <= 0
