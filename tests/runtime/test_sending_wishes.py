"""What people ask of letters that can wait: a slot of their own, and a pause of at most a month."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from engine.letters.attention import Attention
from engine.model.putting_right import Undone
from engine.time.slots import Slot
from runtime.queries.directory_lines import person_lines
from runtime.queries.forecast import forecast, going_out, held_back, letters_due
from runtime.queries.letter_story import letter_story
from runtime.use_cases.dead_address import mark_dead
from runtime.use_cases.directory import change_person
from runtime.use_cases.directory_checks import DirectoryError
from runtime.use_cases.edits import person_with
from runtime.use_cases.import_directory import import_people
from runtime.workers.rehearse import advance_clock
from storage.database.transactions import reading
from storage.journal.lines import journal_lines
from storage.mail.queries import LetterLine
from tests.support.actors import act
from tests.support.dossiers import moment
from tests.support.grove import Grove, settings
from tests.support.grove import grove as planted
from tests.support.growers import LEAD, by, key_of
from workflows.registry import Programme

MAIN, DEPUTY = key_of("VIE-BIR", "aspiring"), key_of("VIE-BIR", "aspiring", "deputy")
RUNS = key_of("VIE-BIR", "facilitator")
THURSDAY = Attention(time(8), time(18), (Slot(time(13), 3),), "N-2.ask")
DAILY = Attention(time(8), time(18), (Slot(time(8)),), "N-1.ask")
HOURS = {"aspiring": THURSDAY, "coordinator": THURSDAY, "facilitator": DAILY, "lead": DAILY}
LATER = moment("2026-04-02", "12:00")


@pytest.fixture
def at_slots(tmp_path: Path, orchard: Programme) -> Iterator[Grove]:
    """A rehearsal in which the sides are written to on Thursdays at one, by their own clocks."""
    programme = replace(orchard, letters=replace(orchard.letters, attention=HOURS))
    where = settings(f"sqlite:///{tmp_path}/pairing.db", tmp_path)
    with planted(where, programme, rehearsal=True) as grove:
        yield grove


def _asks(grove: Grove, person: str, **wishes: str) -> str:
    entered = change_person(grove.runtime, person, person_with(wishes), LEAD)
    return entered.outcome


def _advance(grove: Grove, until: datetime) -> None:
    for _ in advance_clock(grove.runtime, until, LEAD):
        pass


def _asked(grove: Grove, person: str) -> LetterLine:
    [line] = [each for each in grove.letters("VIE-BIR") if each.person == person]
    return line


def _foretold(grove: Grove, person: str) -> list[datetime]:
    name = grove.name_of(person)
    return [each.at for each in letters_due(grove.runtime, LATER) if each.to == name]


def test_what_can_wait_comes_at_the_slot_its_reader_asked_for(at_slots: Grove) -> None:
    _asks(at_slots, MAIN, slot="tuesday 10:00")
    foretold = _foretold(at_slots, MAIN)

    _advance(at_slots, LATER)

    tuesday, thursday = moment("2026-03-10", "08:00"), moment("2026-03-05", "11:00")
    assert _asked(at_slots, MAIN).settled_at == tuesday
    assert _asked(at_slots, DEPUTY).settled_at == thursday
    assert foretold == [tuesday]


def test_a_slot_asked_for_counts_for_letters_that_wait_already(at_slots: Grove) -> None:
    _advance(at_slots, moment("2026-03-05", "10:00"))

    _asks(at_slots, MAIN, slot="monday 09:00")
    _advance(at_slots, LATER)

    assert _asked(at_slots, MAIN).settled_at == moment("2026-03-09", "07:00")


def test_during_a_pause_what_can_wait_does_and_is_told_with_the_reason(at_slots: Grove) -> None:
    _asks(at_slots, MAIN, calm_until="2026-03-20")
    why = f"withheld: {at_slots.name_of(MAIN)} asked for nothing that can wait until 2026-03-20"
    found = forecast(at_slots.runtime, LATER)
    told = [each.put_off for each in going_out(found) if each.put_off]
    foretold = _foretold(at_slots, MAIN)

    _advance(at_slots, moment("2026-03-20", "12:00"))
    waiting = _asked(at_slots, MAIN)
    story = letter_story(at_slots.runtime, waiting.id).letter
    _advance(at_slots, LATER)

    monday = moment("2026-03-23", "11:00")
    assert told == [why.removeprefix("withheld: ")]
    assert held_back(found) == []
    assert (waiting.state, story.reason, story.goes_at) == ("owed", why, monday)
    assert foretold == [monday]
    sent = _asked(at_slots, MAIN)
    assert sent.settled_at == monday
    assert why not in sent.reason


def test_a_pause_stops_no_clock_and_holds_up_nobody_else(at_slots: Grove) -> None:
    _asks(at_slots, MAIN, calm_until="2026-03-20")

    _advance(at_slots, moment("2026-03-17", "12:00"))

    assert _asked(at_slots, DEPUTY).state == "accepted"
    [lead] = [each for each in at_slots.letters("VIE-BIR") if each.letter == "N-2.lead"]
    assert lead.settled_at == moment("2026-03-16", "07:00")


def test_what_is_urgent_comes_in_a_pause(tmp_path: Path, orchard: Programme) -> None:
    programme = replace(orchard, letters=replace(orchard.letters, attention=HOURS))
    with planted(settings(f"sqlite:///{tmp_path}/pairing.db", tmp_path), programme) as grove:
        _asks(grove, RUNS, calm_until="2026-03-20")

        mark_dead(grove.runtime, DEPUTY, "the mailbox does not exist", LEAD)
        grove.sends()

        mine = {each.letter: each.state for each in grove.letters() if each.person == RUNS}
        assert mine == {"N-2.lost": "accepted"}


def test_all_that_waited_for_the_end_of_a_pause_comes_at_one_moment(at_slots: Grove) -> None:
    _asks(at_slots, RUNS, calm_until="2026-03-29")

    _advance(at_slots, LATER)

    mine = [each for each in at_slots.letters() if each.person == RUNS]
    sent = {each.settled_at for each in mine if each.state == "accepted"}
    assert min(filter(None, sent)) == moment("2026-03-30", "06:00")
    assert len({each.message for each in mine if each.settled_at == min(filter(None, sent))}) == 1


def test_a_pause_that_is_taken_back_lets_its_letters_go(at_slots: Grove) -> None:
    _asks(at_slots, MAIN, calm_until="2026-03-27")
    _advance(at_slots, moment("2026-03-10", "12:00"))

    _asks(at_slots, MAIN, calm_until="")
    _advance(at_slots, LATER)

    assert _asked(at_slots, MAIN).settled_at == moment("2026-03-10", "12:00")


@pytest.mark.parametrize(
    ("wishes", "wrong"),
    [
        ({"slot": "tuesday 07:30"}, "outside of their working hours: name one from 08:00"),
        ({"slot": "daily 10:00"}, "written to on some days of a week: name one"),
        ({"slot": "saturday 10:00"}, "nobody works there on the day of the slot saturday 10:00"),
        ({"slot": "tuesdays"}, 'slot: "tuesdays" is no slot: write thursday 13:00'),
        ({"calm_until": "2026-04-03"}, "is more than a month: name a day until 2026-04-02"),
        ({"calm_until": "2026-04-03"}, f"away {MAIN} --from 2026-03-02 --until 2026-04-03"),
        ({"calm_until": "Easter"}, 'calm_until: "Easter" is not a date'),
    ],
)
def test_a_wish_that_cannot_be_is_refused_with_what_could(
    at_slots: Grove, wishes: dict[str, str], wrong: str
) -> None:
    with pytest.raises(DirectoryError, match=wrong):
        _asks(at_slots, MAIN, **wishes)

    assert _asks(at_slots, MAIN, slot="", calm_until="") == "unchanged"


def test_whoever_is_written_to_daily_may_be_at_another_hour(at_slots: Grove) -> None:
    assert _asks(at_slots, RUNS, slot="daily 16:00") == "changed"


def test_where_a_role_has_no_slots_whoever_plays_it_may_ask_for_a_daily_one(
    tmp_path: Path, orchard: Programme
) -> None:
    hours = {**HOURS, "aspiring": replace(THURSDAY, slots=())}
    programme = replace(orchard, letters=replace(orchard.letters, attention=hours))
    with planted(settings(f"sqlite:///{tmp_path}/pairing.db", tmp_path), programme) as grove:
        assert _asks(grove, MAIN, slot="daily 10:00") == "changed"


def test_an_empty_cell_takes_a_wish_back_and_a_table_without_the_column_leaves_it(
    at_slots: Grove, tmp_path: Path
) -> None:
    table = tmp_path / "people.csv"
    head, row = "key,name,email,centre", f"{MAIN},Ash,{MAIN}@example.org,birchwater"

    def imported(more: str, cells: str) -> tuple[str, str, date | None]:
        table.write_text(f"{head}{more}\n{row}{cells}\n", encoding="utf-8")
        [entered] = import_people(at_slots.runtime, table, LEAD)
        line = next(each for each in person_lines(at_slots.runtime) if each.key == MAIN)
        return entered.outcome, line.slot, line.calm_until

    both = imported(",slot,calm_until", ",monday 09:00,2026-03-20")
    neither = imported("", "")
    one = imported(",calm_until", ",")
    other = imported(",slot,calm_until", ",,")

    assert both == ("changed", "monday 09:00", date(2026, 3, 20))
    assert neither == ("unchanged", "monday 09:00", date(2026, 3, 20))
    assert one == ("changed", "monday 09:00", None)
    assert other == ("changed", "", None)


def test_a_wish_stands_in_the_journal_of_the_pair_and_undoing_passes_it_over(
    at_slots: Grove,
) -> None:
    pair = at_slots.pairs["VIE-BIR"]
    at_slots.files_note("VIE-BIR")

    _asks(at_slots, MAIN, slot="monday 09:00", calm_until="2026-03-20")

    with reading(at_slots.runtime.database) as session:
        *_, last = journal_lines(session, pair, 0, 100)
    name = at_slots.name_of(MAIN)
    said = f"{name}: letters that can wait come at monday 09:00, and none until 2026-03-20"
    assert (last.by, last.note) == (LEAD.actor, said)
    assert act(at_slots.runtime, pair, Undone("Filed twice.", by("VIE-BIR"))).accepted
