"""A case with a deed to be filed and signed by two sides, and a step that asks for three things."""

from engine.checks.case import SignedBy
from engine.checks.values import Present
from engine.model.definition import Notify, RecordType, SetFact
from engine.model.fields import Field
from engine.model.outcomes import Triggered, Unmet
from tests.support.stories import (
    FACILITATOR,
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


def a_deed_case() -> Story:
    story = Story(WORKFLOW)
    story.starts()
    return story


def sentences(unmet: tuple[Unmet, ...]) -> list[tuple[str, str]]:
    return [(each.detail, each.remedy) for each in unmet]


def going() -> Triggered:
    return Triggered("go", FACILITATOR)
