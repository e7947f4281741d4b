"""A day that was agreed: it is the forecast, and the window keeps its plan."""

from dataclasses import replace
from datetime import date

from engine.dates.anchors import target_day
from engine.model.definition import RecordType, SetFact
from engine.model.outcomes import By, Moved, Refusal
from engine.time.windows import Anchor, Source
from tests.support.dossiers import a_dossier
from tests.support.stories import Story, a_state, a_window, a_workflow

FACILITATOR = By("facilitator", "facilitator")
INVITATION = RecordType(
    "invitation", "Invitation", ("facilitator",), effects=(SetFact("meets_on", path="event.day"),)
)
WORKFLOW = a_workflow(
    a_state(
        "first",
        window=a_window("start + P3M", opens="target - P7D", ends="target + P30D"),
        agreed="meets_on",
    ),
    a_state("second", window=a_window("meeting + P1M")),
    anchors={
        "start": Anchor("start", (Source("entered", "first"),)),
        "meets_on": Anchor("meets_on", (Source("fact", "meets_on"),)),
        "meeting": Anchor("meeting", (Source("forecast", "first"),)),
    },
    records={"invitation": INVITATION},
    start_anchor="start",
)


def _story(**facts: object) -> Story:
    story = Story(WORKFLOW, a_dossier(facts={}))
    story.starts()
    story.dossier = replace(story.dossier, facts=facts)
    story.fires()
    return story


def test_an_agreed_day_is_the_forecast_and_what_hangs_on_it_follows() -> None:
    dates = _story(meets_on="2026-08-20").dossier.dates

    assert dates["first"].forecast == date(2026, 8, 20)
    assert dates["first"].agreed
    assert dates["second"].forecast == date(2026, 9, 20)
    assert not dates["second"].agreed
    assert dates["first"].baseline == date(2026, 6, 2)


def test_what_hangs_on_the_target_within_the_window_keeps_to_the_plan() -> None:
    dossier = _story(meets_on="2026-08-20").dossier

    bounds = [target_day(WORKFLOW, dossier, "first", bound) for bound in ("opens", "ends")]

    assert bounds == [date(2026, 5, 26), date(2026, 7, 2)]  # so that a late meeting is seen


def test_what_is_no_longer_agreed_is_planned_again() -> None:
    dates = _story(meets_on="").dossier.dates["first"]

    assert (dates.forecast, dates.agreed) == (date(2026, 6, 2), False)


def test_what_is_agreed_is_not_moved_but_agreed_anew() -> None:
    story = _story(meets_on="2026-08-20")

    answer = story.happens(Moved("first", date(2026, 9, 1), "they asked", FACILITATOR))

    assert isinstance(answer, Refusal)
    assert [(each.detail, each.remedy) for each in answer.unmet] == [
        ("First is agreed for 2026-08-20", "File the new date: Invitation (invitation).")
    ]
