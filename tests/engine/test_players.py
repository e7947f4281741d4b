"""Who comes from a centre plays the side of that centre, and nothing else where it stands."""

import pytest

from engine.decide.players import misplaced, standing
from tests.support.dossiers import a_dossier
from tests.support.stories import a_state, a_workflow

WORKFLOW = a_workflow(a_state("first"))
BOTH = {"coordinator": ("vienna",), "aspiring": ("birchwater", "elmford")}
TWO = (
    "head is of vienna, but birchwater and elmford are aspiring here: "
    "name somebody of birchwater or elmford, or enter them there first"
)
ONE = {"aspiring": ("birchwater",)}


@pytest.mark.parametrize(
    ("role", "home", "sides", "said"),
    [
        ("aspiring", "birchwater", BOTH, ""),
        ("aspiring", "elmford", BOTH, ""),
        ("aspiring", "", BOTH, ""),
        ("coordinator", "", ONE, ""),
        ("lead", "", BOTH, ""),
        ("lead", "oslo", BOTH, ""),
        (
            "aspiring",
            "vienna",
            BOTH,
            TWO,
        ),
        (
            "coordinator",
            "vienna",
            ONE,
            "head is of vienna, and no centre is coordinator here yet: name the centre",
        ),
        (
            "facilitator",
            "elmford",
            BOTH,
            "head is of elmford, which is aspiring here: name somebody else as facilitator",
        ),
    ],
)
def test_a_person_of_a_centre_plays_its_side_alone(
    role: str, home: str, sides: dict[str, tuple[str, ...]], said: str
) -> None:
    assert misplaced(WORKFLOW, role, "head", home, sides) == said


def test_where_the_centres_of_a_case_stand() -> None:
    assert standing(WORKFLOW, a_dossier()) == {
        "coordinator": ["coordinator-centre"],
        "aspiring": ["aspiring-centre"],
    }
