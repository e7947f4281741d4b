"""Rungs are told apart by their names."""

import pytest

from engine.lint.findings import Problem
from engine.lint.lint import problems
from engine.model.definition import Rung
from tests.support.workflows import (
    LETTERS,
    a_final_state,
    a_ladder,
    a_programme,
    a_rung,
    a_state,
    a_workflow,
    is_named,
)

LAST = a_rung("P90D", every="P30D", name="last")


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("ask", "7", "a rung of ladder reminders has no name"),
        ("ask", "ask", "ladder reminders has two rungs called ask"),
        ("day_1", "day_l", "rung 'day_l' looks like 'day_1'"),
        ("ask", "the nudge", "rung 'the nudge' is no plain name"),
    ],
)
def test_what_rungs_are_called_is_looked_at(first: str, second: str, sentence: str) -> None:
    rungs = a_rung("P1D", name=first), a_rung("P2D", 6, name=second), LAST

    found = _problems(*rungs)

    assert [each for each in found if is_named(each, 6, sentence)], found


def test_a_rung_that_stands_alone_needs_no_name() -> None:
    assert _problems(a_rung("P7D", every="P7D", name="0")) == []


def _problems(*rungs: Rung) -> list[Problem]:
    workflow = a_workflow(a_state("drafting", a_ladder(*rungs)), a_final_state())
    return list(problems(a_programme(workflow), LETTERS))
