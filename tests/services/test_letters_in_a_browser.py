"""One letter of each kind as its reader sees it: light and wide, dark and on a phone."""

import shutil
from pathlib import Path

import pytest

from engine.letters.catalogue import Stage
from notifications.gallery import exhibits
from notifications.previews import preview
from notifications.render import Templates
from runtime.texts import texts_of
from tests.notifications.programmes import TEXTS, shipped
from tests.support.browser import LOOKS, looked_at
from tests.support.orchard import ORCHARD
from workflows.registry import load_programme

pytestmark = pytest.mark.services

KINDS = [next(iter(letter.stages.values())) for letter in shipped().letters.values()]
BAD = (
    '<!DOCTYPE html><html><head><title>x</title></head><body style="width: 900px">'
    '<img src="http://example.org/x.png"><p style="color: #999; background: #fff">pale</p></body>'
)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("stage", KINDS, ids=lambda stage: stage.id)
def test_a_letter_hinders_nobody_and_asks_for_nothing(
    stage: Stage, look: str, tmp_path: Path
) -> None:
    html = preview(stage, Templates(shipped(), TEXTS)).rendered.html

    found = looked_at(html, LOOKS[look], tmp_path)

    assert found.faults == []
    assert found.doubts == []
    assert found.asked == []
    assert found.wide <= 0
    assert found.dark is LOOKS[look].is_dark
    assert found.passed > 15


@pytest.mark.parametrize("look", LOOKS)
def test_what_is_wrong_with_a_page_is_seen(look: str, tmp_path: Path) -> None:
    found = looked_at(BAD, LOOKS[look], tmp_path)

    assert {fault.partition(":")[0] for fault in found.faults} >= {
        "color-contrast",
        "html-has-lang",
        "image-alt",
    }
    assert [line for line in found.asked if "example.org/x.png" in line]
    assert found.wide > 0


@pytest.mark.parametrize("look", LOOKS)
def test_a_letter_that_runs_from_right_to_left_hinders_nobody(look: str, tmp_path: Path) -> None:
    folder = tmp_path / "orchard"
    shutil.copytree(ORCHARD, folder)
    shutil.copytree(ORCHARD.with_name("orchard_in_arabic"), folder / "words" / "ar")
    programme = load_programme(folder)
    texts = texts_of(folder, programme.letters, spoken=programme.spoken)
    [arabic, *_] = [e for e in exhibits(programme.letters.stages(), texts) if e.language == "ar"]

    found = looked_at(arabic.rendered.html, LOOKS[look], tmp_path)

    assert 'dir="rtl"' in arabic.rendered.html
    assert found.faults + found.doubts + found.asked == []
    assert found.wide <= 0


def test_dark_and_light_are_other_colours(tmp_path: Path) -> None:
    html = preview(KINDS[0], Templates(shipped(), TEXTS)).rendered.html

    light, dark = (looked_at(html, LOOKS[look], tmp_path).background for look in LOOKS)

    assert (light, dark) == ("rgb(233, 238, 240)", "rgb(16, 22, 27)")
