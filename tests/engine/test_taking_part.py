"""Whether somebody who is named for a task takes part in the case."""

from dataclasses import replace

import pytest

from engine.checks.people import TakesPart
from engine.model.definition import SetFact
from engine.model.office import OfficeRole
from engine.model.outcomes import Triggered
from tests.support.dossiers import a_dossier, a_person
from tests.support.stories import (
    FACILITATOR,
    Story,
    a_requirement,
    a_state,
    a_step,
    a_view,
    a_workflow,
    details,
)


@pytest.mark.parametrize(
    ("owner", "said"),
    [
        ("", ["the owner is not given"]),
        (None, ["the owner is not given"]),
        ("stranger", ["stranger plays no role here"]),
        ("head", []),
        ("aspiring 3", []),
    ],
)
def test_somebody_takes_part_who_plays_a_role_by_key_or_by_name(
    owner: str | None, said: list[str]
) -> None:
    head = replace(a_person(3, "aspiring"), key="head")
    view = a_view(a_dossier(people=(head,)), owner=owner)

    assert details(TakesPart("event.owner").lacks(view)) == said
    assert TakesPart("event.owner").paths() == ("event.owner",)


@pytest.mark.parametrize(
    ("owner", "said"),
    [
        ("north", []),
        ("head", ["head plays no role of the office here: choose north (facilitator)"]),
        ("stranger", ["stranger plays no role here: choose north (facilitator)"]),
    ],
)
def test_who_is_to_be_of_the_office_comes_from_no_centre(owner: str, said: list[str]) -> None:
    people = (
        replace(a_person(3, "aspiring"), key="head"),
        replace(a_person(4, "facilitator"), key="north"),
    )
    office = {"facilitator": OfficeRole("facilitator", runs=True)}
    workflow = replace(a_workflow(a_state("first")), office=office)
    view = a_view(a_dossier(people=people), workflow, owner=owner)

    assert details(TakesPart("event.owner", office=True).lacks(view)) == said


def test_whoever_is_named_for_a_step_by_key_is_kept_by_name() -> None:
    named = a_requirement("owner_named", TakesPart("event.owner"))
    keeps = SetFact("owner", path="event.owner")
    step = a_step("take_on", "first", "first", requires=(named,), effects=(keeps,))
    north = replace(a_person(4, "facilitator"), key="north")
    workflow = a_workflow(a_state("first"), steps=(step,))
    story = Story(workflow, dossier=a_dossier(people=(north,)))

    for said in ("north", north.name):
        story.goes(Triggered("take_on", FACILITATOR, facts={"owner": said}))

        assert story.dossier.facts["owner"] == north.name
