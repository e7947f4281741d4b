"""Whatever is unsafe or surprising in YAML is refused, with its place and a remedy."""

import re
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workflows.yaml.reading import DefinitionSyntaxError, Located, read

PLACED = re.compile(r"pairing\.yaml:[1-9][0-9]*:[1-9][0-9]*: .+: .+", re.DOTALL)

# Where a value goes: as the value of a key, in lists of both styles, inside a flow mapping.
SPOTS = ("key: {}\n", "- {}\n", "key: [one, {}]\n", "key: {{inner: {}}}\n")
SURPRISING_WORDS = (
    *("yes", "no", "on", "off", "Yes", "No", "On", "Off", "YES", "NO", "ON", "OFF"),
    *("True", "False", "TRUE", "FALSE", "Null", "NULL", "~"),
    *("12:30:45", "12:30", "1:00", "-1:30", "190:20:30.15"),
    *("014", "0o14", "00", "-07", "0x1F", "0XFF", "0b101", "08", "-0"),
    *(".inf", "-.inf", "+.INF", ".nan", ".NaN", "1_000", "1_0.5", "+5", "+0.5"),
    *(".5", "5.", "1e3", "1.5E-3", "00.5", "1" * 19, "9" * 5_000, "0." + "1" * 30),
)
SURPRISING_FORMS = (
    *("&a one", "*a", "!!str one", "!local one", "!<tag:yaml.org,2002:str> one", "! one"),
    *("!!python/object/apply:os.system [id]", "!!binary aGk=", "&a [one]", "@here", "`here`"),
    *('"a\\0b"', '"\\uD800"', '"\\x1b[31m"', '"\\UFFFFFFFF"', '"\\q"', "'open", '"open', "a\tb"),
)
BROKEN_FILES = (
    *(
        "",
        "   \n",
        "# only a comment\n",
        "null\n",
        "word\n",
        "'quoted'\n",
        "12\n",
        "---\n",
        "...\n",
    ),
    *("a: 1\n---\nb: 2\n", "--- {}\n--- {}\n", "a: 1\n...\nb: 2\n", "%YAML 1.1\n---\na: 1\n"),
    *("%TAG ! tag:x,2026:\n---\na: 1\n", f"%YAML 1.{'9' * 5000}\n---\na: 1\n", "a: %x\n"),
    *("<<: {a: 1}\n", "base: &b {a: 1}\nc:\n  <<: *b\n", "a: {'<<': {b: 1}}\n", "? [a]\n: 1\n"),
    *("? {a: b}\n: 1\n", "1: a\n", "1.5: a\n", "true: a\n", "null: a\n", ": a\n", "no: Norway\n"),
    *("on: push\n", "{[a]: b}\n", "{1: b}\n", "2026: {a: b}\n", "a: 1\na: 2\n", "a: 1\n'a': 2\n"),
    *("{a: 1, a: 2}\n", '{"a": 1, "\\x61": 2}\n', "a:\n  b: 1\n  c: 2\n  b: 3\n", "- {x: , x: }\n"),
    *("\ta: 1\n", "a:\n\tb: 1\n", "a: 1\t\n", "# a\tb\n", "a: 1\tb\n", "- 'a\tb'\n", "a:\t1\n"),
    *("a: 1\n\ufeffb: 2\n", "a: \ufeff\n", "a: b\x00\n", "a: \x07\n", "a: \x1b[0m\n", "a: \x7f\n"),
    *("a: \x85b\n", "a: \u2028b\n", "a: \u202eb\n", "a: \u2066b\n", "a: \ud800\n", "a: \uffff\n"),
    *("a: 1\rb: 2\r", "a: b: c\n", "a: [1, 2\n", "a: {b: 1\n", "a: ]\n", "a: }\n", "a: [1}\n"),
    *(
        "a: 1\n  b: 2\n",
        "a:\n  b: 1\n c: 2\n",
        "- a\nb: 1\n",
        "a: 1\n- b\n",
        "a: - b\n",
        "a\nb: 1\n",
    ),
    *(
        "a: 'x\n",
        'a: "x\n',
        "a: 'x' y\n",
        "a: |x\n  b\n",
        "a: >99\n  b\n",
        "a: [,]\n",
        "a: b]: {\n",
    ),
    *(
        "a: " + "[" * 40 + "]" * 40,
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
    ),
    *("? " * 50_000, "\n".join(" " * depth + "a:" for depth in range(60)), "[" * 100_000 + "]"),
    *("- a\n" * 20_001, "a: [" + "1," * 20_001 + "]", "a: " + "x" * 1_000_000, "#" * 20_000_000),
    "\n".join(f"k{number}: 1" for number in range(10_001)),
)
BROKEN_BYTES = (
    *(text.encode(code) for text in ("a: 1\n",) for code in ("utf-16", "utf-32")),
    *("a: 1\n".encode(code) for code in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")),
    *(
        b"a: \xff\n",
        b"a: caf\xe9\n",
        b"a: \xc0\x80\n",
        b"a: \xed\xa0\x80\n",
        b"a: \xf4\x90\x80\x80",
    ),
    *(
        b"\x80",
        b"a: \xe2\x82",
        b"\x00",
        b"PK\x03\x04",
        b"%PDF-1.7\n",
        b"\x1f\x8b\x08",
        b" " * 20**6,
    ),
)
BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}, *{old}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize("spot", SPOTS)
@pytest.mark.parametrize("word", SURPRISING_WORDS, ids=lambda word: word[:20])
def test_a_word_that_readers_of_yaml_disagree_about_is_refused(word: str, spot: str) -> None:
    _assert_refused(spot.format(word))


