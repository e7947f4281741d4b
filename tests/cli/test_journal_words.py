"""The journal says what was filed, signed, moved: before and after, by whom and for whom."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from tests.support.orchard import Orchard

NOTE = ("pair", "record", "VIE-BIR", "note")
AGREED = ("--next-step", "A call.", "--review-on", "2026-04-01")
HEARD = ("--for", "vie-1", "--heard", "paper")


@pytest.fixture
def orchard(tmp_path: Path) -> Iterator[Orchard]:
    with closing(Orchard(tmp_path)) as made:
        made.must(*NOTE, "--set", "summary=fine", "--set", "count=3")
        made.must(*NOTE, "--set", "summary=better", "--add", "parts", "title=roots")
        made.must("pair", "record", "VIE-BIR", "agreement", "--set", "text=agreed")
        side = ("--side", "coordinator", "--person", "Head", "--on", "2026-03-01")
        made.must("pair", "sign", "VIE-BIR", "agreement", *side, *HEARD)
        made.must("pair", "move", "VIE-BIR", "planted", "2026-05-01", "--reason", "late")
        yield made


def _entries(orchard: Orchard, *words: str) -> list[Mapping[str, object]]:
    ended, _ = orchard.try_("pair", "journal", "VIE-BIR", "--json", *words)
    assert ended.code == 0, ended
    return cast("list[Mapping[str, object]]", ended.body["entries"])


def _of(entries: list[Mapping[str, object]], kind: str) -> list[Mapping[str, object]]:
    return [each for each in entries if each["kind"] == kind]


def _changes(entry: Mapping[str, object]) -> list[tuple[object, object, object]]:
    changes = cast("list[Mapping[str, object]]", entry["changes"])
    return [(each["what"], each["before"], each["after"]) for each in changes]


def test_what_was_filed_stands_field_by_field_with_what_stood_before(orchard: Orchard) -> None:
    first, second, _ = _of(_entries(orchard), "filed")

    assert first["title"] == "Note"
    assert _changes(first) == [("note 1: summary", None, "fine"), ("note 1: count", None, 3)]
    assert _changes(second) == [
        ("note 2: summary", "fine", "better"),
        ("note 2: parts", None, [{"title": "roots"}]),
    ]


def test_the_first_entry_says_nothing_of_facts_that_nobody_has_said(orchard: Orchard) -> None:
    said = [what for what, _, _ in _changes(_entries(orchard)[0])]

    assert said == ["planted, baseline", "planted, forecast"]


def test_a_signature_says_who_signed_for_which_side_and_who_told_it(orchard: Orchard) -> None:
    signed = _of(_entries(orchard), "signed")[0]

    assert _changes(signed) == [
        ("agreement 1: signed for coordinator (VIE)", None, "Head, 2026-03-01")
    ]
    assert signed["heard"] == ["vie-1", "paper"]


def test_a_moved_date_says_from_where_to_where(orchard: Orchard) -> None:
    moved = _of(_entries(orchard), "moved")[0]

    assert ("planted, forecast", "2026-04-01", "2026-05-01") in _changes(moved)
    assert (moved["title"], moved["note"]) == ("Planted", "late")


def test_a_later_page_knows_what_stood_before_it(orchard: Orchard) -> None:
    every = _entries(orchard)

    assert _entries(orchard, "--after", "2") == every[2:]
    assert _entries(orchard, "--after", "2", "--limit", "1") == every[2:3]


def test_a_person_reads_it_in_words(orchard: Orchard) -> None:
    shown = orchard.try_("pair", "journal", "VIE-BIR")[0].out

    assert "note 2: summary: fine → better" in shown
    assert "planted, forecast:" in shown


def test_a_person_reads_the_facts_of_a_flag_in_words(orchard: Orchard) -> None:
    flag = "VIE-BIR/red_flag-1"
    orchard.must("flag", "acknowledge", flag, *AGREED, "--owner", "north")

    shown = orchard.try_("pair", "journal", flag)[0].out

    assert "reasons: seen (amber)" in shown
    assert "next step: A call." in shown
    assert "review on: 2026-04-01" in shown
    assert "next_step" not in shown


def test_whoever_acknowledges_a_flag_takes_it_if_they_name_nobody(orchard: Orchard) -> None:
    orchard.must("flag", "acknowledge", "VIE-BIR/red_flag-1", *AGREED, "--by", "north")

    listed = orchard.try_("flag", "list", "--json")[0]
    assert '"owner": "north"' in listed.out
