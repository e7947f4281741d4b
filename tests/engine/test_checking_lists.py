"""Lists of words that nothing reads, paths into lists that lead nowhere, odd comparisons."""

from dataclasses import replace

import pytest

from engine.checks.values import Covers, Present
from engine.lint.lint import problems
from engine.model.check import Check
from engine.model.comparison import Comparison
from engine.model.definition import Workflow
from engine.model.fields import Field
from engine.model.word_lists import WordList
from tests.support.workflows import (
    LETTERS,
    a_programme,
    a_record,
    a_workflow,
    at,
    is_named,
    with_check,
)

TREES = WordList(
    "trees", "Trees", {"Pear": {"parts": ("leaf",)}}, holds=("fact.tree",), place=at(3)
)
ROWS = Field("rows", "rows", rows=(Field("of", "text"), Field("value", "number")), place=at(6))
RECORDS = {
    name: a_record(name, fields=(ROWS, Field("one", "text", place=at(6)))) for name in ("r", "s")
}


def _asking(check: Check, **more: object) -> Workflow:
    known: dict[str, object] = {"lists": {"trees": TREES}, "facts": {"tree": ""}}
    return with_check(replace(a_workflow(), **{**known, **more}), check, 5)  # type: ignore[arg-type]  # by name


def _comparing(**changes: object) -> Workflow:
    given: dict[str, object] = {
        "records": ("r", "s"),
        "rows": "rows",
        "key": "of",
        "value": "value",
        "place": at(4),
    }
    comparison = Comparison("c", "C", **{**given, **changes})  # type: ignore[arg-type]  # by name
    return a_workflow(records=RECORDS, comparisons={"c": comparison})


def _held(*paths: str) -> Workflow:
    kept = WordList("trees", "Trees", {"Pear": {}}, holds=paths, place=at(3))
    return a_workflow(lists={"trees": kept}, facts={"tree": ""})


FAULTS = {
    "no such list": (_asking(Present("list.treees")), 5, "no list 'treees'"),
    "no such part": (
        _asking(Covers("list.trees", "list.trees.part.fact.tree")),
        5,
        "no part of list trees 'part'",
    ),
    "a part of no word": (
        _asking(Covers("list.trees", "list.trees.parts")),
        5,
        "whose parts are meant is not said",
    ),
    "a part of a word nobody says": (
        _asking(Covers("list.trees", "list.trees.parts.fact.tre")),
        5,
        "no fact 'tre'",
    ),
    "nothing reads it": (_held(), 3, "nothing reads list trees"),
    "held by a record": (_held("record.r"), 3, "record.r is nothing that holds a word"),
    "held by no fact": (_held("fact.tre"), 3, "no fact 'tre'"),
    "held by no side": (_held("parties.nobody.tree"), 3, "no side 'nobody'"),
    "compared with nothing": (_comparing(records=("r",)), 4, "has one record to compare"),
    "no such record": (_comparing(records=("r", "t")), 4, "no record 't'"),
    "no such rows": (_comparing(rows="row"), 4, "no field of record r 'row'"),
    "no rows": (_comparing(rows="one"), 4, "r.one has no rows to compare"),
    "no such value": (_comparing(value="valu"), 4, "no field of r.rows 'valu'"),
    "no such field": (_comparing(also=("ones",)), 4, "no field of record r 'ones'"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_list_or_a_comparison_that_leads_nowhere_is_refused_where_it_stands(name: str) -> None:
    workflow, line, told = FAULTS[name]

    found = problems(a_programme(workflow), LETTERS)

    assert any(is_named(each, line, told) for each in found), found


def test_a_list_that_a_check_reads_and_a_comparison_of_its_rows_are_sound() -> None:
    read = _asking(Covers("list.trees", "list.trees.parts.fact.tree"))

    assert problems(a_programme(read), LETTERS) == ()
    assert problems(a_programme(_comparing(also=("one",))), LETTERS) == ()
