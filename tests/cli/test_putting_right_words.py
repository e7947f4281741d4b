"""What was put right is told wherever somebody looks: in the pair, its records, its journal."""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from tests.support.orchard import Orchard

NOTE = ("pair", "record", "VIE-BIR", "note")


@pytest.fixture
def orchard(tmp_path: Path) -> Iterator[Orchard]:
    with closing(Orchard(tmp_path)) as made:
        made.must(*NOTE, "--set", "summary=fine", "--set", "count=3")
        yield made


def _told(orchard: Orchard, *words: str) -> Mapping[str, object]:
    ended, wrote = orchard.try_(*words, "--json")
    assert ended.code == 0, ended
    assert not wrote
    return ended.body


def _pair(orchard: Orchard) -> Mapping[str, object]:
    return cast("Mapping[str, object]", _told(orchard, "pair", "show", "VIE-BIR")["pair"])


def test_a_void_version_stands_apart_with_the_reason_and_its_number_is_given_to_no_other(
    orchard: Orchard,
) -> None:
    orchard.must(*NOTE, "--set", "count=4")
    for number, stands in ((1, "version 2"), (2, "no version")):
        version = ("--version", str(number), "--reason", "of another pair")
        ended, _ = orchard.try_("pair", "void", "VIE-BIR", "note", *version)
        assert f"in force now: {stands} of note" in ended.out
    orchard.must(*NOTE, "--set", "summary=right")

    pair = _pair(orchard)
    void = cast("list[Mapping[str, object]]", pair["void"])
    assert [(each["record"], each["version"], each["why"]) for each in void] == [
        ("note", 1, "of another pair"),
        ("note", 2, "of another pair"),
    ]
    records = cast("list[Mapping[str, object]]", pair["records"])
    assert [(each["record"], each["version"]) for each in records] == [("note", 3)]
    assert "Records that count for nothing" in orchard.try_("pair", "show", "VIE-BIR")[0].out
    assert "void: of another pair" in orchard.try_(*NOTE, "--show")[0].out


def test_a_corrected_version_says_what_it_corrects_and_why(orchard: Orchard) -> None:
    orchard.must("pair", "correct", "VIE-BIR", "note", "--set", "count=4", "--reason", "miscounted")

    shown = _told(orchard, *NOTE, "--show")
    versions = cast("list[Mapping[str, object]]", shown["versions"])
    assert shown["content"] == {"summary": "fine", "count": 4}
    assert [(v["number"], v["void"], v["corrects"], v["reason"]) for v in versions] == [
        (1, "miscounted", None, ""),
        (2, "", 1, "miscounted"),
    ]
    differs = _told(orchard, *NOTE, "--diff")
    assert differs["changes"] == [{"field": "count", "before": 3, "after": 4}]


def test_the_journal_says_what_was_undone_and_what_stands_again(orchard: Orchard) -> None:
    orchard.must("pair", "move", "VIE-BIR", "planted", "2026-05-01", "--reason", "late")
    orchard.must("pair", "undo", "VIE-BIR", "--reason", "not so late")

    entries = cast(
        "list[Mapping[str, object]]", _told(orchard, "pair", "journal", "VIE-BIR")["entries"]
    )
    undone = next(each for each in entries if each["kind"] == "undone")
    changes = cast("list[Mapping[str, object]]", undone["changes"])
    assert (undone["what"], undone["note"], undone["by"]) == ("planted", "not so late", "north")
    assert {"what": "planted, forecast", "before": "2026-05-01", "after": "2026-04-01"} in changes


def test_a_flag_that_was_raised_by_mistake_is_in_no_list(orchard: Orchard) -> None:
    orchard.must("flag", "raise", "VIE-BIR", "F-2", "--reason", "seen")
    orchard.must("pair", "undo", "VIE-BIR", "--reason", "not seen")

    flags = cast("list[Mapping[str, object]]", _told(orchard, "flag", "list", "--all")["flags"])
    assert [each["flag"] for each in flags] == ["F-1"]
    orchard.must("flag", "raise", "VIE-BIR", "F-2", "--reason", "seen now")
    orchard.must("verify")


def test_a_letter_that_is_withdrawn_can_be_listed(orchard: Orchard) -> None:
    orchard.must("clock", "advance", "P8D")
    before = cast("list[object]", _told(orchard, "mail", "list", "--state", "withdrawn")["letters"])

    assert before == []


def test_nothing_is_undone_where_nothing_was_done(orchard: Orchard) -> None:
    orchard.must("pair", "undo", "VIE-BIR", "--reason", "r")
    orchard.must("pair", "undo", "VIE-BIR", "--reason", "r")

    ended, wrote = orchard.try_("pair", "undo", "VIE-BIR", "--reason", "r")

    assert ended.code == 1
    assert "nothing was done that can be taken back" in ended.err.lower()
    assert not wrote


def test_a_record_of_another_name_is_not_found_and_the_nearest_is_named(orchard: Orchard) -> None:
    ended, _ = orchard.try_("pair", "void", "VIE-BIR", "notes", "--reason", "r")

    assert ended.code == 3
    assert 'did you mean "note"?' in ended.err


def test_where_no_version_counts_the_command_is_named_that_files_one(orchard: Orchard) -> None:
    orchard.must("pair", "void", "VIE-BIR", "note", "--reason", "of another pair")

    words = ("VIE-BIR", "note", "--reason", "wrong")
    none = [
        orchard.try_("pair", "void", *words)[0].err,
        orchard.try_("pair", "correct", *words, "--set", "count=4")[0].err,
    ]
    orchard.must(*NOTE, "--set", "summary=right")
    other = orchard.try_("pair", "void", *words, "--version", "9")[0].err

    assert all("File it: pairing pair fill VIE-BIR note." in each for each in none)
    assert "In force and before it: 2. All there are: pairing pair record VIE-BIR note" in other


def test_a_dry_run_names_a_record_as_its_own_case_calls_it(orchard: Orchard) -> None:
    tried = orchard.try_("pair", "void", "VIE-BIR", "note", "--reason", "wrong", "--dry-run")[0]

    assert re.search("VIE-BIR +void +note +version 1\n", tried.out)  # as a check-in has one too
