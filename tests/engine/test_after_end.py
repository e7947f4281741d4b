"""A case that has ended takes in what its definition names, and nothing else."""

from dataclasses import replace

import pytest

from engine.checks.values import Present
from engine.decide.after_end import taken
from engine.model.definition import FlagType, Notify, RaiseFlag, RecordType, SetFact, Watch
from engine.model.fields import Field
from engine.model.outcomes import By, Event, Filed, FlagRaised, Signed, Undeliverable, Waived
from engine.model.passing import FlagPassedUp
from tests.support.deeds import sentences
from tests.support.dossiers import OPENED
from tests.support.stories import (
    ASPIRING,
    FACILITATOR,
    HEARD,
    LEAD,
    Story,
    a_requirement,
    a_state,
    a_step,
    a_workflow,
)

TEXT = (Field("text", "text"),)
DEED = RecordType("deed", "Deed", by=("aspiring",), fields=TEXT, signatories=("aspiring",))
LABEL = RecordType(
    "label",
    "Label",
    by=("facilitator",),
    fields=TEXT,
    effects=(Notify("granted", ("coordinator",)), SetFact("label", path="record.label.text")),
    after_end=True,
)
ASKED = a_requirement("answer", Present("record.label.missing"), waiver=("lead",))
WORKFLOW = a_workflow(
    a_state("first"),
    a_state("closed", final=True),
    steps=(a_step("close", "first", "closed"), a_step("stop", "first", "closed", ASKED)),
    records={"deed": DEED, "label": LABEL},
    flags={"F-01": FlagType("F-01", "Silent", "amber")},
    notices={"undeliverable": (Notify("lost", ("facilitator",)), RaiseFlag("F-01"))},
    watches=(
        Watch(ASKED, RaiseFlag("F-01"), filed=("label",)),
        Watch(replace(ASKED, name="left"), RaiseFlag("F-01"), left=("closed",)),
    ),
)
ENDED = "PAIR-07 has ended: Closed, since 2026-03-02"
STILL = "It still takes in the records label. If another case is meant, name that one."


def _ended() -> Story:
    story = Story(WORKFLOW)
    story.starts()
    story.files("deed", text="one")
    story.step("close")
    return story


@pytest.mark.parametrize(
    "event",
    [
        Filed("deed", {"text": "two"}, HEARD),
        Signed("deed", "aspiring", "head", OPENED.date(), HEARD),
        Waived("answer", "agreed by mail", LEAD),
        FlagRaised("F-01", "seen", FACILITATOR),
    ],
)
def test_what_comes_after_the_end_is_refused_with_the_case_its_end_and_the_remedy(
    event: Event,
) -> None:
    story = _ended()
    before = story.dossier

    assert sentences(story.refused(event)) == [(ENDED, STILL)]
    assert story.dossier == before


def test_a_record_that_may_follow_the_end_comes_in_with_its_effects() -> None:
    story = _ended()

    plan = story.goes(Filed("label", {"text": "gold"}, FACILITATOR))

    assert [owed.letter for owed in plan.letters] == ["granted"]
    assert story.dossier.facts["label"] == "gold"


def test_the_content_and_the_author_of_what_follows_are_judged_as_before() -> None:
    story = _ended()

    content = story.refused(Filed("label", {}, FACILITATOR))
    author = story.refused(Filed("label", {"text": "gold"}, ASPIRING))
    unknown = story.refused(Filed("lable", {"text": "gold"}, FACILITATOR))

    assert sentences(content) == [('"text" is missing', "Give a text.")]
    assert sentences(author) == [("aspiring may not file it", "Ask: facilitator.")]
    assert sentences(unknown) == [
        ("no record lable", "Did you mean label? Choose one of: deed, label.")
    ]


def test_no_watch_raises_a_flag_where_nobody_acts_on_it_any_more() -> None:
    running, ended = Story(WORKFLOW), _ended()
    running.starts()

    running.goes(Filed("label", {"text": "gold"}, FACILITATOR))
    ended.goes(Filed("label", {"text": "gold"}, FACILITATOR))

    assert running.flags() == [("F-01", "amber")]
    assert ended.flags() == []


def test_a_letter_that_comes_back_after_the_end_is_told_of_and_raises_no_flag() -> None:
    back = Undeliverable("granted", "coordinator", "C", "c@example.org", "Label", "no such user")
    running, ended = Story(WORKFLOW), _ended()
    running.starts()

    for story in (running, ended):
        story.goes(back)

    assert running.flags() == [("F-01", "amber")]
    assert ended.flags() == []
    assert running.letters()[-1] == ended.letters()[-1] == "lost"


def test_a_letter_of_an_ended_child_still_raises_the_flag_of_its_parent() -> None:
    child = replace(WORKFLOW, flags={}, watches=())
    story = Story(child)
    story.starts()
    story.step("close")

    plan = story.goes(
        Undeliverable("granted", "coordinator", "C", "c@example.org", "Label", "no such user")
    )

    assert [each for each in plan.passed if isinstance(each, FlagPassedUp)]


def test_history_that_is_taken_over_is_exempt() -> None:
    story = _ended()

    story.goes(Filed("deed", {"text": "old"}, By(), imported=True))

    assert story.dossier.records["deed"][-1].content == {"text": "old"}


def test_a_case_that_takes_in_nothing_more_says_so() -> None:
    story = replace(_ended(), workflow=replace(WORKFLOW, records={"deed": DEED}))

    (unmet,) = story.refused(Filed("deed", {"text": "two"}, HEARD))

    assert unmet.remedy == "It takes in nothing more. If another case is meant, name that one."


def test_every_record_comes_in_before_the_end_and_those_named_after_it() -> None:
    assert taken(WORKFLOW, "first") == (DEED, LABEL)
    assert taken(WORKFLOW, "closed") == (LABEL,)
