"""Eight pairs that run already are taken over: right states, gaps listed, silence until go-live."""

from datetime import date
from pathlib import Path

import pytest

from engine.time.zones import local_day
from imports.table import ImportProblemsError
from runtime.queries.find_case import find_case
from runtime.use_cases.adopt import Adopted, adopt
from storage.database.transactions import reading
from storage.journal.verify import verify
from tests.support.adoptions import BAD_CELLS, EXAMPLE, STATES, TODAY, Row, enter, example, written
from tests.support.downtime import letters_since, rows
from tests.support.pairs import Pair, days_go_by, states
from tests.support.world import LEAD, World

GO_LIVE = date(2027, 12, 1)
GRACE_ENDS = date(2027, 12, 6)  # three working days later


@pytest.fixture
def office(any_town: World) -> World:
    """A database that knows the centres and people of the example, and no pair yet."""
    enter(any_town)
    return any_town


def _adopted(office: World, path: Path = EXAMPLE) -> dict[str, Adopted]:
    done = adopt(office.runtime, path, GO_LIVE, LEAD, dry_run=False)
    return {each.reference: each for each in done}


def _pair(office: World, reference: str) -> Pair:
    return Pair(office, find_case(office.runtime, reference))


def test_the_table_of_the_documentation_is_taken_over_with_the_right_states(office: World) -> None:
    done = _adopted(office)

    assert {name: each.state for name, each in done.items()} == STATES
    standing = states(office)
    assert {name: standing[name] for name in STATES} == STATES
    assert standing["ESM-ASH/check_in-1"] == "waiting"
    assert standing["POR-YEW/check_in-1"] == "waiting"
    with reading(office.runtime.database) as session:
        assert list(verify(session)) == []


def test_missing_evidence_is_listed_for_each_pair_and_only_for_steps_taken(office: World) -> None:
    done = _adopted(office)

    unfiled = "nobody has filed the {} yet ({})".format
    signed = unfiled("Memorandum of Understanding", "The memorandum is signed by both sides.")
    slides = unfiled("onboarding slides", "The slides of the aspiring centre are on file.")
    assert [len(done[name].missing) for name in STATES] == sorted(
        len(each.missing) for each in done.values()
    )
    assert slides not in done["CAN-ELM"].missing
    assert slides in done["OUE-OAK"].missing
    assert signed not in done["NDS-FER"].missing
    assert signed in done["ESM-ASH"].missing
    assert "Contact with the aspiring centre: kind, summary" in done["ESM-ASH"].missing
    assert all(len(set(each.missing)) == len(each.missing) for each in done.values())


def test_a_date_left_out_on_the_way_is_listed_as_missing(office: World, tmp_path: Path) -> None:
    table = example()
    table[3]["onboarding_on"] = ""

    done = _adopted(office, written(tmp_path, table))

    assert done["NDS-FER"].state == "memorandum"
    assert "onboarding_on: the day is not given" in done["NDS-FER"].missing
    assert any("slides" in gap for gap in done["NDS-FER"].missing)


def test_history_is_marked_as_imported_and_dates_are_the_actual_ones(office: World) -> None:
    _adopted(office)

    pair = _pair(office, "VIE-HAZ")

    dossier = pair.dossier
    assert {version.imported for kept in dossier.records.values() for version in kept} == {True}
    assert {entry.by for entry in pair.journal} <= {"lead", "clock"}
    assert dossier.dates["first_visit"].actual == date(2027, 1, 14)
    assert dossier.dates["mid_term"].actual == date(2027, 10, 5)
    assert dossier.dates["first_visit"].baseline == date(2027, 1, 5)  # T0 and three months
    assert [stay.state for stay in dossier.stays] == [
        *("formalised", "onboarding", "visit_preparation"),
        *("memorandum", "implementation", "report_loop"),
    ]


def test_an_adopted_day_is_the_same_day_where_the_centres_are(office: World) -> None:
    _adopted(office)

    stays = _pair(office, "POR-YEW").dossier.stays
    zones = ("Europe/Paris", "Europe/Lisbon", "Atlantic/Azores", "Asia/Tbilisi")
    days = {tuple(local_day(stay.entered_at, zone) for stay in stays) for zone in zones}

    assert len(days) == 1


def test_no_mail_goes_out_before_the_go_live_day(office: World) -> None:
    _adopted(office)

    days_go_by(office, (GO_LIVE - TODAY.date()).days)  # up to nine in the morning of that day
    sent = letters_since(office, TODAY)

    early = [line for line in sent if line.owed_at.date() < GO_LIVE]
    assert {line.state for line in early} == {"withheld"}
    assert {line.reason for line in early} == {"withheld: quiet until 2027-12-01"}
    assert all(line.owed_at.date() == GO_LIVE for line in sent if line.state == "accepted")
    assert any(line.state == "accepted" for line in sent)


