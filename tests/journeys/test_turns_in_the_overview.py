"""The overview waits for whoever is asked, and calls nothing late that nobody was asked for."""

from datetime import timedelta

from engine.model.changes import Changes
from engine.model.outcomes import Amended
from runtime.queries.why import why
from tests.support.actors import act
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.standings import overview_of
from tests.support.world import FACILITATOR, World

SIDES, OFFICE = "Coordinator VIE-BIR, Aspiring VIE-BIR", "Facilitator VIE-BIR"
NAMED = {"times_of_coordinator": "In July", "times_of_aspiring": "In August"}


def _says(pair: Pair, record: str, **values: object) -> None:
    answer = act(pair.world.runtime, pair.case, Amended(record, Changes(values), FACILITATOR))
    assert answer.accepted, answer.unmet


def _keeps_in_touch(pair: Pair, days: int) -> None:
    """Days go by, with a talk every eighty."""
    for _ in range(0, days, 80):
        days_go_by(pair.world, 80)
        pair.files("contact", on=str(pair.today), kind="call", summary="All is well.")


def _late(pair: Pair) -> list[object]:
    return [row["what"] for row in overview_of(pair).late]


def test_days_of_a_visit_are_late_for_the_sides_until_they_have_named_some(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")

    days_go_by(town, 30)

    assert _late(pair) == ["dates that suit both sides"]
    assert overview_of(pair).waiting["who"] == SIDES


def test_then_they_are_waited_for_from_whoever_fixes_them_since_both_have_answered(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    days_go_by(town, 7)
    _says(pair, "visit_1_dates", **NAMED)
    since = pair.today

    days_go_by(town, 30)

    found = overview_of(pair)
    assert (found.waiting["who"], found.waiting["since"]) == (OFFICE, since.isoformat())
    assert {row["what"] for row in found.late} <= {
        "the days of the first visit, out of those that were named",
        "dates for the first visit",
    }


def test_days_that_are_proposed_ask_both_for_a_yes_and_wait_for_it_since_then(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    days_go_by(town, 20)
    _says(pair, "visit_1_dates", **NAMED)
    days_go_by(town, 2)
    arrived(pair)
    on = pair.today + timedelta(days=40)

    _says(pair, "visit_1_dates", starts_on=str(on), ends_on=str(on))
    since = pair.today
    days_go_by(town, 2)

    asked = {who: text for who, subject, text in arrived(pair) if "Do these dates suit?" in subject}
    found = overview_of(pair)
    assert set(asked) == {"coordinator", "aspiring"}
    assert all(f"Proposed: {on:%A}" in text for text in asked.values())
    assert (found.waiting["who"], found.waiting["since"]) == (SIDES, since.isoformat())
    assert found.late == ()


def test_other_days_that_are_proposed_before_anybody_has_said_yes_ask_both_at_once(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    on, later = (str(pair.today + timedelta(days=days)) for days in (60, 70))
    _says(pair, "visit_1_dates", starts_on=on, ends_on=on)
    days_go_by(town, 2)
    arrived(pair)

    _says(pair, "visit_1_dates", starts_on=later, ends_on=later)
    days_go_by(town, 2)
    _says(pair, "visit_1_dates", city="Graz")
    days_go_by(town, 1)

    asked = [who for who, subject, _ in arrived(pair) if "Do these dates suit?" in subject]
    assert sorted(asked) == ["aspiring", "coordinator"]


def test_of_a_meeting_on_a_report_nobody_is_late_before_the_report_is_answered(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("report_loop")

    days_go_by(town, 40)

    assert "the meeting on the mid-term report" not in _late(pair)
    assert "the mid-term report" in _late(pair)


def test_a_memorandum_just_asked_for_is_due_on_the_day_of_its_letter_and_not_late(
    town: World,
) -> None:
    """The visit, and with it the planned day of the signing, lies some days back by then."""
    pair = a_pair(town).gets_to("memorandum").files_all()
    days_go_by(town, 1)

    days_go_by(town, 3)

    found = overview_of(pair)
    (asked,) = (each for each in why(town.runtime, pair.case).open if "memorandum" in each.what)
    named = {text for _, _, text in arrived(pair) if f"by {asked.asked_by:%A}" in text}
    assert named
    assert [row["when"] for row in found.due + found.coming if row["what"] == asked.what] == [
        asked.asked_by.isoformat()
    ]
    assert found.late == ()


def test_what_is_late_is_so_since_one_day_in_the_overview_and_in_why(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")

    days_go_by(town, 30)

    (late,) = (row for row in overview_of(pair).late)
    (asked,) = (each for each in why(town.runtime, pair.case).open if each.what == late["what"])
    assert late["days"] == asked.days_late == (pair.today - asked.asked_by).days


def test_a_look_at_the_whole_is_the_offices_and_no_centre_is_waited_for(town: World) -> None:
    pair = a_pair(town).gets_to("continued_implementation")
    days_go_by(town, 59)
    arrived(pair)

    days_go_by(town, 20)

    found = overview_of(pair)
    turns = [text for _, subject, text in arrived(pair) if subject.startswith("Waiting since")]
    assert found.waiting["what"] == "a look at the continued implementation"
    assert found.waiting["who"] == OFFICE
    assert _late(pair) == []
    assert turns
    assert all(f"whose turn: {OFFICE}" in text for text in turns)


def test_a_look_is_waited_for_since_no_day_and_the_last_that_was_asked_for_counts(
    town: World,
) -> None:
    """Nobody says that they have looked: 185 days of waiting would be said of nobody's fault."""
    pair = a_pair(town).gets_to("implementation")

    _keeps_in_touch(pair, 160)
    first = overview_of(pair).waiting
    _keeps_in_touch(pair, 240)
    later = overview_of(pair).waiting

    assert first["what"] == "a look at the implementation as a whole"
    assert later["what"] == "the step to the mid-term checkpoint"
    assert [(each["who"], each["since"], each["days"]) for each in (first, later)] == [
        (OFFICE, "", 0)
    ] * 2


def test_a_state_without_a_day_of_its_own_is_late_and_to_come_with_its_end(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")

    found = overview_of(pair)
    days_go_by(town, 400)
    later = overview_of(pair)

    rows = {row["what"]: row["ends"] for row in (*found.due, *found.coming, *later.late)}
    assert rows["Implementation"] is True
    assert rows["Mid-term checkpoint"] is False
