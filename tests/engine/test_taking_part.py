"""Whether somebody who is named for a task takes part in the case."""

from dataclasses import replace

import pytest

from engine.checks.case import TakesPart
from tests.support.dossiers import a_dossier, a_person
from tests.support.stories import a_view, details


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