def test_what_people_do_before_the_go_live_day_is_told_to_nobody_either(office: World) -> None:
    _adopted(office)
    pair = _pair(office, "OUE-OAK")

    pair.files("visit_1_dates")  # would invite both teams
    office.beat()

    assert office.mailbox.letters == []


def test_after_the_go_live_day_each_open_item_is_asked_for_once(office: World) -> None:
    _adopted(office)
    assert _pair(office, "ESM-ASH").files("roadmap").accepted  # a gap that was listed

    days_go_by(office, (GO_LIVE - TODAY.date()).days)

    said = [line for line in letters_since(office, TODAY) if line.owed_at.date() == GO_LIVE]
    assert {line.state for line in said} == {"accepted"}
    asked = [(line.reference, line.ladder, line.person) for line in said if line.ladder]
    assert len(set(asked)) == len(asked)
    assert {line.root for line in said} == set(STATES)
    assert max(office.mailbox.copies.values()) == 1


def test_nobody_above_hears_of_an_adopted_pair_before_three_working_days(office: World) -> None:
    _adopted(office)

    days_go_by(office, (GRACE_ENDS - TODAY.date()).days + 2)

    told = [
        line
        for line in letters_since(office, TODAY)
        if line.person == "lead" and line.state != "withheld"
    ]
    assert min(line.owed_at.date() for line in told) == GRACE_ENDS


def test_a_dry_run_says_the_same_and_writes_nothing(office: World) -> None:
    before = rows(office)

    tried = adopt(office.runtime, EXAMPLE, GO_LIVE, LEAD, dry_run=True)

    assert rows(office) == before
    assert tried == tuple(_adopted(office).values())


def test_the_same_table_a_second_time_is_refused_row_by_row(office: World) -> None:
    _adopted(office)
    before = rows(office)

    with pytest.raises(ImportProblemsError) as told:
        _adopted(office)

    assert len(told.value.sentences) == 8
    assert "there is a pair OSL-BIR already" in str(told.value)
    assert rows(office) == before


def test_one_bad_cell_among_eight_rows_is_told_with_its_row_and_nothing_is_written(
    town: World, tmp_path: Path
) -> None:
    enter(town)
    before = rows(town)

    for column, cell, sentence in BAD_CELLS:
        table = example()
        table[3][column] = cell
        told = _refused(town, tmp_path, table)

        assert any(sentence in each for each in told), (column, cell, told)
        for each in told:
            assert each.startswith("running.csv, row "), each
        assert any(each.startswith("running.csv, row 5, column") for each in told) or (
            cell in {"vienna", "hazelford"}  # told where it stands a second time
        ), (column, cell, told)
        assert rows(town) == before


def test_every_problem_of_a_table_is_told_at_once(town: World, tmp_path: Path) -> None:
    enter(town)
    table = example()
    table[0]["t0"] = "soon"
    table[2]["facilitator"] = "nobody"
    table[7]["coordinator"] = "atlantis"

    cells_first = _refused(town, tmp_path, table)
    table[0]["t0"] = "2027-10-20"
    then = _refused(town, tmp_path, table)

    assert [sentence.split(":")[0] for sentence in cells_first] == [
        'running.csv, row 2, column "t0"'
    ]
    assert [sentence.split(":")[0] for sentence in then] == [
        'running.csv, row 4, column "facilitator"',
        'running.csv, row 9, column "coordinator"',
    ]


@pytest.mark.parametrize(
    ("zone", "hour", "days"),
    [
        ("Pacific/Auckland", 23, ("2027-11-16", "2027-11-17")),
        ("America/Los_Angeles", 3, ("2027-11-14", "2027-11-15")),
    ],
)
def test_today_is_the_day_of_the_office(
    town: World, tmp_path: Path, zone: str, hour: int, days: tuple[str, str]
) -> None:
    today, tomorrow = days
    enter(town, TODAY.replace(hour=hour))
    office = town.runtime.settings.programme.model_copy(update={"zone": zone})
    town.settings = town.settings.model_copy(update={"programme": office})
    town.reopen()
    table = example()[:1]

    table[0]["t0"] = tomorrow
    told = _refused(town, tmp_path, table)
    table[0]["t0"] = today
    done = _adopted(town, written(tmp_path, table))

    assert [sentence.rpartition(": ")[2] for sentence in told] == [f"{tomorrow} lies in the future"]
    assert done["OSL-BIR"].state == "formalised"


def _refused(town: World, folder: Path, table: list[Row]) -> tuple[str, ...]:
    with pytest.raises(ImportProblemsError) as told:
        _adopted(town, written(folder, table))
    return told.value.sentences
