"""The window of what has happened stays as it was: later pauses and contacts move nothing of it."""

from datetime import date, timedelta

from engine.model.dossier import CaseId
from runtime.queries.show_case import show_case
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import LEAD, World


def _windows(town: World, case: CaseId) -> dict[str, tuple[date | None, date | None]]:
    return {
        each.milestone: (each.opens, each.ends) for each in show_case(town.runtime, case).windows
    }


def _check_in(pair: Pair) -> Pair:
    (child,) = (each for each in pair.dossier.children if each.workflow == "check_in")
    return Pair(pair.world, child.id)


def test_a_pause_moves_the_windows_that_are_to_come_alone(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    days_go_by(town, 3)
    before, over = _windows(town, pair.case), pair.dossier.dates

    pair.goes("suspend", LEAD, review_on=str(pair.today + timedelta(days=60)), note="They move.")
    days_go_by(town, 30)
    pair.goes("resume", note="They have moved.")

    after = _windows(town, pair.case)
    happened = {name for name in before if over[name].actual is not None}
    assert {name for name in before if before[name] == after[name]} == happened
    assert "first_visit" in happened


def test_a_check_in_that_is_missed_has_not_happened(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    check_in = _check_in(pair)

    days_go_by(town, 130)

    assert check_in.state == "late"
    assert check_in.dossier.dates["due"].actual is None


def test_the_window_of_a_check_in_that_was_held_stays_as_it_was(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    check_in = _check_in(pair)
    days_go_by(town, 100)
    window, forecast = _windows(town, check_in.case), check_in.dossier.dates["due"].forecast

    pair.files("contact", on=str(pair.today), kind="call", summary="They are on their way.")
    held_on = pair.today
    days_go_by(town, 3)

    assert check_in.state == "held"
    assert check_in.dossier.dates["due"].actual == held_on
    assert check_in.dossier.dates["due"].forecast == forecast
    assert _windows(town, check_in.case) == window


def test_what_was_agreed_is_the_forecast_of_what_was_held(town: World) -> None:
    pair = a_pair(town).gets_to("mid_term")
    on = pair.today + timedelta(days=20)
    pair.files("mid_term_date", starts_at=f"{on}T10:00:00+02:00")
    days_go_by(town, 21)

    pair.files("mid_term", held_on=str(on))

    known = pair.dossier.dates["mid_term"]
    assert (known.forecast, known.actual, known.agreed) == (on, on, True)
