"""Letters ask whom they wait for, and name who it is."""

from runtime.queries.why import why
from tests.support.meeting_letters import arrived
from tests.support.pairs import a_pair, days_go_by
from tests.support.world import World


def test_the_side_that_has_signed_is_not_asked_again(town: World) -> None:
    pair = a_pair(town).gets_to("memorandum")
    pair.files("memorandum")
    pair.signs("aspiring")
    town.beat()
    arrived(pair)

    days_go_by(town, 60)

    overdue = [
        (role, text)
        for role, subject, text in arrived(pair)
        if subject.startswith("The memorandum") and subject.endswith("is still open")
    ]
    assert [role for role, _ in overdue] == ["coordinator"]
    assert "asks you to sign, or to name a date, by " in overdue[0][1]


def test_a_call_and_why_name_everybody_whose_turn_it_is(town: World) -> None:
    pair = a_pair(town).gets_to("memorandum")
    pair.files("memorandum")

    days_go_by(town, 20)
    both = {"Coordinator VIE-BIR", "Aspiring VIE-BIR"}
    (turn,) = (o.whose_turn for o in why(town.runtime, pair.case).open if "emorandum" in o.what)
    (call,) = (t for _, subject, t in arrived(pair) if subject.startswith("Please call"))

    assert set(turn.split(" and ")) == both
    assert "to be called about the same as well: " in call


def test_an_overview_names_who_files_what_is_open(town: World) -> None:
    pair = a_pair(town).gets_to("first_visit")
    town.beat()
    arrived(pair)

    days_go_by(town, 60)

    waiting = [text for _, subject, text in arrived(pair) if subject.startswith("Waiting")]
    records = [text for text in waiting if "the record of the first visit" in text]
    assert records
    assert all("whose turn: facilitator" in text.lower() for text in records)
