"""A signature noted by mistake: its side is asked as before, and the other one still counts."""

from engine.model.putting_right import Undone
from tests.support.actors import act
from tests.support.meeting_letters import arrived
from tests.support.pairs import a_pair
from tests.support.world import FACILITATOR, World

SIDES = ("aspiring", "coordinator")


def test_a_signature_taken_back_is_asked_for_and_leaves_the_other_one(town: World) -> None:
    pair = a_pair(town).gets_to("memorandum")
    pair.files("memorandum")
    town.beat()
    pair.signs(*SIDES)
    town.beat()
    arrived(pair)

    assert act(town.runtime, pair.case, Undone("The wrong side.", FACILITATOR)).accepted
    town.beat()

    told = {role: (subject, text) for role, subject, text in arrived(pair) if role in SIDES}
    assert all(subject.startswith("Not so: signature of") for subject, _ in told.values())
    assert "asks you to sign as before" in told["coordinator"][1]
    assert "counts as before" in told["aspiring"][1]
    assert "asks you" not in told["aspiring"][1]
