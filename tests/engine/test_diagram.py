"""The picture of a workflow: phases hold their states, exits are drawn once, nothing is random."""

from engine.model.definition import RESUME, STAY, Workflow
from engine.model.diagram import mermaid
from engine.model.phase import Phase
from tests.support.workflows import a_final_state, a_state, a_step, a_workflow


def a_long_workflow() -> Workflow:
    """Three states of work and one of rest, from all of which a case may be withdrawn."""
    names = ("asking", "drafting", "reviewing")
    return a_workflow(
        *(a_state(name) for name in names),
        a_state("resting", phase="rest", pauses=True),
        a_final_state(phase="over"),
        a_final_state("withdrawn", phase="over", title='Withdrawn; "early": yes'),
        steps=(
            a_step("draft", "asking", "drafting"),
            a_step("review", "drafting", "reviewing"),
            a_step("send_back", "reviewing", "drafting"),
            a_step("agree", "reviewing", "closed"),
            a_step("close_early", "reviewing", "closed"),
            a_step("rest", names, "resting"),
            a_step("wake", "resting", RESUME),
            a_step("withdraw", (*names, "resting"), "withdrawn"),
            a_step("take_note", ("asking", "resting"), STAY),
            a_step("begin_again", names, "asking"),
        ),
        phases={
            "empty": Phase("empty", "Nothing"),
            "work": Phase("work", "At work"),
            "rest": Phase("rest", "At rest"),
        },
    )


def test_a_workflow_is_drawn_with_its_phases_titles_and_triggers() -> None:
    assert (
        mermaid(a_long_workflow())
        == """\
stateDiagram-v2
    [*] --> asking
    state "At work" as phase_work {
        asking: Asking
        drafting: Drafting
        reviewing: Reviewing
    }
    state "At rest" as phase_rest {
        resting: Resting
    }
    closed: Closed
    withdrawn: Withdrawn#59; #quot;early#quot;#58; yes
    asking --> drafting: draft
    drafting --> reviewing: review
    reviewing --> drafting: send back
    reviewing --> closed: agree / close early
    phase_work --> resting: rest
    phase_work --> withdrawn: withdraw
    resting --> withdrawn: withdraw
    asking --> asking: begin again
    drafting --> asking: begin again
    reviewing --> asking: begin again
    note right of resting: wake, back to where it was / take note, without leaving it
    note right of asking: take note, without leaving it
    closed --> [*]
    withdrawn --> [*]
"""
    )


def test_the_same_definition_gives_the_same_picture() -> None:
    assert mermaid(a_long_workflow()) == mermaid(a_long_workflow())
