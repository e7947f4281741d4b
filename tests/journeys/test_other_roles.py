"""A programme of other roles and another root, in its own folder, from check to letters."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.commands import Ended, is_clear, pairing
from tests.support.exchange import FOLDER

SUBSTITUTE = "pair substitute WEEK-1 host --instead-of por_1 --new"
Types = Callable[..., Ended]
CENTRES = """\
key,name,short_name,side,country,zone
POR,Hospital of Porto,Porto,host,PT,Europe/Lisbon
SOF,Hospital of Sofia,Sofia,guest,BG,Europe/Sofia
"""
PEOPLE = """\
key,name,email,centre,roles
chair,Chair of the board,chair@example.org,,board
anna,Steward Anna,anna@example.org,,steward
boris,Steward Boris,boris@example.org,,steward
por_1,Head Porto,head.porto@example.org,POR,
por_2,Deputy Porto,deputy.porto@example.org,POR,
sof_1,Head Sofia,head.sofia@example.org,SOF,
"""


@pytest.fixture
def types(tmp_path: Path) -> Types:
    """Type commands in a folder that holds the programme, its texts and a real database."""
    shutil.copytree(FOLDER, tmp_path / "weeks")
    (tmp_path / "config.toml").write_text(
        '[programme]\nname = "exchange"\nfolder = "weeks"\n', encoding="utf-8"
    )
    (tmp_path / "centres.csv").write_text(CENTRES, encoding="utf-8")
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")

    def typed(line: str, code: int = 0, **variables: str) -> Ended:
        ended = pairing(*line.split(), folder=tmp_path, **variables)
        assert ended.code == code, ended
        return ended

    return typed


def _begins(types: Types, kind: str = "") -> None:
    types("check weeks")
    types(f"db create {kind}")
    types("person first chair --set name=Chair --set email=chair@example.org")
    types("centre import centres.csv --by chair")
    types("person import people.csv --by chair")
    sides = "--centre host=POR --centre guest=SOF"
    types(f"pair new WEEK-1 {sides} --person steward=boris --by anna")


def test_it_runs_from_check_to_its_own_letters(types: Types, tmp_path: Path) -> None:
    _begins(types, "--rehearsal --at 2026-05-11T09:00Z")

    types("pair advance WEEK-1 accept --set theme=nights --by sof_1")
    types("clock advance P10D --by chair")

    letters = sorted((tmp_path / "letters").rglob("*.eml"))
    text = "".join(letter.read_text(encoding="utf-8") for letter in letters)
    assert "Hospital Exchange" in text
    assert "Reply-To: Steward Boris <boris@example.org>" in text
    assert "Steward Anna <anna@example.org>" not in text  # Boris is the one of this week
    types("verify")


def test_whoever_runs_the_programme_writes_whatever_role_is_listed_first(
    types: Types, tmp_path: Path
) -> None:
    definition = tmp_path / "weeks" / "exchange.yaml"
    listed = definition.read_text(encoding="utf-8")
    others_first = listed.replace("roles: [steward,", "roles: [auditor, steward,")
    definition.write_text(others_first, encoding="utf-8")
    with (tmp_path / "people.csv").open("a", encoding="utf-8") as people:
        people.write("audit,Auditor of all,audit@example.org,,auditor\n")
    _begins(types, "--rehearsal --at 2026-05-11T09:00Z")

    types("clock advance P1D --by chair")

    text = "".join(f.read_text(encoding="utf-8") for f in (tmp_path / "letters").rglob("*.eml"))
    assert others_first != listed
    assert "Reply-To: Steward Boris <boris@example.org>" in text
    assert "Auditor" not in text


def test_in_earnest_nobody_is_meant_unless_named(types: Types) -> None:
    _begins(types)

    unnamed = types("pair advance WEEK-1 accept", code=2)
    by_variable = types("pair journal WEEK-1", PAIRING_PERSON="boris")

    assert "nobody is named who acts: add --by PERSON or set PAIRING_PERSON" in unnamed.err
    assert by_variable.code == 0


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("pair advance WEEK-1 accept --by nobody", 3, "no person nobody"),
        ("pair advance WEEK-1 accept --by por_1", 1, "Head Sofia <head.sofia@example.org> (guest)"),
        (
            "pair advance WEEK-1 accept --by sof_1 --as board",
            1,
            "sof_1 is not board here, but guest",
        ),
        ("centre set POR --set city=P --by por_1", 1, "Chair of the board <chair@example.org>"),
        ("person first other --set name=O --set email=o@example.org", 2, "has people already"),
        (f"{SUBSTITUTE} por_1 --by anna", 2, "themselves"),
        (
            "pair substitute WEEK-1 host --instead-of por_1 --new por_2 --by anna",
            2,
            "host here already",
        ),
        (
            "pair substitute WEEK-1 host --instead-of por_1 --new sof_1 --by anna",
            2,
            "not of the centre",
        ),
        ("checkin list --by anna", 3, "programme exchange has no check-ins"),
        (
            "pair pause WEEK-1 --until 2026-06-01 --reason flood --by anna",
            3,
            "exchange knows no pause",
        ),
        ("pair resume WEEK-1 --reason dry --by anna", 3, "exchange knows no pause"),
        ("centre import weeks --by chair", 2, "weeks: it is a folder: name a file in it"),
    ],
)
def test_who_may_not_is_told_who_may_and_how_to_ask(
    line: str, code: int, said: str, types: Types
) -> None:
    _begins(types)

    ended = types(line, code=code)

    assert said in ended.err
    assert code == 1 or is_clear(ended, [code])


def test_what_was_heard_stands_in_the_journal_with_both_names(types: Types) -> None:
    _begins(types)

    types("pair advance WEEK-1 accept --set theme=nights --by boris --for sof_1 --heard phone")

    entry = types("pair journal WEEK-1 --json").out
    assert '"by":"boris"' in entry.replace(" ", "")
    assert '"heard":["sof_1","phone"]' in entry.replace(" ", "")
    types("verify")


def test_who_may_not_is_refused_alike_on_a_case_and_in_the_whole_programme(types: Types) -> None:
    _begins(types, "--rehearsal --at 2026-05-11T09:00Z")
    person = "--set name=X --set email=x@example.org"

    ended = [
        types(f"{line} --by por_1", 1)
        for line in (
            "pair advance WEEK-1 accept --set theme=nights",
            "clock advance P1D",
            f"person add x {person}",
            "pair new WEEK-2 --centre host=POR --centre guest=SOF",
        )
    ]

    assert "host may not do it" in ended[0].err
    for refused in ended[1:]:
        assert "por_1 plays no role in the whole programme" in refused.err
        assert "Ask: " in refused.err


def test_the_first_person_holds_a_role_that_none_stands_above(types: Types) -> None:
    types("db create")

    ended = types("person first anna --set name=A --set email=a@example.org --role steward", 2)

    assert "board stands above steward: enter the first board" in ended.err


def test_nobody_makes_themselves_or_others_what_they_are_not(types: Types, tmp_path: Path) -> None:
    _begins(types)
    sides = "--centre host=POR --centre guest=SOF"
    row = "key,name,email,centre,roles\nanna,Steward Anna,anna@example.org,,steward board\n"
    (tmp_path / "more.csv").write_text(row, encoding="utf-8")

    refused = [
        types(f"{line} --by anna", 1)
        for line in (
            f"pair new WEEK-2 {sides} --person board=anna",
            f"pair new WEEK-3 {sides} --person board=por_1",
            "person add x --set name=X --set email=x@example.org --role board",
            "person import more.csv",
        )
    ]

    for ended in refused:
        assert "To give a role (board) is up to: board." in ended.err
        assert "Chair of the board <chair@example.org>" in ended.err
    types("person add x --set name=X --set email=x@example.org --role board --by chair")
    types("person add y --set name=Y --set email=y@example.org --role steward --by anna")
