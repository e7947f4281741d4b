"""Ladders that have nothing to say: settled by any road, over before the case, or begun late."""

from engine.checks.values import Present
from engine.model.definition import RecordType, SetFact
from engine.model.outcomes import By, Filed, Waived
from engine.time.windows import Anchor, Source
from tests.support.dossiers import a_dossier, moment
from tests.support.stories import (
    Story,
    a_ladder,
    a_requirement,
    a_rung,
    a_state,
    a_step,
    a_workflow,
)

FACILITATOR = By("facilitator", "facilitator")
LEAD = By("lead", "lead")
ANSWER = Present("fact.answer")
INVITATION = RecordType(
    "invitation",
    "Invitation",
    ("facilitator",),
    effects=(SetFact("meets_on", "2026-03-09"),),
)
ANCHORS = {"meeting": Anchor("meeting", (Source("fact", "meets_on"),))}


def _story(*rungs: str, every: str = "", **facts: object) -> Story:
    """A ladder of rungs in letters, for as long as there is no answer."""
    named = (a_rung(at, f"letter {number}") for number, at in enumerate(rungs))
    last = (a_rung(rungs[-1], "again", every=every),) if every else ()
    step = a_step(
        "go", "first", "second", requires=(a_requirement("answered", ANSWER, waiver=("lead",)),)
    )
    workflow = a_workflow(
        a_state("first", a_ladder(*named, *last, unmet=ANSWER)),
        a_state("second"),
        steps=(step,),
        anchors=ANCHORS,
        records={"invitation": INVITATION},
    )
    story = Story(workflow, a_dossier(facts=facts))
    story.starts()
    return story


def test_nobody_is_asked_for_what_was_set_aside() -> None:
    story = _story("P0D", "P5D")

    story.happens(Waived("answered", "seen on paper", LEAD))

    assert story.due() == {}


def test_what_was_to_be_done_before_the_case_began_is_asked_of_nobody() -> None:
    assert _story("meeting - P14D", "meeting + P1D", meets_on="2026-02-27").due() == {}


def test_what_is_still_to_come_is_asked_for_with_the_first_letter() -> None:
    story = _story("meeting - P14D", "meeting - P3D", "meeting + P1D", meets_on="2026-03-04")

    story.fires()
    first = story.letters()
    story.now = moment("2026-03-06", "12:00")
    story.fires()

    assert first == ["letter 0"]
    assert story.letters() == ["letter 0", "letter 2"]


def test_a_repetition_goes_on_whenever_it_began() -> None:
    story = _story("meeting - P14D", every="P10D", meets_on="2026-02-27")

    assert "asks/1/0" in story.due()


def test_whoever_has_not_been_asked_is_not_reminded() -> None:
    """The day came late: three letters would have gone out by now, one is still to come."""
    story = _story("meeting - P21D", "meeting - P14D", "meeting - P9D", "meeting - P2D")

    story.happens(Filed("invitation", {}, FACILITATOR))  # for the 9th of March
    story.fires()
    first = story.letters()
    story.now = moment("2026-03-07", "12:00")
    story.fires()

    assert first == ["letter 0"]
    assert story.letters() == ["letter 0", "letter 3"]
    assert story.outcomes()["asks/2/0"] == "superseded: later step due"


def test_where_all_days_have_passed_the_letters_keep_their_distance_from_the_first() -> None:
    story = _story("meeting - P21D", "meeting - P14D", "meeting - P7D")

    story.now = moment("2026-03-06")
    story.happens(Filed("invitation", {}, FACILITATOR))
    story.fires()

    assert story.letters() == ["letter 0"]
    assert story.due() == {"asks/1/0": "2026-03-13", "asks/2/0": "2026-03-20"}
