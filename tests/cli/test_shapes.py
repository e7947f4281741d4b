"""With --json each command answers in the shape its schema describes, on standard output alone."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest

from tests.support.answer_schemas import SCHEMAS, shape_name, shapes
from tests.support.commands import Ended, pairing
from tests.support.orchard import Orchard

CENTRES = "key,name,short_name,side,country,zone,facts\nOSL,Oslo,Oslo,coordinator,NO,UTC,beds=5\n"
PEOPLE = "key,name,email,centre,roles\nosl-1,Grower,osl@example.org,OSL,\n"

SHAPES = {command: shape_name(shape) for command, shape in shapes().items()}

SIGNED = (
    "pair sign OSL-TRD agreement --side coordinator --person Grower --on 2026-03-01 "
    "--for osl-1 --heard paper"
)
# In this order: each stands on what those before it did.
STORY = [
    "check",
    "clock show",
    "db show",
    "db upgrade",
    "config show",
    "centre import centres.csv --dry-run",
    "centre import centres.csv",
    "person import people.csv --dry-run",
    "person import people.csv",
    "centre add TRD --set name=T --set side=aspiring --set country=NO --set zone=UTC --dry-run",
    "centre add TRD --set name=T --set side=aspiring --set country=NO --set zone=UTC",
    "centre set TRD --set city=Trondheim --set teaming=true --dry-run",
    "centre set TRD --set city=Trondheim --set teaming=true",
    "centre show TRD",
    "centre list",
    "person add trd-1 --set name=T --set email=trd@example.org --centre TRD --dry-run",
    "person add trd-1 --set name=T --set email=trd@example.org --centre TRD",
    "person add osl-2 --set name=O --set email=osl2@example.org --centre OSL",
    "person set trd-1 --set phone=+47 --dry-run",
    "person set trd-1 --set phone=+47",
    "pair new OSL-TRD --centre coordinator=OSL --centre aspiring=TRD --dry-run",
    "pair new OSL-TRD --centre coordinator=OSL --centre aspiring=TRD",
    "pair list",
    "pair list --limit 1 --after VIE-BIR",
    "pair why OSL-TRD",
    "pair why OSL-TRD harvest",
    "pair form OSL-TRD",
    "pair form OSL-TRD note",
    "pair record OSL-TRD note --set summary=tried --dry-run",
    "pair record OSL-TRD note --set summary=fine --set count=3 --set words=a --set words=b",
    "pair record OSL-TRD note --add parts title=roots --add words=c --clear count",
    "pair record OSL-TRD note --show --version 1",
    "pair record OSL-TRD note --diff",
    "pair correct OSL-TRD note --set summary=better --reason misheard --dry-run",
    "pair correct OSL-TRD note --set summary=better --reason misheard",
    "pair record OSL-TRD note --set summary=wrong",
    "pair undo OSL-TRD --reason another --dry-run",
    "pair undo OSL-TRD --reason another",
    "pair record OSL-TRD contact --set on=2026-03-01 --set kind=call --set summary=s",
    "pair void OSL-TRD contact --version 1 --reason another",
    "pair record OSL-TRD agreement --set text=agreed",
    SIGNED,
    "pair move OSL-TRD planted 2026-05-01 --reason late",
    "pair waive OSL-TRD note_filed --reason known --as lead",
    "pair pause OSL-TRD --reason frost --until 2026-05-01 --as lead --dry-run",
    "pair pause OSL-TRD --reason frost --until 2026-05-01 --as lead",
    "pair resume OSL-TRD --reason thaw --as lead",
    "checkin list",
    "checkin record OSL-TRD --set summary=tried --dry-run",
    "checkin record OSL-TRD --set summary=well",
    "checkin skip OSL-TRD --reason holidays",
    "checkin contact OSL-TRD --on 2026-03-01 --kind call --summary hello",
    "flag raise OSL-TRD F-1 --reason seen",
    "flag list",
    "flag acknowledge OSL-TRD/red_flag-1 --owner north --next-step call --review-on 2026-04-01",
    "flag snooze OSL-TRD/red_flag-1 --until 2026-05-01 --reason away",
    "flag mitigate OSL-TRD/red_flag-1 --note done",
    "flag close OSL-TRD/red_flag-1 --outcome well",
    "flag list --all --pair OSL-TRD",
    "pair assign OSL-TRD coordinator OSL --person osl-1 --dry-run",
    "pair assign OSL-TRD coordinator OSL --person osl-1",
    "pair substitute OSL-TRD coordinator --instead-of osl-1 --new osl-2 --dry-run",
    "pair substitute OSL-TRD coordinator --instead-of osl-1 --new osl-2",
    "person dead trd-1 --reason bounced --dry-run",
    "person dead trd-1 --reason bounced",
    "person alive trd-1 --dry-run",
    "person alive trd-1",
    "person dead bir-1 --reason moved",
    "person away osl-2 --from 2051-03-01 --until 2051-03-20 --substitute osl-1 --dry-run",
    "person away osl-2 --from 2051-03-01 --until 2051-03-20 --substitute osl-1",
    "person list",
    "person calendar trd-1",
    "person back osl-2",
    "pair show OSL-TRD",
    "pair journal OSL-TRD",
    "forecast --until P60D",
    "forecast OSL-TRD",
    "mail due --until P60D",
    "clock advance P30D",
    "mail list",
    "mail answer answer.ics --from a@example.org",
    "mail send",
    "incident list",
    "incident retry 1",
    "pair advance OSL-TRD harvest --note ripe",
    "pair list --all",
    "verify",
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Ended]]:
    """What each command of the story answered, in order."""
    with closing(Orchard(tmp_path_factory.mktemp("orchard"))) as orchard:
        (orchard.folder / "centres.csv").write_text(CENTRES)
        (orchard.folder / "people.csv").write_text(PEOPLE)
        (orchard.folder / "answer.ics").write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n")
        yield {line: pairing(*line.split(), "--json", folder=orchard.folder) for line in STORY}


@pytest.mark.parametrize("line", STORY)
def test_an_answer_has_its_shape(line: str, told: dict[str, Ended]) -> None:
    ended = told[line]
    words = line.split()
    shape = SHAPES.get(" ".join(words[:2])) or SHAPES[words[0]]
    others = {"--dry-run": "preview", "--show": "record-shown", "--diff": "record-compared"}
    shape = next((other for word, other in others.items() if word in words), shape)

    assert ended.code == 0, ended
    jsonschema.validate(ended.body, _schema(shape))
    assert ended.out.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "code", "shape"),
    [
        ("pair advance VIE-BIR harvest", 1, "decision"),
        ("pair advance VIE-BIR harvest --dry-run", 1, "decision"),
        ("pair record VIE-BIR note --set count=1", 1, "decision"),
        ("pair waive VIE-BIR note_filed --reason r", 1, "decision"),
        ("pair advance VIE-BIR nothing", 1, "decision"),
        ("pair move VIE-BIR harvested 2026-05-01 --reason r", 1, "decision"),
        ("flag raise VIE-BIR F-9 --reason r", 1, "decision"),
        ("pair show NOBODY", 3, "error"),
        ("pair show 99999", 3, "error"),
        ("pair record VIE-BIR nothing --set a=b", 3, "error"),
        ("mail show 9", 3, "error"),
        ("incident retry 99", 3, "error"),
        (
            "centre add VIE --set name=V --set side=aspiring --set country=AT --set zone=UTC",
            4,
            "error",
        ),
        ("db create", 4, "error"),
        ("pair record VIE-BIR note --set on_day=2027-02-29", 2, "error"),
        ("pair sign VIE-BIR agreement --side x --person P --on 12/11/2026", 2, "error"),
        ("pair list --nonsense", 2, "error"),
        ("pair list --state nonsense", 2, "error"),
        ("pair list --after NOBODY", 3, "error"),
        ("mail list --state nonsense", 2, "error"),
        ("pair list --database nowhere.db", 5, "error"),
    ],
)
def test_a_failure_has_its_code_and_its_shape(
    line: str, code: int, shape: str, orchard: Orchard
) -> None:
    ended = pairing(*line.split(), "--json", folder=orchard.folder)

    assert ended.code == code, ended
    jsonschema.validate(ended.body, _schema(shape))
    assert ended.err, "people are told as well"


def test_a_refusal_says_what_is_missing_whose_turn_the_remedy_and_who_may_waive(
    orchard: Orchard,
) -> None:
    ended = pairing("pair", "advance", "VIE-BIR", "harvest", folder=orchard.folder)

    assert ended.code == 1
    assert ended.out == ""
    assert "The note is on file." in ended.err
    assert "whose turn: aspiring; Ask for it." in ended.err
    assert "pairing pair waive VIE-BIR note_filed --reason ... --as lead" in ended.err


def test_a_request_key_answers_a_repeated_call_and_refuses_another_one(orchard: Orchard) -> None:
    call = ("pair", "record", "VIE-BIR", "note", "--request-key", "k-1", "--json")
    first = pairing(*call, "--set", "summary=a", folder=orchard.folder)
    again = pairing(*call, "--set", "summary=a", folder=orchard.folder)
    other = pairing(*call, "--set", "summary=b", folder=orchard.folder)

    assert (first.code, again.code, other.code) == (0, 0, 4)
    assert first.body == again.body


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orchard]:
    with closing(Orchard(tmp_path_factory.mktemp("other"))) as made:
        yield made


def _schema(shape: str) -> dict[str, object]:
    schema: dict[str, object] = json.loads((SCHEMAS / f"{shape}.json").read_text("utf-8"))
    return schema


def test_every_letter_can_be_previewed_in_its_shape(tmp_path: Path) -> None:
    ended = pairing("mail", "preview", "--all", "--json", folder=tmp_path)

    assert ended.code == 0, ended
    jsonschema.validate(ended.body, _schema("mail-preview"))
