"""Whoever was sent what a record says learns of the version that takes its place."""

from tests.support.meeting_letters import arrived
from tests.support.pairs import WAY, Pair, a_pair, days_go_by
from tests.support.world import World

SIDES = {"aspiring", "coordinator"}
# In the order of a pair's life: the state whose step tells of it.
TOLD = (
    ("onboarding", "onboarding", "New version, please read: minutes"),
    ("first_visit", "visit_1", "New version: From the visit"),
    ("workshop", "commitments", "New version: commitments"),
)


def told_of(pair: Pair, subject: str) -> set[str]:
    pair.world.beat()
    return {role for role, each, _ in arrived(pair) if each.startswith(subject)}


def test_another_version_of_what_a_letter_carried_is_told_to_its_readers(town: World) -> None:
    pair = a_pair(town)
    for state, record, subject in TOLD:
        pair.gets_to(state).files_all().files(record)
        days_go_by(town, 1)
        pair.goes(WAY[state][1])
        assert told_of(pair, "New version") == set(), record

        pair.files(record)
        days_go_by(town, 1)

        assert told_of(pair, subject) >= SIDES, record  # of a visit also whoever was there


def test_another_version_of_the_report_is_told_to_both_sides(town: World) -> None:
    pair = a_pair(town).gets_to("report_loop")
    pair.files("mid_term_report")
    assert told_of(pair, "New version") == set()

    pair.files("mid_term_report", summary="Two of three objectives are done.")

    days_go_by(town, 1)
    letters = [(role, text) for role, each, text in arrived(pair) if each.startswith("New version")]
    assert {role for role, _ in letters} == SIDES
    assert all("as it reads now: Two of three objectives are done." in text for _, text in letters)
