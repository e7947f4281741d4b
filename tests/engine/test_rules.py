"""Date rules are read as a facilitator writes them, and what is none says what would be one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import DefinitionError
from engine.time.date_rules import parse_rule, parse_when
from engine.time.spans import Span
from engine.time.windows import Later, When

READ = {
    "T0 + P3M": When("T0", Span(months=3)),
    "T0+P3M": When("T0", Span(months=3)),
    "T0 + P1Y2M": When("T0", Span(months=14)),
    "target - P30D": When("target", Span(days=-30)),
    "visit_1 + P10WD": When("visit_1", Span(working_days=10)),
    "visit_1": When("visit_1"),
    "opens": When("opens"),
    "ends + P1D": When("ends", Span(days=1)),
    "T0 + P0D": When("T0"),
    "P0D": When("entry"),
    "P5D": When("entry", Span(days=5)),
    "+P5D": When("entry", Span(days=5)),
    "P5WD": When("entry", Span(working_days=5)),
}
REFUSED = {
    "": "write such as T0 + P3M",
    "T0 +": "is not a date",
    "T0 + 3M": "is not a date",
    "T0 * P3M": "is not a date",
    "T0 P3M": "is not a date",
    "T0 + -P3M": "is not a date",
    "T0 + P3M + P1D": "is not a date",
    "P3M + T0": "is not a date",
    "two words": "is not a date",
    "T\u043e + P3M": "is not a date",
    "a" * 500: "is not a date",
    "T0 + P3": "write such as P3M",
    "T0 + P200Y": "a hundred years",
    "T0 + P1D5WD": "working days stand alone",
    "P3": "write such as P3M",
    "PT5H": "it counts no hours or minutes",
    "P1.5M": "it has no fractions",
    "-P5D": "name the anchor, such as target - P5D",
}
REFUSED_VALUES: tuple[tuple[object, str], ...] = (
    (3, "an anchor and a span"),
    (None, "an anchor and a span"),
    (["T0", "visit"], "an anchor and a span"),
    ({}, "later_of"),
    ({"later": ["T0", "visit"]}, "later_of"),
    ({"later_of": ["T0", "visit"], "earlier_of": []}, "later_of"),
    ({"later_of": "T0"}, "a list of two dates or more"),
    ({"later_of": ["T0"]}, "a list of two dates or more"),
    ({"later_of": ["T0", {"later_of": ["T0", "visit"]}]}, "an anchor and a span"),
    ({"later_of": ["T0", "visit + 3M"]}, "is not a date"),
)


@pytest.mark.parametrize(("written", "meant"), READ.items())
def test_a_date_hangs_on_an_anchor_or_on_the_entry_of_the_state(written: str, meant: When) -> None:
    assert parse_rule(written) == meant
    assert parse_when(f"  {written} ") == meant


def test_the_later_of_several_dates_is_a_rule_too() -> None:
    rule = parse_rule({"later_of": ["T0 + P12M", "visit_1 + P8M", "P1D"]})

    assert rule == Later(
        (When("T0", Span(months=12)), When("visit_1", Span(months=8)), When("entry", Span(days=1)))
    )


@pytest.mark.parametrize(("written", "reason"), REFUSED.items())
def test_what_is_no_date_says_what_would_be_one(written: str, reason: str) -> None:
    with pytest.raises(DefinitionError) as refusal:
        parse_rule(written)

    assert reason in str(refusal.value)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(("written", "reason"), REFUSED_VALUES)
def test_only_text_and_later_of_are_dates(written: object, reason: str) -> None:
    with pytest.raises(DefinitionError, match=reason):
        parse_rule(written)


@given(
    st.from_regex(r"[A-OQ-Za-z][A-Za-z0-9_]{0,20}", fullmatch=True),
    st.builds(Span, months=st.integers(-99, 99)) | st.builds(Span, days=st.integers(-99, 99)),
)
def test_every_anchor_takes_every_span(anchor: str, span: Span) -> None:
    sign, length = ("-", str(span)[1:]) if str(span).startswith("-") else ("+", str(span))

    assert parse_rule(f"{anchor} {sign} {length}") == When(anchor, span)


@given(st.text())
def test_any_other_text_is_refused_in_words(text: str) -> None:
    try:
        said = repr(parse_rule(text))
    except DefinitionError as refusal:
        said = str(refusal)

    assert said.isprintable()
