"""The next version of a record: what is named is another, and what differs is told row by row."""

from engine.decide.changes import changed
from engine.model.changes import Added, Changes, Row, RowChange
from engine.model.differences import Difference, differences

PLAN = {"note": "n", "areas": ["a", "b", "c"], "steps": [{"what": "x", "by": "y"}, {"what": "z"}]}


def test_what_is_not_named_stays() -> None:
    assert changed(PLAN, Changes({"note": "m"})) == {**PLAN, "note": "m"}


def test_rows_are_counted_as_they_stood() -> None:
    found = changed(
        PLAN,
        Changes(
            cleared=("note",),
            rows=(RowChange(Row("steps", 2), {"what": "w", "by": None}),),
            removed=(Row("areas", 1), Row("areas", 3), Row("steps", 1)),
            added=(Added("areas", "d"), Added("steps", {"what": "v"}), Added("new", "text")),
        ),
    )

    assert found == {
        "areas": ["b", "d"],
        "steps": [{"what": "w"}, {"what": "v"}],
        "new": ["text"],
    }


def test_the_fields_of_a_row_that_is_none_are_those_that_are_given() -> None:
    found = changed({"steps": ["odd"]}, Changes(rows=(RowChange(Row("steps", 1), {"a": 1}),)))

    assert found == {"steps": [{"a": 1}]}


def test_rows_are_found_again_wherever_they_stand() -> None:
    after = {"areas": ["b", "c", "d"], "steps": [{"what": "x", "by": "q"}, {"what": "z"}]}

    assert differences(PLAN, after) == (
        Difference("note", "n", None),
        Difference("areas.1", "a", None),
        Difference("areas.3", None, "d"),
        Difference("steps.1.by", "y", "q"),
    )
