"""What is decided of one letter is told at once wherever the letter is: no pass of a worker is
waited for, and none runs here.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.support.orchard import Orchard


@pytest.fixture
def orchard(tmp_path: Path) -> Iterator[Orchard]:
    made = Orchard(tmp_path)
    yield made
    made.close()


@pytest.fixture
def number(orchard: Orchard) -> str:
    """A letter that is owed on 4 March and waits for its reader's return on Saturday."""
    orchard.must("person", "away", "bir-1", "--from", "2026-03-02", "--until", "2026-03-06")
    orchard.must("clock", "advance", "P3D")
    listed, _ = orchard.try_("mail", "list", "--state", "owed", "--json")
    (line,) = json.loads(listed.out)["letters"]
    return str(line["number"])


def _due(orchard: Orchard) -> Mapping[str, list[Mapping[str, object]]]:
    told, _ = orchard.try_("mail", "due", "--until", "P14D", "--json")
    found: Mapping[str, list[Mapping[str, object]]] = json.loads(told.out)
    return found


def _lines(orchard: Orchard, number: str) -> list[tuple[str, Mapping[str, object]]]:
    """The lines of `mail due` that are about a letter."""
    found = _due(orchard)
    lists = (("goes", found["letters"]), ("kept", found["withheld"]))
    return [(name, e) for name, rows in lists for e in rows if str(e["number"]) == number]


def test_the_story_of_a_letter_tells_each_decision_with_its_day_reason_and_by_whom(
    orchard: Orchard, number: str
) -> None:
    orchard.must("mail", "hold", number, "--reason", "We ask by phone.")
    orchard.must("mail", "release", number, "--reason", "They were away.")
    orchard.must("mail", "not-before", number, "2026-03-09", "--reason", "A board meets.")
    dated, _ = orchard.try_("mail", "show", number)
    listed, _ = orchard.try_("mail", "list", "--state", "owed")
    orchard.must("mail", "not-to", number, "--reason", "They left.")

    told, _ = orchard.try_("mail", "show", number)

    rows = [line for line in told.out.splitlines() if "(North)" in line]
    words = ["We ask by phone.", "They were away.", "A board meets.", "They left."]
    assert [line.split()[0] for line in rows] == ["held", "released", "not", "not"]
    assert all("2026-03-04" in line for line in rows)
    assert all(f"{why} (North)" in line for why, line in zip(words, rows, strict=True))
    assert "not before 2026-03-09: A board meets." in dated.out
    assert "not before 2026-03-09: A board meets." in listed.out


def test_a_letter_on_hold_is_shown_so_and_without_a_time(orchard: Orchard, number: str) -> None:
    orchard.must("mail", "hold", number, "--reason", "We ask by phone.")

    shown, _ = orchard.try_("mail", "show", number, "--json")
    listed, _ = orchard.try_("mail", "list", "--state", "owed", "--json")

    letter = json.loads(shown.out)["letter"]
    line = next(e for e in json.loads(listed.out)["letters"] if str(e["number"]) == number)
    for each in (letter, line):
        assert (each["state"], each["reason"]) == ("owed", "on hold: We ask by phone.")
        assert each["goes_at"] is None


def test_each_letter_has_one_line_of_what_is_due(orchard: Orchard, number: str) -> None:
    orchard.must("mail", "not-before", number, "2026-03-09", "--reason", "A board meets.")
    ((dated, line),) = _lines(orchard, number)
    shown, _ = orchard.try_("mail", "due", "--until", "P14D")
    orchard.must("mail", "not-before", number, "2026-05-04", "--reason", "A board meets.")
    ((beyond, later),) = _lines(orchard, number)
    orchard.must("mail", "hold", number, "--reason", "We ask by phone.")
    ((held, kept),) = _lines(orchard, number)

    # Midnight where the office is: nobody has hours here.
    assert (dated, str(line["at"])[:16]) == ("goes", "2026-03-08T23:00")
    assert line["put_off"] == "not before 2026-03-09 by North: A board meets."
    assert "put off: not before" in shown.out
    assert (beyond, later["reason"]) == (
        "kept",
        "withheld: not before 2026-05-04 by North: A board meets.",
    )
    assert (held, kept["reason"]) == ("kept", "withheld: held back by North: We ask by phone.")
