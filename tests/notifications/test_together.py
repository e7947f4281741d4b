"""What happened is said in the letter that asks for what comes next."""

import pytest

from engine.letters.catalogue import LetterError, Stage
from notifications.previews import preview, preview_together
from notifications.render import Templates
from notifications.together import said_too
from tests.notifications import programmes
from tests.notifications.programmes import TEXTS, shipped

ASKING = {
    "subject": "Your dates",
    "told": "nobody.",
    "body": "Please name dates.\n\nDear you,\n\nIt lasts a day.\n\nReply.\n\nNext: we fix it.",
    "news": "",
}
TELLING = {
    "subject": "Minutes",
    "told": "both sides.",
    "body": "Nothing is asked.\n\nDear you,\n\nWe noted:\n\n- this\n\nNext: dates.",
}
TOGETHER = [(stage, host) for stage in programmes.shipped().stages() for host in stage.goes_with]


def test_what_is_asked_comes_first_and_whole_then_what_happened() -> None:
    words = said_too(ASKING, TELLING)

    assert words["body"] == ASKING["body"]
    assert words["news"].split("\n\n") == ["# Minutes", "We noted:", "- this"]
    assert words["subject"] == "Your dates"
    assert words["told"] == "both sides."


@pytest.mark.parametrize("body", ["", "Please.\n\nNext.", "Please.\n\nDear you,\n\nNext."])
def test_a_text_without_anything_between_its_greeting_and_its_end_goes_in_no_other(
    body: str,
) -> None:
    with pytest.raises(LetterError, match="what happens next"):
        said_too(ASKING, {**TELLING, "body": body})


@pytest.mark.parametrize(("stage", "host"), TOGETHER)
def test_a_letter_that_goes_in_another_loses_nothing_that_it_says(stage: Stage, host: str) -> None:
    texts = Templates(shipped(), TEXTS)
    alone = preview(stage, texts).rendered
    asking = preview(shipped().stage(host), texts).rendered

    both = preview_together(shipped().stage(host), stage, texts).rendered

    assert both.subject == asking.subject
    said = _inner(alone.text)
    assert said in _flat(both.text)
    assert all(each in _flat(both.text) for each in map(_flat, _body(asking.text)))
    assert len(both.text) < len(alone.text) + len(asking.text)


def _body(text: str) -> list[str]:
    return text.partition("\n----\n")[0].split("\n\n")[1:]


def _inner(text: str) -> str:
    """What stands between the greeting and what happens next, in one line."""
    return _flat(" ".join(_body(text)[2:-1]))


def _flat(text: str) -> str:
    return " ".join(text.split())
