"""Definitions are read as strict YAML, and every value and key knows where it was written."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import DefinitionError
from engine.places import Place
from workflows.yaml.reading import DefinitionSyntaxError, Plain, complaint, read, read_file

ACCEPTED: tuple[tuple[str, Plain], ...] = (
    ("a: 1", {"a": 1}),
    ("a: -12", {"a": -12}),
    ("a: 0", {"a": 0}),
    ("a: 2026.5", {"a": 2026.5}),
    ("a: -0.25", {"a": -0.25}),
    ("a: true", {"a": True}),
    ("a: false", {"a": False}),
    ("a: null", {"a": None}),
    ("a:", {"a": None}),
    ("a: ''", {"a": ""}),
    ("a: 'yes'", {"a": "yes"}),
    ('a: "012"', {"a": "012"}),
    ("a: '12:30:45'", {"a": "12:30:45"}),
    ("'no': Norway", {"no": "Norway"}),
    ("'1': one", {"1": "one"}),
    ("a: 2026-04-01", {"a": "2026-04-01"}),
    ("a: 2026-04-01T12:30:45Z", {"a": "2026-04-01T12:30:45Z"}),
    ("a: P3M", {"a": "P3M"}),
    ("a: T0 + P3M", {"a": "T0 + P3M"}),
    ("a: -P30D", {"a": "-P30D"}),
    ("a: +P30D", {"a": "+P30D"}),
    ("a: 1.2.3", {"a": "1.2.3"}),
    ("a: 3rd", {"a": "3rd"}),
    ("a: notes", {"a": "notes"}),
    ("a: C#", {"a": "C#"}),
    ("a: one # two", {"a": "one"}),
    ("a: \u0661\u0662", {"a": "\u0661\u0662"}),
    ("a: žluťoučký 🦊", {"a": "žluťoučký 🦊"}),
    ('a: "x\\ty\\n"', {"a": "x\ty\n"}),
    ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
    ("a: >-\n  one\n  two\n", {"a": "one two"}),
    ("a: one\n  two", {"a": "one two"}),
    ("---\na: 1\n...\n", {"a": 1}),
    ("a: 1\r\nb: 2\r\n", {"a": 1, "b": 2}),
    ("\ufeffa: 1\r\n", {"a": 1}),
    ("a: []\nb: {}", {"a": [], "b": {}}),
    ("- {a: [1, {b: c}]}", [{"a": [1, {"b": "c"}]}]),
    ("a:\n- 1\n-\n  - 2", {"a": [1, [2]]}),
    ("? a\n: b", {"a": "b"}),
    ("{a, b: 1}", {"a": None, "b": 1}),
)


@pytest.mark.parametrize(("text", "content"), ACCEPTED, ids=lambda case: ascii(case)[:40])
def test_plain_and_quoted_values_mean_what_they_seem_to_mean(text: str, content: Plain) -> None:
    assert _typed(read(text, "pairing.yaml").content) == _typed(content)
    assert _typed(read(text.encode(), "pairing.yaml").content) == _typed(content)


def test_as_much_as_the_bounds_allow_is_read() -> None:
    deep = read("[" * 40 + "]" * 40, "pairing.yaml")
    wide = read("- a\n" * 19_999, "pairing.yaml")
    large = read("a: " + "x" * 999_990, "pairing.yaml")

    assert (0,) * 39 in deep.places
    assert isinstance(wide.content, list)
    assert len(wide.content) == 19_999
    assert isinstance(large.content, dict)


def test_every_value_and_key_knows_its_place() -> None:
    document = read("a: 1\nstates:\n  open: {title: Open}\n  'shut':\n    - x\n    - y\n", "p.yaml")

    assert document.place(("states", "open", "title")) == Place("p.yaml", 3, 17)
    assert document.key_place(("states", "open", "title")) == Place("p.yaml", 3, 10)
    assert str(document.place(("states", "shut", 1))) == "p.yaml:6:7"
    assert str(document.key_place(("states", "shut"))) == "p.yaml:4:3"
    assert document.place(()) == Place("p.yaml", 1, 1)


def test_what_the_file_does_not_hold_is_looked_for_at_its_nearest_ancestor() -> None:
    document = read("a:\n  b: 1\n", "p.yaml")

    assert str(document.place(("a", "b", "c", 0))) == "p.yaml:2:6"
    assert str(document.key_place(("a", "x"))) == "p.yaml:1:1"
    error = complaint(document, ("a", "x"), "there is no x: add it")
    assert type(error) is DefinitionError
    assert str(error) == "p.yaml:2:3: there is no x: add it"


def test_a_file_is_read_from_disk_or_refused_by_name(tmp_path: Path) -> None:
    good, large = tmp_path / "good.yaml", tmp_path / "large.yaml"
    good.write_text(f"a: {'ž' * 40_000}\n", encoding="utf-8")
    large.write_bytes(b"#" * 3_000_000)

    assert read_file(good).content == {"a": "ž" * 40_000}
    for path in (large, tmp_path, tmp_path / "none.yaml", tmp_path / ("x" * 300), tmp_path / "\0"):
        with pytest.raises(DefinitionSyntaxError, match=":1:1: "):
            read_file(path)


SCALARS = (
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text("ab :#-'\"é[{,", max_size=8)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc ", max_size=4), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abcé", max_size=4), VALUES))
def test_what_is_written_as_json_or_yaml_is_read_back(content: dict[str, Plain]) -> None:
    quoted = yaml.safe_dump(content, default_style='"', allow_unicode=True, sort_keys=False)

    assert _typed(read(json.dumps(content), "pairing.yaml").content) == _typed(content)
    # PyYAML tags quoted numbers, so only files without them can be strict.
    if "!!" not in quoted:
        assert _typed(read(quoted, "pairing.yaml").content) == _typed(content)


def _typed(content: Plain) -> str:
    # In Python 1 == True == 1.0, in a definition they are three things.
    return repr(content)
