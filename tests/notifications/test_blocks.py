"""Addresses stand alone in a letter, and both its forms are made of the same blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.blocks import EDGE, Kind, blocks_of, laid_out, months
from notifications.wrapping import WIDTH, plain, wrapped

PAGE = "https://pairing.example.org/a/" + "k" * 90
BRACKET = "https://en.example.org/Tumour_(board)"


@pytest.mark.parametrize(
    ("sentence", "lines"),
    [
        (f"Answer here: {PAGE}.", ["Answer here:", PAGE]),
        (f"Answer here ({PAGE}), please.", ["Answer here", PAGE, "please."]),
        (f"Answer (the page is {PAGE}) soon.", ["Answer (the page is", PAGE, ") soon."]),
        (f"Text <{PAGE}>!", ["Text", PAGE]),
        (f"“{PAGE}”", [PAGE]),
        (f"See {BRACKET}.", ["See", BRACKET]),
        (f"See ({BRACKET}).", ["See", BRACKET]),
        (f"One {PAGE}, two {BRACKET}", ["One", PAGE, "two", BRACKET]),
        (f"{PAGE}?a=b&c=d", [f"{PAGE}?a=b&c=d"]),
        (f"- to join: {PAGE} (until Monday)", ["- to join:", f"  {PAGE}", "  (until Monday)"]),
    ],
)
def test_an_address_stands_alone_whole_and_without_the_marks_around_it(
    sentence: str, lines: list[str]
) -> None:
    assert wrapped(sentence).splitlines() == lines


def test_a_command_is_never_folded() -> None:
    command = "`pairing pair substitute P-01 coordinator_main --instead-of lena --new maria`"

    lines = wrapped(f"- Name another person with {command}, if that suits the centre.").splitlines()

    assert lines == [
        "- Name another person with",
        f"  {command},",
        "  if that suits the centre.",
    ]


@given(
    st.sampled_from(["", "Answer here: ", "Answer (", "«", "- join: "]),
    st.text("abcXYZ019-_", min_size=1, max_size=150),
    st.text(")].,;:!?»”>", max_size=4),
    st.sampled_from(["", " and more words of it", " " + "word " * 30]),
)
def test_whatever_stands_around_it_a_link_is_read_as_it_was_written(
    before: str, token: str, marks: str, after: str
) -> None:
    link = f"https://pairing.example.org/a/{token}"

    lines = [line.strip() for line in wrapped(f"{before}{link}{marks}{after}").splitlines()]

    assert link in lines


def test_each_kind_of_line_is_known_by_its_mark() -> None:
    text = "One\ntwo\n\n# Three\n- four\n- five\n2. six\nhttps://a.example.org\n[7/18]\n----"

    assert [(block.kind, block.lines) for block in blocks_of(text)] == [
        (Kind.PARAGRAPH, ("One", "two")),
        (Kind.HEADING, ("Three",)),
        (Kind.ITEMS, ("four", "five")),
        (Kind.NUMBERED, ("six",)),
        (Kind.LINK, ("https://a.example.org",)),
        (Kind.MONTHS, ("[7/18]",)),
        (Kind.RULE, ("----",)),
    ]
    assert months(blocks_of("[7/18]")[0]) == (7, 18)


def test_the_text_has_its_headings_in_capitals_and_no_cells() -> None:
    assert wrapped("One.\n\n# Die Straße\n\n[7/18]\nMonth 7.\n") == (
        "One.\n\nDIE STRASSE\n\nMonth 7.\n"
    )


def test_a_letter_lies_in_its_frame_with_the_gaps_that_were_left() -> None:
    laid = laid_out(f"Orchards\n\n{EDGE}\nTold: nobody.", "Please.\n\n- pick\n- eat")

    assert plain(laid.blocks) == "Orchards\n\nPlease.\n\n- pick\n- eat\nTold: nobody.\n"
    assert [len(part) for part in (laid.head, laid.body, laid.foot)] == [1, 2, 1]
    assert [block.is_apart for block in laid.blocks] == [False, True, True, False]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=300))
def test_no_line_is_longer_than_a_line_but_by_one_word(text: str) -> None:
    for line in wrapped(text).splitlines():
        assert len(line) <= WIDTH or len(line.strip().lstrip("-0123456789.) ").split()) <= 1
