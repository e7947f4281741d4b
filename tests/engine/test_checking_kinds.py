"""A path that leads to another kind than is read there is refused; so is what no number can be."""

from dataclasses import replace

import pytest

from engine.checks.case import Kept, PinnedTo
from engine.checks.programme import LoadWithin
from engine.checks.values import Between, Covers
from engine.lint.lint import problems
from engine.model.check import Check
from engine.model.definition import Workflow
from engine.model.fields import Field
from engine.model.meetings import Letter, Meeting
from tests.support.workflows import (
    LETTERS,
    a_programme,
    a_record,
    a_workflow,
    an_anchor,
    at,
    is_named,
    with_check,
)

CHOICE = Field("answer", "choice", choices=("yes", "later"))
ROWS = (Field("title", "text"), Field("due", "date"), CHOICE)
FIELDS = (
    CHOICE,
    Field("parts", "list"),
    Field("size", "whole"),
    Field("due", "date"),
    Field("goals", "rows", rows=ROWS),
)
SMALL = a_workflow(records={"plan": a_record("plan", fields=FIELDS)})
TALK = Meeting(
    name="talk",
    title="talk",
    record="plan",
    begins="due",
    held="record.plan.size",
    invitation=Letter("N-01", ("aspiring",)),
    moved="N-01",
    cancelled="N-01",
    place=at(6),
)


def asking(check: Check) -> Workflow:
    return with_check(SMALL, check, 6)


def hung_on(kind: str, path: str) -> Workflow:
    return replace(SMALL, anchors={"due": an_anchor("due", (kind, path), line=6)})


def done_on(path: str) -> Workflow:
    first = replace(SMALL.states["drafting"], actual=path, place=at(6))
    return replace(SMALL, states={**SMALL.states, "drafting": first})


FAULTS = {
    "plan.parts is list, and never a version": asking(PinnedTo("record.plan.parts", "plan")),
    "plan.answer is choice, and never a version": asking(
        Kept("plan", "goals", "title", since="record.plan.answer")
    ),
    "goals.title is text, and never a day": asking(Kept("plan", "goals", "title", date="title")),
    "plan.goals is rows, and never a list of words": asking(
        Covers("record.plan.goals", "record.plan.parts")
    ),
    "goals.due is date, and never a list of words": asking(
        Covers("record.plan.parts", "record.plan.goals.due")
    ),
    "plan.size is whole, and never a day": replace(SMALL, meetings={"talk": TALK}),
    "plan.answer is choice, and never a day": done_on("record.plan.answer"),
    "plan.parts is list, and never a day": hung_on("actual", "plan.parts"),
    "plan.goals.title is text, and never a day": hung_on("earliest", "plan.goals.title"),
    "size is a whole number, and none lies from 30.2 to 30.8; ask for 30": asking(
        Between("record.plan.size", at_least=30.2, at_most=30.8)
    ),
    "whatever a lead does in a week is too much": asking(LoadWithin("lead", visits=0, meetings=3)),
}
MAY_BE = (
    asking(Covers("record.plan.goals.title", "record.plan.goals.answer")),
    asking(Kept("plan", "goals", "title", date="due", since="record.plan.version")),
    asking(Between("record.plan.size", at_least=30, at_most=30.5)),
)


@pytest.mark.parametrize("sentence", FAULTS)
def test_what_is_read_as_another_kind_is_refused(sentence: str) -> None:
    found = problems(a_programme(FAULTS[sentence]), LETTERS)

    assert [each for each in found if is_named(each, 6, sentence)], list(map(str, found))


def test_what_is_of_the_kind_that_is_read_is_taken() -> None:
    assert [problems(a_programme(each), LETTERS) for each in MAY_BE] == [()] * len(MAY_BE)
