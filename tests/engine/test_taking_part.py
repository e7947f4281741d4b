"""Whether somebody who is named for a task takes part in the case."""

from dataclasses import replace

import pytest

from engine.checks.people import TakesPart
from engine.model.office import OfficeRole
from tests.support.dossiers import a_dossier, a_person
from tests.support.stories import a_state, a_view, a_workflow, details


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
