"""Every list goes into a spreadsheet, fits a narrow terminal, and tells days by local clocks."""

import csv
import io
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.command_tree import commands
from tests.support.commands import Ended, is_clear, pairing
from tests.support.hostile import GOOD
from tests.support.orchard import Orchard

LISTS = sorted(
    command.name for command in commands() if any(p.option == "--csv" for p in command.parameters)
)


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orchard]:
    with closing(Orchard(tmp_path_factory.mktemp("listing"))) as made:
        made.must("centre", "set", "BIR", "--set", 'name==HYPERLINK("x")')
        yield made


def _csv(ended: Ended) -> list[list[str]]:
    assert ended.out.startswith("\ufeff")
    return list(csv.reader(io.StringIO(ended.out.removeprefix("\ufeff"))))


def test_every_command_that_lists_can_list_for_a_spreadsheet() -> None:
    named = {each.name for each in commands() if each.name.endswith(" list")}

    others = {"mail due", "mail replies", "forecast", "pair journal", "pair compare", "words show"}
    others |= {"person calendar"}

    assert named | others == set(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_for_a_spreadsheet_has_the_columns_of_the_list(name: str, orchard: Orchard) -> None:
    words = (*name.split(), *GOOD[name])

    rows = _csv(pairing(*words, "--csv", folder=orchard.folder))

    assert rows[0]
    assert all(len(row) == len(rows[0]) for row in rows) or name in {"forecast", "mail due"}
    assert pairing(*words, folder=orchard.folder).code == 0


def test_no_cell_of_an_export_is_a_formula(orchard: Orchard) -> None:
    rows = _csv(pairing("centre", "list", "--csv", folder=orchard.folder))

    assert rows[1][:2] == ["BIR", '\'=HYPERLINK("x")']


def test_an_export_can_be_imported_again(orchard: Orchard) -> None:
    rows = _csv(pairing("person", "list", "--csv", folder=orchard.folder))

    assert rows[0][:2] == ["key", "name"]
    assert rows[1] != ["bir-1", "BIR", "bir-1@example.org", "BIR"]
    assert "bir@example.org" in rows[1]


def test_what_is_no_list_has_no_csv(orchard: Orchard) -> None:
    ended, written = orchard.try_("pair", "advance", "VIE-BIR", "bloom", "--csv")

    assert is_clear(ended, [2])
    assert not written


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("columns", ["60", "75", "100"])
def test_a_list_fits_the_width_that_is_asked_for(columns: str, name: str, orchard: Orchard) -> None:
    ended = pairing(*name.split(), *GOOD[name], folder=orchard.folder, COLUMNS=columns)

    assert max(map(len, ended.out.splitlines())) <= int(columns)


def test_a_list_without_an_open_pair_says_where_those_are_that_ended(orchard: Orchard) -> None:
    nowhere = pairing("pair", "list", "--state", "resting", folder=orchard.folder)

    assert nowhere.out.strip() == "no open pair in this state; --all shows those that ended too"


def test_days_are_told_by_the_clocks_of_the_office(orchard: Orchard) -> None:
    listed = pairing("pair", "list", folder=orchard.folder)

    assert "2026-03-01 00:00 CET" in listed.out  # in UTC it is the day before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("flag", "list"), "F-1: Blight"),
        (("pair", "list"), "F-1: Blight (amber)"),
        (("checkin", "list", "--pair", "VIE-BIR"), "check-in"),
        (("mail", "due"), "N-1.ask: Note"),
        (("mail", "due"), "at                     number   pair"),  # by which one is held or dated
        (("forecast",), "N-1.ask: Note"),
    ],
)
def test_a_code_has_its_title_beside_it(
    words: tuple[str, ...], told: str, orchard: Orchard
) -> None:
    shown = pairing(*words, folder=orchard.folder, COLUMNS="300")

    assert shown.code == 0, shown
    assert told in shown.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("pair", "list", "--as", "leed"), 'there is no role "leed": did you mean "lead"?'),
        (("mail", "list", "--state", "acepted"), 'did you mean "accepted"?'),
        (("pair", "list", "--state", "plnted"), 'did you mean "planted"?'),
        (
            (
                *("checkin", "contact", "VIE-BIR", "--on", "2026-03-01"),
                *("--kind", "cal", "--summary", "s"),
            ),
            'did you mean "call"? write one of call, mail',
        ),
    ],
)
def test_a_wrong_word_is_no_answer(words: tuple[str, ...], told: str, orchard: Orchard) -> None:
    ended, written = orchard.try_(*words)

    assert is_clear(ended, [2]), ended
    assert told in ended.err
    assert not written


def test_a_window_is_shown_with_its_three_dates(orchard: Orchard) -> None:
    shown = pairing("pair", "show", "VIE-BIR", "--json", folder=orchard.folder)
    told = pairing("pair", "show", "VIE-BIR", folder=orchard.folder, COLUMNS="160")

    pair = shown.body["pair"]
    assert isinstance(pair, dict)
    assert all({"opens", "forecast", "ends"} <= set(dates) for dates in pair["dates"])
    assert ["milestone", "baseline", "opens", "target", "ends", "actual", "reason"] in [
        line.split() for line in told.out.splitlines()
    ]
