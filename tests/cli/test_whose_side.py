"""A person of a centre plays the side of that centre alone, whoever names them, and however."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.commands import is_clear
from tests.support.orchard import Orchard

PEOPLE = "key,name,email,centre,roles\n"
GUEST = "--centre aspiring=BIR"
REPLACE = "pair substitute P-3"
BOTH = f"--centre coordinator=VIE {GUEST}"
ADOPTION = """\
workflow: pairing
sides: [coordinator, aspiring]
people:
  chief: {role: lead, required: true}
  guests: {role: aspiring, required: true}
facts: []
dates:
  planted_on: {required: true, enters: [planted]}
route: [planted]
"""

ROWS = "reference,coordinator,aspiring,chief,guests,planted_on\n"


@pytest.fixture
def orchard(tmp_path: Path) -> Iterator[Orchard]:
    with closing(Orchard(tmp_path)) as made:
        yield made


def _refused(orchard: Orchard, line: str, code: int = 2) -> str:
    ended, written = orchard.try_(*line.split())

    assert ended.code == code, ended
    assert code == 1 or is_clear(ended, [code]), ended
    assert not written
    return ended.err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            f"pair new P-2 {BOTH} --person coordinator=bir-1",
            "VIE is coordinator here: name somebody of VIE, or enter them there first",
        ),
        (
            f"pair new P-2 {BOTH} --person aspiring=bir-1 --person aspiring=vie-1",
            "vie-1 is of VIE, but BIR is aspiring here",
        ),
        (
            f"pair new P-2 {GUEST} --person coordinator=vie-1",
            "vie-1 is of VIE, and no centre is coordinator here yet: name the centre",
        ),
        (
            f"pair new P-2 {BOTH} --person aspiring=north --person coordinator=north",
            "north would be ",
        ),
        (
            "pair assign VIE-BIR coordinator VIE --person north",
            "north would be facilitator and coordinator here: name somebody else for one of them",
        ),
        (
            "pair assign VIE-BIR coordinator VIE --person bir-1",
            "bir-1 is of BIR, but VIE is coordinator here",
        ),
        (
            "pair substitute VIE-BIR aspiring --instead-of bir-1 --new vie-1",
            "vie-1 is not of the centre of bir-1",
        ),
        (
            f"pair new P-2 {BOTH} --person facilitator=vie-1",
            "vie-1 is of VIE, which is coordinator here: name somebody else as facilitator",
        ),
        (
            f"{REPLACE} facilitator --instead-of free --new bir-1",
            "bir-1 is of BIR, which is aspiring here: name somebody else as facilitator",
        ),
        (
            f"{REPLACE} facilitator --instead-of free --new north --on 2026-03-02",
            "2026-03-02 is still to come: name north on that day",
        ),
        (
            f"{REPLACE} facilitator --instead-of free --new north --on 2026-02-27",
            "2026-02-27 is before P-3 began: write 2026-03-01 or later",
        ),
        (
            "pair assign P-3 coordinator VIE",
            "vie-2 is of VIE, which is coordinator here: name somebody else as lead",
        ),
        (f"pair new P-2 {BOTH} --person system=north", "no role system: "),
        (
            "person add x --set name=X --set email=x@example.org --role aspiring",
            "aspiring is a side and played in a pair, for a centre",
        ),
        (
            "centre set BIR --set side=coordinator",
            "centre BIR: it is aspiring in VIE-BIR, so it stays aspiring",
        ),
        (
            "person add clock --set name=C --set email=c@example.org",
            "person clock: the journal calls timers so",
        ),
    ],
)
def test_who_comes_from_another_centre_is_refused_with_theirs_and_the_remedy(
    line: str, said: str, orchard: Orchard
) -> None:
    if "P-3" in line:
        orchard.must("person", "add", "free", *_x("free"))
        orchard.must("person", "add", "vie-2", *_x("vie-2"), "--centre", "VIE")
        named = f"{GUEST} --person facilitator=free --person lead=vie-2 --by lead"
        orchard.must(*f"pair new P-3 {named}".split())

    assert said in _refused(orchard, f"{line} --by lead")


def test_a_signature_of_no_side_is_told_who_signs(orchard: Orchard) -> None:
    orchard.must("pair", "record", "VIE-BIR", "agreement", "--set", "text=We agree.")

    line = "pair sign VIE-BIR agreement --side nobody --person X --on 2026-03-01 --by north"

    assert "nobody does not sign it" in (said := _refused(orchard, line, 1))
    assert "It is signed by coordinator and aspiring." in said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("bir-1,BIR,bir@example.org,VIE,", "in VIE-BIR bir-1 is of VIE, but BIR is aspiring here"),
        ("x,X,x@example.org,BIR,coordinator", "person x: coordinator is a side"),
    ],
)
def test_a_table_moves_nobody_to_another_side(row: str, said: str, orchard: Orchard) -> None:
    _write(orchard, f"{PEOPLE}good,Good,good@example.org,VIE,\n{row}\n")

    refused = _refused(orchard, "person import table.csv --by lead")

    assert "table.csv, row 3" in refused
    assert said in refused


def test_who_is_moved_to_another_centre_is_told_every_pair_that_is_theirs(orchard: Orchard) -> None:
    orchard.must(*f"pair new P-2 {GUEST} --person aspiring=bir-1 --by lead".split())
    _write(orchard, f"{PEOPLE}bir-1,BIR,bir@example.org,VIE,\n")

    refused = _refused(orchard, "person import table.csv --by lead")

    assert "in VIE-BIR bir-1 is of VIE" in refused
    assert "in P-2 bir-1 is of VIE" in refused
    assert "with pairing pair substitute" in refused


def test_who_plays_no_side_yet_moves_freely_and_so_does_who_was_followed(orchard: Orchard) -> None:
    orchard.must("person", "add", "bir-2", *_x("bir-2"), "--centre", "BIR")
    orchard.must(
        *["pair", "substitute", "VIE-BIR", "aspiring", "--instead-of", "bir-1", "--new", "bir-2"]
    )
    _write(orchard, f"{PEOPLE}bir-1,BIR,bir@example.org,VIE,\n")

    ended, _ = orchard.try_("person", "import", "table.csv", "--json")

    entered = {"key": "bir-1", "outcome": "changed", "cases": 0, "same_mailbox": []}
    assert ended.body == {"people": [{**entered, "odd": "", "letters": 0}]}


def test_somebody_of_no_centre_may_play_either_side_in_a_pair_each(orchard: Orchard) -> None:
    orchard.must("person", "add", "free", *_x("free"))

    orchard.must(*f"pair new P-2 {BOTH} --person coordinator=free".split())
    orchard.must(*f"pair new P-3 {BOTH} --person aspiring=free".split())


def test_somebody_of_the_centre_follows_one_of_none(orchard: Orchard) -> None:
    orchard.must("person", "add", "free", *_x("free"))
    orchard.must(*f"pair new P-2 {BOTH} --person coordinator=free".split())

    line = "pair substitute P-2 coordinator --instead-of free --new vie-1 --by lead"

    orchard.must(*line.split())


def test_a_substitute_of_a_side_without_a_centre_comes_from_none(orchard: Orchard) -> None:
    orchard.must("person", "add", "free", *_x("free"))
    orchard.must(*f"pair new P-2 {GUEST} --person coordinator=free".split())

    line = "pair substitute P-2 coordinator --instead-of free --new vie-1 --by lead"

    assert "vie-1 is of VIE, and no centre is coordinator here yet" in _refused(orchard, line)


def test_a_role_of_the_office_that_is_refused_in_a_table_names_its_row(orchard: Orchard) -> None:
    _write(orchard, f"{PEOPLE}good,Good,good@example.org,,facilitator\ntop,T,t@example.org,,lead\n")

    refused = _refused(orchard, "person import table.csv --by north", 1)

    assert "table.csv, row 3: facilitator may not do it. To give a role (lead)" in refused


@pytest.mark.parametrize(
    ("by", "guest", "said"),
    [
        ("north", "bir-1", "row 2, OLD: facilitator may not do it. To give a role (lead)"),
        ("lead", "vie-1", 'column "guests": vie-1 is of VIE, but BIR is aspiring here'),
    ],
)
def test_taking_over_a_running_pair_gives_nobody_what_is_not_theirs(
    by: str, guest: str, said: str, orchard: Orchard
) -> None:
    (orchard.folder / "orchard" / "adoption.yaml").write_text(ADOPTION, encoding="utf-8")
    _write(orchard, f"{ROWS}OLD,VIE,BIR,north,{guest},2026-02-01\n")

    line = f"pair adopt table.csv --go-live 2026-03-02 --by {by}"

    assert said in _refused(orchard, line, 1 if by == "north" else 2)


def _x(key: str) -> tuple[str, ...]:
    return "--set", f"name={key}", "--set", f"email={key}@example.org"


def _write(orchard: Orchard, text: str) -> None:
    (orchard.folder / "table.csv").write_text(text, encoding="utf-8")
