"""Waivers: a requirement set aside with author and reason, where the definition allows it."""

import pytest

from engine.checks.case import SignedBy
from engine.checks.values import Present
from engine.model.definition import Notify, RecordType, SetFact
from engine.model.fields import Field
from engine.model.outcomes import Triggered, Unmet, Waived
from tests.support.stories import (
    ASPIRING,
    FACILITATOR,
    LEAD,
    Story,
    a_ladder,
    a_requirement,
    a_rung,
    a_state,
    a_step,
    a_workflow,
)

RECORDS = {
    "deed": RecordType(
        "deed",
        "Deed",
        by=("aspiring", "coordinator"),
        fields=(Field("text", "text"), Field("pages", "whole", optional=True)),
        signatories=("coordinator", "aspiring"),
        effects=(Notify("filed", ("coordinator",)), SetFact("version", path="event.version")),
        signed=(Notify("signed", ("whose_turn",)),),
        rule=("A-15",),
    ),
    "note": RecordType("note", "Note", by=(), fields=(Field("text", "text"),)),
}
WORKFLOW = a_workflow(
    a_state(
        "first",
        a_ladder(
            a_rung("P5D", "sign", "whose_turn"),
            unmet=SignedBy("deed", ("coordinator", "aspiring")),
        ),
    ),
    a_state("second"),
    steps=(
        a_step(
            "go",
            "first",
            "second",
            a_requirement("answer", Present("fact.answer"), waiver=("lead", "facilitator")),
            a_requirement("reason", Present("event.note"), no_waiver="somebody must say why"),
            a_requirement("place", Present("fact.place")),
        ),
    ),
    records=RECORDS,
)


def _story() -> Story:
    story = Story(WORKFLOW)
    story.starts()
    return story


def _said(unmet: tuple[Unmet, ...]) -> list[tuple[str, str]]:
    return [(each.detail, each.remedy) for each in unmet]


def _go() -> Triggered:
    return Triggered("go", FACILITATOR)


def test_a_requirement_is_waived_with_author_and_reason() -> None:
    story = _story()

    plan = story.goes(Waived("answer", "they called", LEAD))

    assert plan.waiver == story.dossier.waivers["answer"]
    assert (plan.waiver.by, plan.waiver.reason) == ("lead", "they called")
    assert {each.requirement for each in story.refused(_go())} == {"reason", "place"}


def test_a_waiver_may_be_given_again_with_another_reason() -> None:
    story = _story()
    story.goes(Waived("answer", "they called", LEAD))

    plan = story.goes(Waived("answer", "they wrote", FACILITATOR))

    assert plan.waiver is not None
    assert plan.waiver.reason == "they wrote"


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (
            Waived("answer", "why not", ASPIRING),
            ("aspiring may not waive it", "Ask: lead or facilitator."),
        ),
        (Waived("reason", "because", LEAD), ("nobody may waive it", "somebody must say why")),
        (Waived("place", "because", LEAD), ("nobody may waive it", "Give place.")),
        (Waived("answer", " ", LEAD), ("no reason is given", "Write why it is set aside.")),
        (
            Waived("other", "because", LEAD),
            ("no requirement other", "Choose one of: answer, place, reason."),
        ),
    ],
)
def test_a_waiver_that_cannot_be_is_refused(event: Waived, said: tuple[str, str]) -> None:
    assert _said(_story().refused(event)) == [said]


def test_where_nothing_is_asked_there_is_nothing_to_waive() -> None:
    story = Story(a_workflow(a_state("first")))

    unmet = story.refused(Waived("other", "because", LEAD))

    assert _said(unmet) == [("no requirement other", "Choose one of: none here.")]
