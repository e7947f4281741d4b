"""What the texts of letters hang on: names and open items, whatever the language."""

import re
from pathlib import Path

import pytest

from tests.support.world import wp6
from workflows.registry import built_in

TEXTS = sorted((built_in("wp6") / "words").glob("*/letters/*/*.txt"))
_COMPARED = re.compile(r"""[=!]=\s*(?:'([^']*)'|"([^"]*)")""")


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_nothing_in_a_text_hangs_on_a_title(text: Path) -> None:
    workflows = wp6().workflows.values()
    states = (state for each in workflows for state in each.states.values())
    meetings = (meeting for each in workflows for meeting in each.meetings.values())
    steps = (step for each in workflows for step in each.transitions)
    titles = {named.title for group in (states, meetings, steps) for named in group}

    compared = {a or b for a, b in _COMPARED.findall(text.read_text(encoding="utf-8"))}

    assert compared & titles == set(), "compare a name: a title is another in another language"
