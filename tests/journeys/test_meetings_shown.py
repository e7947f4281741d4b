"""`pair show` and the journal tell of a meeting: when, who answered what, who was told."""

from cli.pair.meetings import meetings_table
from cli.shared.table import Table, drawn
from engine.model.changes import Changes
from engine.model.outcomes import Amended
from engine.model.putting_right import Corrected
from runtime.queries.history import entries
from runtime.queries.meetings import MeetingLine, SideAnswer, ToldOf
from runtime.queries.odd_hours import told_of_hours
from runtime.queries.show_case import show_case
from tests.support.actors import act
from tests.support.pairs import Pair, a_pair
from tests.support.world import FACILITATOR, World

JUNE, JULY = "2026-06-25T10:00+02:00", "2026-07-02T14:00+02:00"


def _onboarding(pair: Pair) -> MeetingLine:
    meetings = {each.meeting: each for each in show_case(pair.world.runtime, pair.case).meetings}
    return meetings["onboarding"]


def _changes(pair: Pair, **values: object) -> None:
    event = Amended("onboarding_date", Changes(values), FACILITATOR)
    assert act(pair.world.runtime, pair.case, event).accepted


def test_a_meeting_is_shown_from_its_first_answer_to_its_last_letter(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    _changes(pair, times_of_coordinator="Tuesdays")
    sought = _onboarding(pair)
    _changes(pair, starts_at=JUNE)
    town.beat()
    agreed = _onboarding(pair)
    _changes(pair, starts_at=JULY)
    moved = _onboarding(pair)
    _changes(pair, accepted_by_aspiring=False)
    refused = _onboarding(pair)

    assert (sought.state, sought.sequence, sought.told) == ("sought", 0, ())
    assert sought.answers == (
        SideAnswer("coordinator", "Tuesdays", None),
        SideAnswer("aspiring", "", None),
    )
    assert (agreed.state, agreed.identity, agreed.sequence) == ("agreed", "VIE-BIR/onboarding", 1)
    assert agreed.clocks == (
        "2026-06-25 10:00 VIE-BIR-c",
        "2026-06-25 11:00 VIE-BIR-a",
    )
    assert [each.person for each in agreed.told] == [
        *("Coordinator VIE-BIR", "Aspiring VIE-BIR", "Facilitator VIE-BIR"),
    ]
    assert (moved.sequence, {each.is_written for each in moved.told}) == (2, {False})
    assert refused.state == "refused"
    assert refused.told[0] == ToldOf("Coordinator VIE-BIR", "cancelled", 3, is_written=False)


def test_it_fits_a_terminal_and_tells_both_clocks(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    _changes(pair, starts_at=JUNE, times_of_aspiring="25 June")

    (_, table) = meetings_table((_onboarding(pair),))

    assert isinstance(table, Table)
    lines = list(drawn(table, 100))
    (row,) = table.rows
    assert all(len(line) <= 100 for line in lines)
    assert row[1:4] == (
        "agreed (1)",
        ("2026-06-25 10:00 VIE-BIR-c", "2026-06-25 11:00 VIE-BIR-a"),
        ("coordinator: no answer", "aspiring: named 25 June"),
    )
    assert "Aspiring VIE-BIR (to be written)" in str(row[4])


def test_the_journal_says_from_which_day_to_which_it_moved(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    _changes(pair, starts_at=JUNE)
    _changes(pair, starts_at=JULY)

    *_, moved = entries(town.runtime, pair.case, 0, 100)

    assert moved.title == "Date of the online onboarding"
    assert [(each.what, each.before, each.after) for each in moved.changes] == [
        ("onboarding_date 2: starts_at", JUNE, JULY),
        ("onboarding, forecast", "2026-06-25", "2026-07-02"),
    ]


def test_a_day_on_which_nobody_works_is_told_whoever_says_it_and_how(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    christmas = Changes({"starts_at": "2026-12-25T03:00+01:00"})

    told = [
        told_of_hours(town.runtime, pair.case, event)
        for event in (
            Amended("onboarding_date", christmas, FACILITATOR),
            Corrected("onboarding_date", christmas, "Mistyped.", FACILITATOR),
        )
    ]

    assert told[0] == told[1]
    assert told[0][:2] == (
        "Friday 25 December 2026 is no working day at VIE-BIR-c",
        "at VIE-BIR-c it is 03:00 then",
    )
