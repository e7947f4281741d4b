"""A call is asked for once; from then on the overview says that it is open, and for how long."""

from tests.support.meeting_letters import arrived
from tests.support.pairs import a_pair, days_go_by
from tests.support.standings import overview_of
from tests.support.world import World, wp6


def test_no_ladder_asks_again_and_again_for_the_same_call() -> None:
    programme = wp6()
    overview = programme.letters.overview
    assert overview is not None

    repeated = [
        (workflow.name, state.name, ladder.name)
        for workflow in programme.workflows.values()
        for state in workflow.states.values()
        for ladder in state.ladders
        for rung in ladder.rungs
        if rung.every and (rung.letter or "").partition(".")[2] == overview.calls
    ]

    assert repeated == []


def test_a_call_comes_once_and_the_overview_says_how_long_it_is_open(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    since = pair.today

    days_go_by(town, 100)

    subjects = [subject for _, subject, _ in arrived(pair)]
    open_for = {(row["what"], row["days"]) for row in overview_of(pair).calls}
    assert [each for each in subjects if each.startswith("Please call")] == [
        "Please call Coordinator VIE-BIR: onboarding"
    ]
    assert len([each for each in subjects if each.startswith("Waiting since")]) > 1
    assert open_for == {("times for the onboarding", (pair.today - since).days)}
