"""What is due is fired: once, in every family, whatever becomes of one of them."""

from collections import Counter
from datetime import timedelta

import pytest

from runtime.queries.incidents import incident_lines
from runtime.queries.preview import tried
from runtime.use_cases.incidents import retry_incident
from runtime.workers.sweep import ClockBehindError, sweep
from storage.cases import lookups
from storage.database import meta
from storage.database.transactions import reading, transaction
from tests.storage.rows import ask, meddle
from tests.support.dossiers import moment
from tests.support.grove import Grove
from tests.support.growers import LEAD, key_of

EIGHT = moment("2026-03-05", "08:00")  # both pairs are due by then


def test_what_is_due_is_fired_once_in_every_family(any_grove: Grove) -> None:
    any_grove.clock.move_to(EIGHT)

    first, second = sweep(any_grove.runtime), sweep(any_grove.runtime)

    assert (first.families, first.failures, second.families) == (2, 0, 0)
    assert Counter(each.root for each in any_grove.letters()) == {"VIE-BIR": 3, "LIS-ELM": 3}


def test_each_centre_is_asked_at_its_own_hour(grove: Grove) -> None:
    """Eight in the morning comes two hours earlier to Birchwater than to Elmford."""
    due = {}
    for pair in grove.pairs:
        (timer,) = (
            timer
            for timer in grove.dossier(pair).timers
            if timer.ladder == "growing" and timer.rung == _first(grove, pair)
        )
        due[pair] = f"{timer.due_at:%d %H:%M}"

    assert due == {"VIE-BIR": "05 06:00", "LIS-ELM": "05 08:00"}


def _first(grove: Grove, pair: str) -> object:
    """The rung of the ladder that comes due first, however rungs are told apart."""
    timers = [each for each in grove.dossier(pair).timers if each.ladder == "growing"]
    return min(timers, key=lambda timer: timer.due_at).rung


def test_families_are_fired_in_batches_until_none_is_left(grove: Grove) -> None:
    engine = grove.runtime.settings.engine.model_copy(update={"batch": 1})
    small = grove.with_settings(engine=engine)
    grove.clock.move_to(EIGHT)

    assert sweep(small).families == 2
    assert Counter(each.root for each in grove.letters()) == {"VIE-BIR": 3, "LIS-ELM": 3}


def test_a_sweep_that_is_told_to_stop_fires_nothing_more(grove: Grove) -> None:
    grove.clock.move_to(EIGHT)

    assert sweep(grove.runtime, stop=lambda: True).families == 0
    assert grove.letters() == ()


def test_a_clock_behind_the_last_entry_fires_nothing(any_grove: Grove) -> None:
    any_grove.owes(8)
    before = any_grove.letters()
    any_grove.files_note("VIE-BIR")
    behind = any_grove.at(any_grove.clock() - timedelta(hours=1))

    with pytest.raises(ClockBehindError, match="timers are held until the clock is right again"):
        sweep(behind)

    assert any_grove.letters() == before


def test_a_poisoned_pair_harms_only_itself_and_waits_for_a_person(any_grove: Grove) -> None:
    """The zone of a centre is broken: its pair cannot be reckoned with, the other one goes on."""
    any_grove.files_note("LIS-ELM")
    _break(any_grove, "birchwater")
    any_grove.days_pass(4)

    counts = [_minutes_later(any_grove, minutes) for minutes in (0, 1, 2, 4, 60)]

    assert counts == [1, 1, 1, 0, 0]
    (incident,) = incident_lines(any_grove.runtime)
    assert incident.kind == "timer"
    assert incident.case == any_grove.pairs["VIE-BIR"]
    any_grove.owes(7)
    assert {each.root for each in any_grove.letters("LIS-ELM")} == {"LIS-ELM"}