@pytest.mark.parametrize("spot", SPOTS)
@pytest.mark.parametrize("form", SURPRISING_FORMS, ids=ascii)
def test_an_unsafe_form_of_a_value_is_refused(form: str, spot: str) -> None:
    _assert_refused(spot.format(form))


@pytest.mark.parametrize("number", range(len(BROKEN_FILES)))
def test_a_broken_file_is_refused(number: int) -> None:
    _assert_refused(BROKEN_FILES[number])


@pytest.mark.parametrize("content", BROKEN_BYTES, ids=lambda content: ascii(content[:12]))
def test_bytes_that_are_not_plain_utf_8_text_are_refused(content: bytes) -> None:
    _assert_refused(content)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a: 1\nb:\n  c: yes\n",
            ":3:6: yes can be read in more than one way: write true, or quote it",
        ),
        ("a: 1\nb: 2\na: 3\n", ':3:1: "a" is already written in line 1: keep one of the two'),
        ("a: 1\nbc:\td\n", ":2:4: this is a tab: write spaces (inside double quotes, write \\t)"),
        ("a: 'x\nb: 1\n", ":1:4: this quote is never closed: close it"),
        ("a: x\nb: c: d\n", ":2:5: this colon is out of place: indent the line, or quote"),
        ("a: x\nb: *c\n", ":2:4: aliases are not used: write the value out"),
    ],
)
def test_the_message_names_line_column_and_remedy(text: str, message: str) -> None:
    with pytest.raises(DefinitionSyntaxError) as refused:
        read(text, "pairing.yaml")

    assert str(refused.value) == f"pairing.yaml{message}"


def test_an_alias_bomb_costs_no_memory() -> None:
    tracemalloc.start()

    _assert_refused(BOMB)

    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


@given(st.text("ab:-? \n[]{},#&*!|>'\"%@`\\0x<~.\t\r\x00", max_size=40) | st.text() | st.binary())
@example("? - a\n  - b\n: c")
def test_any_text_is_read_or_refused_with_a_place(text: str | bytes) -> None:
    outcome = _outcome(text)

    assert isinstance(outcome, Located) or PLACED.fullmatch(outcome)


def _assert_refused(content: str | bytes) -> None:
    with pytest.raises(DefinitionSyntaxError) as refused:
        read(content, "pairing.yaml")
    assert PLACED.fullmatch(str(refused.value))
    assert len(str(refused.value)) < 250


def _outcome(content: str | bytes) -> Located | str:
    try:
        return read(content, "pairing.yaml")
    except DefinitionSyntaxError as refused:
        return str(refused)
