"""A record is changed field by field and row by row; what is not named stays as it is in force."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from tests.support.commands import is_clear
from tests.support.orchard import Orchard

NOTE = ("pair", "record", "VIE-BIR", "note")


@pytest.fixture
def orchard(tmp_path: Path) -> Iterator[Orchard]:
    with closing(Orchard(tmp_path)) as made:
        made.must(*NOTE, "--set", "summary=fine", "--set", "count=3", "--set", "words=a")
        yield made


def _content(orchard: Orchard, *words: str) -> Mapping[str, object]:
    ended, wrote = orchard.try_(*NOTE, "--show", *words, "--json")
    assert ended.code == 0, ended
    assert not wrote
    return cast("Mapping[str, object]", ended.body["content"])


def test_a_field_is_changed_and_the_others_stay(orchard: Orchard) -> None:
    orchard.must(*NOTE, "--set", "summary=better")

    assert _content(orchard) == {"summary": "better", "count": 3, "words": ["a"]}
    assert _content(orchard, "--version", "1")["summary"] == "fine"


def test_a_field_is_cleared(orchard: Orchard) -> None:
    orchard.must(*NOTE, "--clear", "count")

    assert _content(orchard) == {"summary": "fine", "words": ["a"]}


def test_rows_are_added_changed_and_removed_one_at_a_time(orchard: Orchard) -> None:
    orchard.must(*NOTE, "--add", "parts", "title=the roots", "--add", "parts", "title=bark")
    orchard.must(*NOTE, "--add", "parts", "title=leaves", "--add", "words=b")
    orchard.must(*NOTE, "--row", "parts:2", "title=the bark", "--remove", "parts:1")

    parts = [{"title": "the bark"}, {"title": "leaves"}]
    assert _content(orchard) == {"summary": "fine", "count": 3, "words": ["a", "b"], "parts": parts}


def test_a_repeated_call_with_one_request_key_adds_a_row_once(orchard: Orchard) -> None:
    for _ in range(2):
        orchard.must(*NOTE, "--add", "parts", "title=roots", "--request-key", "k-1")

    assert _content(orchard)["parts"] == [{"title": "roots"}]


def test_versions_are_compared_in_words(orchard: Orchard) -> None:
    orchard.must(*NOTE, "--set", "summary=better", "--add", "parts", "title=roots")
    orchard.must(*NOTE, "--row", "parts:1", "title=bark")

    last, _ = orchard.try_(*NOTE, "--diff", "--json")
    all_, _ = orchard.try_(*NOTE, "--diff", "1:3", "--json")
    shown, _ = orchard.try_(*NOTE, "--diff", "2")

    assert last.body["changes"] == [{"field": "parts.1.title", "before": "roots", "after": "bark"}]
    assert [each["field"] for each in cast("list[dict[str, object]]", all_.body["changes"])] == [
        "summary",
        "parts",
    ]
    assert "parts.1.title   roots    bark" in shown.out


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("--row parts:1 title=x", 1, "parts: there is no row 1"),
        ("--row parts title=x", 2, 'which row of "parts"? Write parts:1 for the first'),
        ("--row words:1 title=x", 2, "words holds texts"),
        ("--remove words:2", 1, "There is row 1 only."),
        ("--remove words:1 --remove words:1", 1, "row 1 is named twice"),
        ("--clear good", 1, "good: there is nothing to clear"),
        ("--clear goood", 2, 'did you mean "good"?'),
        ("--add part title=x", 2, 'did you mean "parts"?'),
        ("--add parts titel=x", 2, '"titel" is not a field of parts: known are title'),
        ("--add parts", 2, "say what stands in the row"),
        ("--add parts title=x --set parts=[]", 2, "parts is given whole and changed as well"),
        ("--show --set summary=x", 2, "say what changes"),
        ("--version 2", 2, "it goes with --show"),
        ("--show --version 9", 3, "there is no version 9: there are 1"),
        ("--diff 3-4", 2, "names no versions"),
        ("", 2, "say what changes"),
    ],
)
def test_what_cannot_be_changed_is_refused_with_the_remedy(
    orchard: Orchard, line: str, code: int, said: str
) -> None:
    ended, wrote = orchard.try_(*NOTE, *line.split())

    assert ended.code == code, ended
    assert said.lower() in ended.err.lower()
    assert code == 1 or is_clear(ended, [code])
    assert not wrote


def test_a_choice_is_taken_whatever_its_capitals_and_the_nearest_is_offered(
    orchard: Orchard,
) -> None:
    contact = ("pair", "record", "VIE-BIR", "contact", "--set", "on=2026-03-01")
    orchard.must(*contact, "--set", "summary=s", "--set", "kind= Call")

    ended, _ = orchard.try_(*contact, "--set", "summary=s", "--set", "kind=mial")

    assert ended.code == 2
    assert 'kind: "mial" is none of its words: did you mean "mail"?' in ended.err
    assert '"kind": "call"' in orchard.try_("pair", "record", "VIE-BIR", "contact", "--show")[0].out