def test_what_was_held_is_fired_once_its_incident_is_retried(grove: Grove) -> None:
    _break(grove, "birchwater")
    grove.days_pass(4)
    for minutes in (0, 1, 2, 4):
        _minutes_later(grove, minutes)
    _mend(grove, "birchwater")
    (incident,) = incident_lines(grove.runtime)

    told, _ = tried(grove.runtime, lambda on: retry_incident(on, incident.number, LEAD))
    assert told.outcome == "to be tried again: 1 timers"
    assert [each.number for each in incident_lines(grove.runtime)] == [incident.number]

    assert retry_incident(grove.runtime, incident.number, LEAD) == told
    grove.owes()

    assert Counter(each.letter for each in grove.letters("VIE-BIR")) == {"N-2.ask": 3}
    assert incident_lines(grove.runtime) == ()


def test_a_pair_that_cannot_look_again_holds_up_none_that_waits_behind_it(
    any_grove: Grove,
) -> None:
    _break(any_grove, "birchwater")
    database = any_grove.runtime.database
    with transaction(database) as session:
        for case_id in any_grove.pairs.values():
            lookups.owe_again(session, case_id, any_grove.clock())

    sweep(any_grove.runtime)

    (incident,) = incident_lines(any_grove.runtime)
    assert (incident.kind, incident.case) == ("lookup", any_grove.pairs["VIE-BIR"])
    assert ask(database, "SELECT root_id FROM lookups") == []

    retry_incident(any_grove.runtime, incident.number, LEAD)
    _mend(any_grove, "birchwater")

    assert ask(database, "SELECT root_id FROM lookups") == [(any_grove.pairs["VIE-BIR"],)]
    sweep(any_grove.runtime)
    assert incident_lines(any_grove.runtime) == ()


def test_after_a_downtime_each_person_of_a_family_hears_once(any_grove: Grove) -> None:
    any_grove.owes()
    any_grove.days_pass(8)

    done = sweep(any_grove.runtime)

    kept = [each for each in any_grove.letters() if each.state == "owed"]
    assert Counter((each.root, each.person) for each in kept) == {
        (pair, key_of(pair, role, place)): 1
        for pair in any_grove.pairs
        for role, place in (
            ("facilitator", "main"),
            ("aspiring", "main"),
            ("aspiring", "deputy"),
            ("coordinator", "main"),
        )
    }
    assert done.superseded == 2
    superseded = [each for each in any_grove.letters() if each.state == "superseded"]
    assert {(each.person, each.reason) for each in superseded} == {
        (key_of(pair, "facilitator"), "superseded: downtime") for pair in any_grove.pairs
    }


def test_a_downtime_is_remembered_from_the_last_beat_to_the_first_one_after_it(
    grove: Grove,
) -> None:
    grove.owes()
    sweep(grove.runtime)
    began = grove.clock()
    grove.days_pass(2)

    sweep(grove.runtime)

    with reading(grove.runtime.database) as session:
        outage, _ = meta.beats(session)
    assert outage is not None
    assert (outage.began_at, outage.ended_at) == (began, grove.clock())


def test_a_short_silence_is_no_downtime(grove: Grove) -> None:
    sweep(grove.runtime)
    grove.clock.move_to(grove.clock() + grove.runtime.catch_up_after)

    sweep(grove.runtime)

    with reading(grove.runtime.database) as session:
        outage, _ = meta.beats(session)
    assert outage is None


def _minutes_later(grove: Grove, minutes: int) -> int:
    grove.clock.move_to(grove.clock() + timedelta(minutes=minutes))
    return sweep(grove.runtime).failures


def _break(grove: Grove, centre: str) -> None:
    text = "UPDATE centres SET zone = 'Mars/Phobos' WHERE key = :key"
    assert meddle(grove.runtime.database, text, key=centre)


def _mend(grove: Grove, centre: str) -> None:
    text = "UPDATE centres SET zone = 'Europe/Bucharest' WHERE key = :key"
    assert meddle(grove.runtime.database, text, key=centre)
