"""The first visit slips from month 3 to month 5: what hangs on it follows, the baseline stands."""

from datetime import UTC, date, datetime, timedelta

from engine.model.outcomes import Moved
from storage.database.transactions import reading
from storage.journal.verify import verify
from tests.support.actors import act
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import LEAD, START, World

MONTH_3, MONTH_5 = date(2026, 8, 11), date(2026, 10, 11)


def _forecasts(pair: Pair) -> dict[str, date | None]:
    return {name: dates.forecast for name, dates in pair.dossier.dates.items()}


def _baselines(pair: Pair) -> dict[str, date | None]:
    return {name: dates.baseline for name, dates in pair.dossier.dates.items()}


def test_before_anything_moves_the_windows_stand_where_the_programme_puts_them(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("visit_preparation")

    planned = _forecasts(pair)

    assert planned["first_visit"] == MONTH_3
    assert planned["mid_term"] == date(2027, 5, 11)  # month 12 is later than M3 and 8 months
    assert planned["workshop"] == date(2027, 9, 11)
    assert planned["closure"] == date(2027, 11, 11)
    assert _baselines(pair) == planned


def test_moving_the_first_visit_by_hand_moves_what_hangs_on_it(any_town: World) -> None:
    pair = a_pair(any_town).gets_to("visit_preparation")
    planned, late = _baselines(pair), pair.due()["late/flag/0"]
    assert late == date(2026, 9, 11)

    answer = pair.moves("first_visit", MONTH_5, "The hospital moves house in summer.")

    moved = _forecasts(pair)
    assert answer.accepted
    assert moved["first_visit"] == MONTH_5
    assert moved["mid_term"] == date(2027, 6, 11)  # the visit and 8 months: later than month 12
    assert moved["workshop"] == date(2027, 9, 11)  # month 16 is the mid-term review and 3 months
    assert moved["closure"] == date(2027, 11, 11)
    assert _baselines(pair) == planned
    assert pair.due()["late/flag/0"] == date(2026, 11, 11)


def test_whoever_is_affected_is_told_of_a_moved_window_once(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    town.beat()
    town.mailbox.letters.clear()

    moved = Moved("first_visit", MONTH_5, "The hospital moves house in summer.", LEAD)
    answer = act(town.runtime, pair.case, moved)
    town.beat()
    town.beat()

    told = {letter.recipient: letter.frozen.decode() for letter in town.mailbox.letters}
    assert answer.letters == ("N-24.window_moved",) * 3
    assert len(town.mailbox.letters) == 3
    assert set(told) == {
        f"{role}.vie-bir@example.org" for role in ("coordinator", "aspiring", "facilitator")
    }
    for text in told.values():
        assert "The hospital moves house in summer." in text.replace("=\r\n", "")
        assert "11 October 2026" in text.replace("=\r\n", "").replace("=C2=A0", " ")


def test_whoever_moves_a_window_is_not_told_of_it(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")

    answer = pair.moves("first_visit", MONTH_5, "The hospital moves house in summer.")

    assert answer.letters == ("N-24.window_moved",) * 2  # to the two sides


def test_the_journal_keeps_the_reason_of_a_move_and_still_proves_itself(any_town: World) -> None:
    pair = a_pair(any_town).gets_to("visit_preparation")

    pair.moves("first_visit", MONTH_5, "The hospital moves house in summer.")

    entry = pair.journal[-1]
    assert (entry.kind, entry.what, entry.by) == ("moved", "first_visit", "vie-bir-facilitator")
    assert entry.note == "The hospital moves house in summer."
    assert pair.dossier.dates["first_visit"].reason == entry.note
    with reading(any_town.runtime.database) as session:
        assert list(verify(session)) == []


def test_a_move_without_a_reason_and_of_no_milestone_are_refused(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    before = len(pair.journal)

    answers = [
        pair.moves("first_visit", MONTH_5, " "),
        pair.moves("memorandum_signed", MONTH_5, "It is late."),
        pair.moves("onboarding", MONTH_5, "It was held already."),
    ]

    assert [answer.unmet[0]["detail"] for answer in answers] == [
        "no reason is given",
        "no dated milestone memorandum_signed",
        "Online onboarding has happened, on 2026-05-11",
    ]
    assert len(pair.journal) == before


def test_the_actual_date_of_a_late_visit_moves_the_later_windows_too(any_town: World) -> None:
    pair = a_pair(any_town).gets_to("first_visit")
    planned = _baselines(pair)
    any_town.clock.move_to(datetime(2026, 10, 12, 9, tzinfo=UTC))

    pair.files_all("visit_1")
    pair.files("visit_1", started_on="2026-10-10", held_on="2026-10-11")

    dates = pair.dossier.dates
    assert dates["first_visit"].actual == MONTH_5
    assert dates["mid_term"].forecast == date(2027, 6, 11)
    assert _baselines(pair) == planned


def test_the_timers_of_the_implementation_follow_the_actual_visit(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    on_time = pair.due()["mid_term/remind/0"]

    town.days_pass(160)

    pair.files("visit_1", started_on="2026-10-10", held_on="2026-10-11")

    assert on_time == date(2027, 4, 11)  # month 11
    assert pair.due()["mid_term/remind/0"] == date(2027, 5, 11)  # the visit and 7 months


def test_a_moved_window_warns_at_its_new_date_and_not_at_the_old_one(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    town.beat()
    pair.moves("first_visit", MONTH_5, "The hospital moves house in summer.")

    town.clock.move_to(START + timedelta(days=100))
    days_go_by(town, 60)  # past month 4, the end of the old window
    quiet = pair.flags()
    days_go_by(town, 30)  # past month 6

    assert quiet == {"F-07": "amber"}  # the visit has no dates yet; it is not late
    assert pair.flags()["F-07"] == "red"


def test_dates_that_both_sides_accept_are_the_forecast_and_are_not_moved_by_hand(
    any_town: World,
) -> None:
    pair = a_pair(any_town).gets_to("visit_preparation")
    first, last = "2026-07-27", "2026-07-28"

    pair.files("visit_1_dates", starts_on=first, ends_on=last, accepted_by_aspiring=False)
    before = _forecasts(pair)["first_visit"]
    pair.files("visit_1_dates", starts_on=first, ends_on=last)
    answer = pair.moves("first_visit", MONTH_5, "The hospital moves house in summer.")

    assert before == MONTH_3
    assert _forecasts(pair)["first_visit"] == date(2026, 7, 27)
    assert _forecasts(pair)["memorandum"] == date(2026, 7, 28)
    assert [unmet["remedy"] for unmet in answer.unmet] == [
        "File the new date: Dates of the first visit (visit_1_dates)."
    ]


def test_a_window_that_had_no_day_is_told_without_one(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    town.beat()
    town.mailbox.letters.clear()

    answer = pair.moves("extended", MONTH_5, "Two months more are asked for.")
    town.beat()

    texts = [letter.frozen.decode() for letter in town.mailbox.letters]
    assert (answer.accepted, len(texts)) == (True, 2)
    assert all("new: around Sunday 11 October 2026" in text.replace("=\r\n", "") for text in texts)
    assert not any("before: around" in text for text in texts)
