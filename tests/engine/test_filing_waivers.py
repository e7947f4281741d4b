"""Waivers: a requirement set aside with author and reason, where the definition allows it."""

import pytest

from engine.model.outcomes import Waived
from tests.support.deeds import a_deed_case, going, sentences
from tests.support.stories import (
    ASPIRING,
    FACILITATOR,
    LEAD,
    Story,
    a_state,
    a_workflow,
)


def test_a_requirement_is_waived_with_author_and_reason() -> None:
    story = a_deed_case()

    plan = story.goes(Waived("answer", "they called", LEAD))

    assert plan.waiver == story.dossier.waivers["answer"]
    assert (plan.waiver.by, plan.waiver.reason) == ("lead", "they called")
    assert {each.requirement for each in story.refused(going())} == {"reason", "place"}


def test_a_waiver_may_be_given_again_with_another_reason() -> None:
    story = a_deed_case()
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
        (
            Waived("anser", "because", LEAD),
            ("no requirement anser", "Did you mean answer? Choose one of: answer, place, reason."),
        ),
    ],
)
def test_a_waiver_that_cannot_be_is_refused(event: Waived, said: tuple[str, str]) -> None:
    assert sentences(a_deed_case().refused(event)) == [said]


def test_where_nothing_is_asked_there_is_nothing_to_waive() -> None:
    story = Story(a_workflow(a_state("first")))

    unmet = story.refused(Waived("other", "because", LEAD))

    assert sentences(unmet) == [("no requirement other", "Choose one of: none here.")]
