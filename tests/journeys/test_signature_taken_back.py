"""A signature noted by mistake: its side is asked as before, and the other one still counts."""

from engine.model.putting_right import Undone
from tests.support.actors import act
from tests.support.meeting_letters import arrived
from tests.support.pairs import a_pair, days_go_by
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


def test_who_read_of_a_signature_hears_that_it_is_taken_back_and_both_are_asked(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("memorandum")
    pair.files("memorandum")
    town.beat()
    pair.signs("coordinator")
    days_go_by(town, 9)
    read = {role: subject for role, subject, _ in arrived(pair) if "has signed" in subject}
    assert read.keys() == {"aspiring"}

    assert act(town.runtime, pair.case, Undone("It was a draft.", FACILITATOR)).accepted
    town.beat()

    told = {role: text for role, subject, text in arrived(pair) if subject.startswith("Not so")}
    assert told.keys() == set(SIDES)
    assert all("asks you to sign as before" in text for text in told.values())
    assert f"{read['aspiring']}, sent on" in told["aspiring"]
    assert "letters" not in told["coordinator"].partition("The reason:")[0]


def test_a_signature_that_nobody_read_of_is_taken_back_without_a_word(town: World) -> None:
    pair = a_pair(town).gets_to("memorandum")
    pair.files("memorandum")
    town.beat()
    pair.signs("coordinator")
    arrived(pair)

    assert act(town.runtime, pair.case, Undone("It was a draft.", FACILITATOR)).accepted
    town.beat()

    assert not [subject for _, subject, _ in arrived(pair) if subject.startswith("Not so")]
