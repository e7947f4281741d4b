"""Centres and people by command: tables all or nothing, changes that the cases hear of."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.commands import is_clear
from tests.support.orchard import Orchard

CENTRES = "key,name,short_name,side,country,zone\n"
PEOPLE = "key,name,email,centre,roles\n"


@pytest.fixture
def orchard(tmp_path: Path) -> Iterator[Orchard]:
    with closing(Orchard(tmp_path)) as made:
        yield made


def _entered(key: str, outcome: str, cases: int) -> dict[str, object]:
    entered = {"key": key, "outcome": outcome, "cases": cases, "same_mailbox": []}
    return {**entered, "odd": "", "letters": 0}


def test_a_table_of_centres_is_taken_over_and_taken_over_again(orchard: Orchard) -> None:
    _write(orchard, CENTRES + "OSL,Oslo,Oslo,coordinator,NO,Europe/Oslo\n")

    first, _ = orchard.try_("centre", "import", "table.csv", "--json")
    second, _ = orchard.try_("centre", "import", "table.csv", "--json")

    assert first.body == {"centres": [_entered("OSL", "added", 0)]}
    assert second.body == {"centres": [_entered("OSL", "unchanged", 0)]}


def test_a_centre_that_changes_in_a_table_lets_its_pairs_look_again(orchard: Orchard) -> None:
    _write(orchard, CENTRES + "VIE,Vienna,Vienna,coordinator,AT,Europe/Vienna\n")

    ended, _ = orchard.try_("centre", "import", "table.csv", "--json")

    assert ended.body == {"centres": [_entered("VIE", "changed", 1)]}


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("OSL,Oslo,Oslo,north,NO,UTC", "no side north"),
        ("OSL,Oslo,Oslo,cordinator,NO,UTC", 'did you mean "coordinator"?'),
        ("OSL,Oslo,Oslo,coordinator,NO,Mars/Phobos", "no time zone Mars/Phobos"),
        ("OSL,Oslo,Oslo,coordinator,Norwya,UTC", 'did you mean "Norway" (NO)?'),
        ("OSL,Oslo,Oslo,coordinator,Atlantis,UTC", "write its ISO 3166 code such as AT"),
        ("OSL,\u200b\u2060,Oslo,coordinator,NO,UTC", "name and short_name are needed"),
        ("OSL,Os\u202elo,Oslo,coordinator,NO,UTC", "holds a control character: type it anew"),
        ("OSL,,Oslo,coordinator,NO,UTC", 'column "name": is empty'),
        ("GOOD,Again,Again,coordinator,NO,UTC", "this key stands in row 2 too"),
        ("OSL,Oslo,Oslo,coordinator,NO", "holds 5 cells"),
    ],
)
def test_one_wrong_row_of_centres_takes_nothing_over(
    row: str, named: str, orchard: Orchard
) -> None:
    _write(orchard, f"{CENTRES}GOOD,Good,Good,coordinator,NO,UTC\n{row}\n")

    ended, written = orchard.try_("centre", "import", "table.csv")

    assert is_clear(ended, [2]), ended
    assert "table.csv, row 3" in ended.err
    assert named in ended.err
    assert not written


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("osl-1,Grower,nobody,VIE,", "'nobody'"),
        ("osl-1,Grower,a@example.org;b@example.org,VIE,", "not one plain address"),
        ("osl-1,Grower,a@example.org,NOWHERE,", "there is no centre NOWHERE"),
        ("osl-1,Grower,a@example.org,VIE,king", "no role king"),
        ("osl-1,=?utf-8?q?x=0A?=,a@example.org,VIE,", "control character"),
        ("osl-1,\u200b\u2063\u3164,a@example.org,VIE,", "the name is empty: write it"),
        ("osl-1,Gro\u202ewer,a@example.org,VIE,", "holds a control character: type it anew"),
    ],
)
def test_one_wrong_row_of_people_takes_nothing_over(row: str, named: str, orchard: Orchard) -> None:
    _write(orchard, f"{PEOPLE}good-1,Good,good@example.org,VIE,lead\n{row}\n")

    ended, written = orchard.try_("person", "import", "table.csv", "--by", "lead")

    assert is_clear(ended, [2]), ended
    assert "table.csv, row 3" in ended.err
    assert named in ended.err
    assert not written


def test_a_role_in_the_whole_programme_is_given_once(orchard: Orchard) -> None:
    _write(orchard, f"{PEOPLE}fac,Facilitator,fac@example.org,,facilitator\n")

    for outcome in ("added", "unchanged"):
        ended, _ = orchard.try_("person", "import", "table.csv", "--json")
        assert ended.body == {"people": [_entered("fac", outcome, 0)]}

    shown, _ = orchard.try_("pair", "show", "VIE-BIR", "--json")
    pair = shown.body["pair"]
    assert isinstance(pair, dict)
    playing = [p["name"] for p in pair["people"] if p["role"] == "facilitator"]
    assert sorted(playing) == ["Facilitator", "North"]


def test_a_fact_is_read_alike_from_a_command_and_from_a_table(orchard: Orchard) -> None:
    typed = {"a": "no", "b": "Yes", "c": "true", "d": "120", "e": "007", "f": "soon"}
    words = [f"{name}={value}" for name, value in typed.items()]
    row = f"ELM,Elm,Elm,aspiring,AT,UTC,{'; '.join(words)}\n"
    (orchard.folder / "centres.csv").write_text(CENTRES.replace("\n", ",facts\n") + row)

    orchard.must("centre", "set", "BIR", *(part for word in words for part in ("--set", word)))
    orchard.must("centre", "import", "centres.csv")

    meant = {"a": False, "b": True, "c": True, "d": 120, "e": "007", "f": "soon"}
    assert [_facts(orchard, key) for key in ("BIR", "ELM")] == [meant, meant]


def test_facts_of_a_centre_are_set_and_taken_away(orchard: Orchard) -> None:
    orchard.must("centre", "set", "BIR", "--set", "teaming=true", "--set", "beds=120")
    orchard.must("centre", "set", "BIR", "--set", "beds=")

    assert _facts(orchard, "BIR") == {"teaming": True}


def test_a_dead_address_is_known_until_a_new_one_comes(orchard: Orchard) -> None:
    orchard.must("person", "dead", "bir-1", "--reason", "bounced")
    again, _ = orchard.try_("person", "dead", "bir-1", "--reason", "bounced", "--json")
    orchard.must("person", "set", "bir-1", "--set", "email=new@example.org")

    listed, _ = orchard.try_("person", "list", "--json")

    people = listed.body["people"]
    assert again.body["outcome"] == "unchanged"
    assert isinstance(people, list)
    assert [p["reachable"] for p in people if p["key"] == "bir-1"] == [True]


def test_somebody_else_plays_a_role_from_now_on(orchard: Orchard) -> None:
    orchard.must(
        *("person", "add", "vie-2", "--centre", "VIE"),
        *("--set", "name=Second", "--set", "email=second@example.org"),
    )

    orchard.must(
        *("pair", "substitute", "VIE-BIR", "coordinator"),
        *("--instead-of", "vie-1", "--new", "vie-2"),
    )

    shown, _ = orchard.try_("pair", "show", "VIE-BIR", "--json")
    pair = shown.body["pair"]
    assert isinstance(pair, dict)
    assert [p["name"] for p in pair["people"] if p["role"] == "coordinator"] == ["Second"]


def test_a_pair_is_handed_from_the_one_of_the_whole_programme_to_a_person_of_its_own(
    orchard: Orchard,
) -> None:
    orchard.must(
        *("person", "add", "south", "--by", "lead"),
        *("--set", "name=South", "--set", "email=south@example.org"),
    )

    orchard.must(
        *("pair", "substitute", "VIE-BIR", "lead", "--by", "lead"),
        *("--instead-of", "lead", "--new", "south"),
    )

    shown, _ = orchard.try_("pair", "show", "VIE-BIR", "--json")
    pair = shown.body["pair"]
    assert isinstance(pair, dict)
    assert {p["name"] for p in pair["people"] if p["role"] == "lead"} >= {"Lead", "South"}


def test_somebody_who_does_not_play_a_role_cannot_be_substituted(orchard: Orchard) -> None:
    ended, written = orchard.try_(
        *("pair", "substitute", "VIE-BIR", "lead", "--by", "lead"),
        *("--instead-of", "vie-1", "--new", "bir-1"),
    )

    assert is_clear(ended, [3]), ended
    assert not written


def _write(orchard: Orchard, text: str) -> None:
    (orchard.folder / "table.csv").write_text(text, encoding="utf-8")


def _facts(orchard: Orchard, key: str) -> object:
    ended, _ = orchard.try_("centre", "show", key, "--json")
    centre = ended.body["centre"]
    assert isinstance(centre, dict)
    return centre["facts"]


def test_a_code_to_sign_by_is_shown_once_and_on_a_dry_run_not_at_all(orchard: Orchard) -> None:
    shown, kept = orchard.try_("centre", "code", "VIE")
    tried, changes = orchard.try_("centre", "code", "VIE", "--dry-run")

    assert re.search(r"VIE signs by the code \d{4} \d{4}: tell it on the phone", shown.out)
    assert not re.search(r"\d{4} \d{4}", tried.out + tried.err)
    assert (kept, changes) == (True, False)


def test_a_new_code_says_which_code_it_ends(orchard: Orchard) -> None:
    first, _ = orchard.try_("centre", "code", "VIE")
    tried, _ = orchard.try_("centre", "code", "VIE", "--dry-run")
    second, _ = orchard.try_("centre", "code", "VIE")

    said = r"the code of [\w ]+ 20\d\d opens nothing any more: tell the new one to whoever"
    assert not re.search(said, first.out)
    assert re.search(said, tried.out)
    assert re.search(said, second.out)


def test_the_address_of_a_calendar_is_shown_once_and_on_a_dry_run_not_at_all(
    orchard: Orchard,
) -> None:
    none, _ = orchard.try_("person", "subscribe", "vie-1")
    with (orchard.folder / "config.toml").open("a", encoding="utf-8") as settings:
        settings.write('[web]\npublic_address = "https://pairing.example.org"\n')
    tried, changed = orchard.try_("person", "subscribe", "vie-1", "--dry-run")
    shown, kept = orchard.try_("person", "subscribe", "vie-1")
    listed, _ = orchard.try_("person", "list")
    ended, _ = orchard.try_("person", "unsubscribe", "vie-1")

    assert (none.code, "set public_address under [web]" in none.err) == (2, True)
    assert ("/c/" in tried.out, "a new address of their calendar" in tried.out) == (False, True)
    assert re.search(
        r"^https://pairing\.example\.org/c/[0-9A-Za-z]{43}\.ics$", shown.out, re.MULTILINE
    )
    assert (changed, kept) == (False, True)
    assert "calendar since 2026-03-01" in listed.out
    assert "vie-1: their calendar has no address any more" in ended.out
