"""Pairs are taken over with their dates alone, and no letter about them needs more than that."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from runtime.queries.find_case import find_case
from runtime.queries.incidents import incident_lines
from runtime.use_cases.adopt import adopt
from tests.support.adoptions import STATES, TODAY, Row, enter, example, written
from tests.support.downtime import letters_since
from tests.support.pairs import Pair, days_go_by, states
from tests.support.world import LEAD, World

GO_LIVE = date(2027, 12, 1)
SILENCE = 240  # days on which nobody does anything
ENTERS = (
    *("contacts_on", "onboarding_on", "visit_1_on", "memorandum_on"),
    *("mid_term_on", "response_on", "workshop_on"),
)
OTHERS = ("visit_1_planned_on", "last_contact_on", "domain")
ASKED = {
    *("N-06.lead", "N-07.phone", "N-09.poll_nudge", "N-11.overdue"),
    *("N-12.ask", "N-12.lead", "N-21.raised", "N-22.waiting"),
}
TOLD = {
    *("N-07.invitation", "N-08.minutes", "N-09.invitation", "N-09.agenda_sent"),
    *("N-11.signed", "N-13.note", "N-14.barrier", "N-16.ask", "N-16.response"),
    *("N-17.invitation", "N-17.agenda_sent", "N-18.commitments", "N-19.invitation"),
    *("N-20.label", "N-20.report"),
}


def _bare() -> list[Row]:
    """Of each row the start and the last date that opens a state, and nothing else."""
    rows = example()
    for row in rows:
        last = next((column for column in reversed(ENTERS) if row[column]), "")
        row.update(dict.fromkeys({*ENTERS, *OTHERS} - {last}, ""))
    return rows


@pytest.mark.parametrize("table", [example, _bare])
def test_no_letter_of_an_adopted_pair_needs_more_than_its_dates(
    town: World, tmp_path: Path, table: Callable[[], list[Row]]
) -> None:
    enter(town)
    done = adopt(town.runtime, written(tmp_path, table()), GO_LIVE, LEAD, dry_run=False)
    assert {each.reference: each.state for each in done} == STATES

    days_go_by(town, (GO_LIVE - TODAY.date()).days + SILENCE)
    asked = _sent(town)
    _they_go_on(town)
    days_go_by(town, 30)

    assert asked >= ASKED
    assert _sent(town) >= TOLD
    assert [each.what for each in incident_lines(town.runtime)] == []
    ends = {line.state for line in letters_since(town, TODAY)}
    assert ends <= {"accepted", "superseded", "withheld"}


def _sent(town: World) -> set[str]:
    return {line.letter for line in letters_since(town, TODAY) if line.state == "accepted"}


def _they_go_on(town: World) -> None:
    """In every pair the least that leads on: what can be waived is waived, not filed."""
    pair = {name: Pair(town, find_case(town.runtime, name)) for name in states(town)}
    soon = (town.clock() + timedelta(days=9)).isoformat()
    _forced(pair["OSL-BIR"], "begin_onboarding")
    pair["CAN-ELM"].files("onboarding_date", starts_at=soon)
    _forced(pair["CAN-ELM"], "finish_onboarding")
    pair["OUE-OAK"].files("visit_1_agenda")  # sent before the dates were on file
    pair["OUE-OAK"].files("visit_1_dates")
    _sign(pair["NDS-FER"])
    _tell_barrier(pair["ESM-ASH/check_in-1"])
    pair["VIE-HAZ"].files("mid_term_report")
    town.beat()
    pair["VIE-HAZ"].files("response")
    pair["POR-YEW"].files("workshop_agenda")
    pair["POR-YEW"].files("workshop_date")
    _forced(pair["POR-YEW"], "begin_workshop")
    _forced(pair["POR-YEW"], "finish_workshop")
    _close(pair["CUR-LIN"], soon)


def _sign(pair: Pair) -> None:
    pair.files("memorandum")
    pair.signs("coordinator")
    pair.world.beat()
    pair.signs("aspiring")
    _forced(pair, "start_implementation")


def _tell_barrier(check_in: Pair) -> None:
    check_in.files(
        "note",
        held_on=check_in.today.isoformat(),
        summary="One objective waits.",
        bottlenecks="The data office is closed.",
        barrier=True,
    )


def _close(pair: Pair, soon: str) -> None:
    pair.files("closing_date", starts_at=soon)
    pair.world.beat()
    days_go_by(pair.world, 10)
    pair.files("label", by=LEAD, granted_on=pair.today.isoformat())
    pair.files("final_report", achievements="A plan.", learning="Begin early.", practices="None.")
    _forced(pair, "close")


def _forced(pair: Pair, step: str) -> None:
    """Take a step; whatever is unmet the lead waives first."""
    for requirement in pair.refused(step).names():
        assert pair.waives(requirement).accepted, requirement
    pair.goes(step)
    pair.world.beat()
