"""Careful people agree on no visit in a week in which the facilitator is on another one."""

from dataclasses import replace
from datetime import date

import pytest

from engine.dates.view import View
from engine.model.others import Dated, Others
from simulation.calendar import in_a_free_week, is_visit
from tests.support.dossiers import OPENED, a_dossier, a_person
from tests.support.world import wp6

PAIRING = wp6().workflows["pairing"]
NORTH = a_person(5, "facilitator")
DAYS = {"starts_on": "2026-06-04", "ends_on": "2026-06-05", "city": "Vienna"}


def _view(*dated: Dated) -> View:
    dossier = replace(a_dossier(people=(NORTH,)), others=Others(dated=dated))
    return View(PAIRING, dossier, OPENED)


def _on(day: int, kind: str = "visit", person: str = NORTH.key) -> Dated:
    return Dated("facilitator", person, kind, date(2026, 6, day))


@pytest.mark.parametrize("record", ["visit_1_dates", "workshop_date"])
def test_the_days_on_which_people_travel_are_visits(record: str) -> None:
    assert is_visit(PAIRING, record)
    assert not is_visit(PAIRING, "mid_term_date")
    assert not is_visit(PAIRING, "visit_1")


def test_the_first_week_without_another_visit_is_chosen_with_all_its_days() -> None:
    view = _view(_on(2), _on(9), _on(18, kind="online"), _on(18, person="south"))

    found = in_a_free_week(view, "visit_1_dates", DAYS)

    assert found == {"starts_on": "2026-06-18", "ends_on": "2026-06-19", "city": "Vienna"}


def test_a_week_that_is_free_stays_as_it_was() -> None:
    assert in_a_free_week(_view(_on(12)), "visit_1_dates", DAYS) == DAYS
    assert in_a_free_week(_view(_on(2)), "visit_1_dates", {"times_of_aspiring": "June"}) == {
        "times_of_aspiring": "June"
    }
    moment = {"on": "2026-06-04"}
    assert in_a_free_week(_view(_on(2)), "workshop_date", moment) == {"on": "2026-06-11"}
