"""What is filed twice before anybody is written to is told once, as it is on file by then."""

from collections import Counter

from storage.database.transactions import reading
from storage.mail.queries import letters
from tests.support.meeting_letters import arrived
from tests.support.pair_records import objectives
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import World


def _states(pair: Pair, letter: str) -> set[str]:
    with reading(pair.world.runtime.database) as session:
        found = letters(session)
    return {each.state for each in found if each.letter.startswith(letter)}


def test_two_versions_of_a_report_in_one_beat_are_one_letter_to_each_side(town: World) -> None:
    pair = a_pair(town).gets_to("report_loop")
    town.beat()
    arrived(pair)

    for summary in ("Mistyped.", "Nothing is done.", "One of two is done."):
        pair.files("mid_term_report", summary=summary)
    town.beat()

    got = arrived(pair)
    assert sorted(who for who, _, _ in got) == ["aspiring", "coordinator"]
    assert all("One of two is done." in text for _, _, text in got)
    subjects = {who: subject for who, subject, _ in got}
    assert "your response by" in subjects["coordinator"]
    assert "Your mid-term report" in subjects["aspiring"]
    assert _states(pair, "N-16") == {"accepted"}


def test_a_version_after_the_letters_went_out_is_told_to_both_sides(town: World) -> None:
    pair = a_pair(town).gets_to("report_loop")
    pair.files("mid_term_report")
    days_go_by(town, 1)
    arrived(pair)

    pair.files("mid_term_report", summary="One of two is done.")
    pair.files("mid_term_report", summary="Two of two are done.")
    town.beat()

    got = arrived(pair)
    assert sorted(who for who, _, _ in got) == ["aspiring", "coordinator"]
    assert {subject.partition(",")[0] for _, subject, _ in got} == {
        "New version of the mid-term report"
    }


def test_two_records_of_which_one_letter_tells_are_one_letter_and_none_waits(town: World) -> None:
    pair = a_pair(town).gets_to("closure")
    days_go_by(town, 1)
    arrived(pair)

    pair.files("roadmap", objectives=objectives())
    pair.files("commitments", commitments=["A room from January"])
    pair.files("roadmap", objectives=objectives()[:1])
    town.beat()

    told = Counter(who for who, _, _ in arrived(pair))
    assert (told["coordinator"], told["aspiring"]) == (1, 1)
    assert _states(pair, "N-18") == {"accepted"}


def test_two_versions_of_a_response_in_one_beat_are_one_letter(town: World) -> None:
    pair = a_pair(town).gets_to("report_loop")
    pair.files("mid_term_report")
    days_go_by(town, 1)
    arrived(pair)

    pair.files("response", text="Wait.")
    pair.files("response", text="Go on.")
    town.beat()

    (got,) = arrived(pair)
    assert got[0] == "aspiring"
    assert "Go on." in got[2]
