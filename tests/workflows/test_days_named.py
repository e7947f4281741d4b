"""Days are called by the titles of what happens then, never by the names that definitions use."""

from collections.abc import Iterator

import pytest

from engine.checks.wording import noun
from engine.dates.view import View
from engine.model.dossier import Parent
from tests.support.dossiers import a_dossier
from tests.support.stories import a_view
from tests.support.world import wp6

WORKFLOWS = wp6().workflows
PAIRING = WORKFLOWS["pairing"]


def _views() -> Iterator[View]:
    for workflow in WORKFLOWS.values():
        parent = None if workflow is PAIRING else Parent(PAIRING, a_dossier())
        yield a_view(a_dossier(parent=parent), workflow)


def test_every_anchor_of_the_programme_is_named_by_a_title() -> None:
    for view in _views():
        for anchor in (*view.workflow.anchors, *PAIRING.anchors):
            named = noun(view, f"anchor.{anchor}")
            assert named == "the eoi deadline" or '"' in named, named
            assert "_" not in named
            assert "anchor" not in named


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("anchor.visit_1_on", 'the day of "First on-site visit"'),
        ("anchor.T0", 'the day of "Pair formalised"'),
        ("anchor.report_sent", '"sent on" in the mid-term report'),
        ("anchor.extended_until", '"extended until"'),
        ("date.workshop.target", 'the day of "Consolidation workshop"'),
        ("meeting.mid_term", 'the day of "Mid-term review"'),
        ("case.month", "the month"),
    ],
)
def test_a_day_is_the_same_in_words_below_its_pair(path: str, said: str) -> None:
    assert {noun(view, path) for view in _views()} == {said}
