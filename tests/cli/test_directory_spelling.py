"""Countries, addresses and mailboxes: taken in the spelling that is right, and told what is odd."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.commands import pairing
from tests.support.orchard import Orchard
from tests.support.workbooks import Cell, workbook

PEOPLE = "key,name,email,centre\n"


@pytest.fixture
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orchard]:
    with closing(Orchard(tmp_path_factory.mktemp("spelling"))) as made:
        yield made


def test_a_country_is_kept_by_its_code_however_it_is_written(orchard: Orchard) -> None:
    kept = {}
    for typed in ("at", "EL", "Greece", "UK", "united kingdom", "xk", "Kosovo", "GRC", "XZ"):
        orchard.must("centre", "set", "BIR", "--set", f"country={typed}")
        kept[typed] = _centre(orchard)["country"]

    assert kept == {
        "at": "AT",
        "EL": "GR",
        "Greece": "GR",
        "UK": "GB",
        "united kingdom": "GB",
        "xk": "XK",
        "Kosovo": "XK",
        "GRC": "GR",
        "XZ": "XZ",
    }


@pytest.mark.parametrize(
    ("typed", "told"),
    [("Grece", 'did you mean "Greece" (GR)?'), ("Atlantis", "write its ISO 3166 code such as AT")],
)
def test_a_country_nobody_knows_is_refused_with_the_nearest(
    typed: str, told: str, orchard: Orchard
) -> None:
    ended, written = orchard.try_("centre", "set", "BIR", "--set", f"country={typed}")

    assert ended.code == 2
    assert told in ended.err
    assert not written


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ann.Other@Example.ORG", "Ann.Other@example.org"),
        ("info@krebszentrum-köln.example", "info@xn--krebszentrum-kln-zwb.example"),
    ],
)
def test_an_address_is_taken_in_its_right_spelling(typed: str, kept: str, orchard: Orchard) -> None:
    orchard.must("person", "set", "bir-1", "--set", f"email={typed}")
    (orchard.folder / "people.csv").write_text(f"{PEOPLE}new-1,New,{typed},BIR\n")
    orchard.must("person", "import", "people.csv")

    assert _address(orchard, "bir-1") == _address(orchard, "new-1") == kept


def test_a_time_zone_of_another_country_is_taken_and_told(orchard: Orchard) -> None:
    centres = "key,name,short_name,side,country,zone\n"
    rows = "ELM,Elm,Elm,aspiring,PT,Europe/Rome\nOAK,Oak,Oak,aspiring,PT,Atlantic/Azores\n"
    (orchard.folder / "centres.csv").write_text(centres + rows)

    said = {}
    for country, zone in (("EE", "Europe/Lisbon"), ("EE", "Europe/Tallinn"), ("XK", "Europe/Rome")):
        values = ("--set", f"country={country}", "--set", f"zone={zone}")
        ended, _ = orchard.try_("centre", "set", "BIR", *values)
        said[country, zone] = "look again" in ended.out
    imported, _ = orchard.try_("centre", "import", "centres.csv")

    assert list(said.values()) == [True, False, False]
    told = "ELM: Europe/Rome is a time zone of IT, and the centre lies in PT: look again"
    assert told in imported.out
    assert imported.out.count("look again") == 1


def test_two_people_of_one_mailbox_are_told_when_they_are_entered(orchard: Orchard) -> None:
    rows = "one,One,team@example.org,BIR\ntwo,Two,Team@Example.org,BIR\nbir-2,B,x@example.org,BIR\n"
    (orchard.folder / "people.csv").write_text(PEOPLE + rows)

    imported, _ = orchard.try_("person", "import", "people.csv")
    third, _ = orchard.try_("person", "set", "bir-2", "--set", "email=team@example.org")

    assert "one and two read the same mailbox" in imported.out
    assert "bir-2 and one and two read the same mailbox" in third.out


def test_a_workbook_is_imported_like_any_table(orchard: Orchard) -> None:
    head: list[Cell] = ["key", "name", "email", "centre", "roles"]
    rows: list[list[Cell]] = [head, ["new-1", "Çağla", "New@Example.org", "BIR", None]]
    workbook(orchard.folder / "people.xlsx", {"People": rows})

    orchard.must("person", "import", "people.xlsx")

    assert _address(orchard, "new-1") == "New@example.org"


def _centre(orchard: Orchard) -> dict[str, object]:
    found = pairing("centre", "show", "BIR", "--json", folder=orchard.folder).body["centre"]
    assert isinstance(found, dict)
    return found


def _address(orchard: Orchard, key: str) -> str:
    people = pairing("person", "list", "--json", folder=orchard.folder).body["people"]
    assert isinstance(people, list)
    return next(str(each["email"]) for each in people if each["key"] == key)
