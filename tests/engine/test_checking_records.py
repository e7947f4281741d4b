"""Records that cannot be filed, signed or filled, and what nobody tends after the end."""

import pytest

from engine.checks.values import Present
from engine.lint.lint import problems
from engine.model.definition import FlagType, OpenCase, RaiseFlag
from tests.support.workflows import (
    LETTERS,
    a_letter,
    a_programme,
    a_record,
    a_workflow,
    at,
    is_named,
    with_field,
    with_record,
)

FAULTS = {
    "record of nobody": (with_record(by=()), 6, "nobody may file record r"),
    "signed by nobody": (with_record(signed=(a_letter(),)), 6, "nobody signs record r"),
    "signed after the end": (
        with_record(after_end=True, signatories=("aspiring",)),
        6,
        "record r comes in after the end too, where nobody signs any more",
    ),
    "opened after the end": (
        with_record(after_end=True, effects=(OpenCase("pairing", place=at(7)),)),
        7,
        "where nobody tends what it opens",
    ),
    "raised after the end": (
        a_workflow(
            flags={"F-01": FlagType("F-01", "Late", "red")},
            records={"r": a_record(after_end=True, effects=(RaiseFlag("F-01", place=at(7)),))},
        ),
        7,
        "where nobody tends what it raises",
    ),
    "choice": (with_field(kind="choice"), 6, "a choice of nothing"),
    "no choice": (with_field(choices=("a", "b")), 6, "has choices and is none"),
    "rows": (with_field(kind="rows"), 6, "rows of nothing"),
    "bounds": (with_field(kind="whole", at_least=3, at_most=2), 6, "at least 3 and at most 2"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_record_that_cannot_work_is_refused_where_it_stands(fault: str) -> None:
    workflow, line, sentence = FAULTS[fault]

    found = problems(a_programme(workflow), LETTERS)

    assert [str(each) for each in found if is_named(each, line, sentence)], list(map(str, found))


def test_a_record_after_the_end_may_tell_and_may_open_or_raise_while_the_case_goes_on() -> None:
    open_yet = Present("event.note")
    record = a_record(
        "r",
        after_end=True,
        effects=(a_letter(), OpenCase("visiting", when=open_yet)),
    )
    programme = a_programme(a_workflow(records={"r": record}), a_workflow(name="visiting"))

    assert list(map(str, problems(programme, LETTERS))) == []
