"""Who comes from a centre plays the side of that centre, and nothing else where it stands."""

from dataclasses import replace

import pytest

from engine.decide.players import impartial, misplaced, standing, twofold
from engine.model.dossier import Person, PersonId
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


def test_nobody_of_a_side_acts_for_the_office_there() -> None:
    """By a role in the whole programme: their centre takes part, or they play a side."""
    free = Person(PersonId(1), "Free", "free@example.org", "facilitator", key="free", general=True)
    of_vienna = replace(free, id=PersonId(2), key="torn", centre="vienna")
    own = replace(free, id=PersonId(3), key="named", general=False, centre="vienna")
    guest = replace(free, id=PersonId(4), key="guest", role="aspiring", general=False)
    both = replace(free, id=PersonId(4), key="guest")
    vienna = replace(a_dossier().office, key="vienna")
    dossier = a_dossier(
        parties={"coordinator": (vienna,)}, people=(free, of_vienna, own, guest, both)
    )

    assert {(each.key, each.role) for each in impartial(WORKFLOW, dossier)} == {
        ("free", "facilitator"),
        ("named", "facilitator"),
        ("guest", "aspiring"),
    }
    assert twofold(WORKFLOW, dossier) == (
        "guest would be aspiring and facilitator here: name somebody else for one of them"
    )
