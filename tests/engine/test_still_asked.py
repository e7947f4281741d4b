"""What is asked by now or will be: where the case stands and where it comes to, nowhere else."""

from engine.checks.values import Present
from engine.dates.view import View
from engine.letters.still_asked import still_asked
from engine.model.definition import RESUME
from tests.support.reminders import ASK
from tests.support.stories import Story, a_ladder, a_rung, a_state, a_step, a_workflow

SLIDES = a_ladder(ASK, name="slides", unmet=Present("record.slides"))
AGENDA = a_ladder(ASK, name="agenda", unmet=Present("record.agenda"))
NEWS = a_ladder(a_rung("P5D", "news"), name="news")
WORKFLOW = a_workflow(
    a_state("first", SLIDES, AGENDA),
    a_state("second", AGENDA, NEWS),
    a_state("elsewhere", SLIDES),
    a_state("resting", pauses=True),
    steps=(
        a_step("go", "first", "second"),
        a_step("rest", "first second", "resting"),
        a_step("resume", "resting", RESUME),
    ),
)


def _asked(story: Story) -> dict[str, set[str]]:
    found = still_asked(View(story.workflow, story.dossier, story.now))
    return {state: set(ladders) for state, ladders in found.items() if ladders}


def _begun() -> Story:
    story = Story(WORKFLOW)
    story.starts()
    return story


def test_what_will_be_asked_later_counts_and_what_no_way_leads_to_does_not() -> None:
    assert _asked(_begun()) == {"first": {"slides", "agenda"}, "second": {"agenda", "news"}}


def test_what_is_in_is_asked_nowhere_and_a_state_that_was_left_asks_nobody() -> None:
    story = _begun()

    story.step("go")

    assert _asked(story) == {"second": {"agenda", "news"}}


def test_what_waits_for_nothing_asks_until_it_has_spoken() -> None:
    story = _begun()
    story.step("go")

    story.days_pass(6)

    assert _asked(story) == {"second": {"agenda"}}


def test_a_pause_asks_on_where_the_case_comes_back_to() -> None:
    story = _begun()

    story.step("rest")

    assert _asked(story)["first"] == {"slides", "agenda"}
