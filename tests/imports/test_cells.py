"""A cell is taken for what it says, or refused with what would be right."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.literals import number, whole_number, yes_no
from imports.cells import Column, Value, day, guard, parse, unguard

TEXT = None  # a column that nothing is said of
Read = Callable[[str], Value] | None
SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("x")',
    "=cmd|' /C calc'!A0",
    "-",
    "@",
    "\t=1",
)

READ: tuple[tuple[Read, str, Value], ...] = (
    (day, "2026-04-01", date(2026, 4, 1)),
    (day, " 2028-02-29 ", date(2028, 2, 29)),
    *((day, text, date(2026, 4, 1)) for text in ("01.04.2026", "2026/04/01", "1 April 2026")),
    (day, "1900-01-01", date(1900, 1, 1)),
    (day, "2199-12-31", date(2199, 12, 31)),
    (whole_number, "0", 0),
    (whole_number, "-12", -12),
    (whole_number, "'-12", -12),
    (whole_number, "9" * 18, 10**18 - 1),
    (number, "3.50", 3.5),
    (number, "-0.25", -0.25),
    (number, "3,5", 3.5),
    (number, "7", 7),
    (yes_no, "yes", True),
    (yes_no, "TRUE", True),
    (yes_no, "No", False),
    (yes_no, " false ", False),
    (TEXT, " kept, \t as it is ", " kept, \t as it is "),
    (TEXT, "two\nlines", "two\nlines"),
    (TEXT, "'quoted'", "'quoted'"),
    (TEXT, "O'Neil", "O'Neil"),
)
REFUSED: tuple[tuple[Read, str, str], ...] = (
    *(
        (day, text, ", 3 Nov 2026 or 3.11.2026")
        for text in (
            "04/01/26",
            "20260401",
            "April 2026",
            "2026-04",
            "2026",
            "26-04-01",
            "2026-04-01T00:00",
            "2026-04-01 00:00:00",
            "0",
            "-5",
            "999999",
            "2026-W14-3",
            "\u0662\u0660\u0662\u0666-04-01",
            "today",
            "2026-04-01Z",
        )
    ),
    (day, "1/4/2026", "could be Wednesday 1 April 2026 or Sunday 4 January 2026"),
    (day, "1 Apr", "has no year: write it like 2026-11-03"),
    *(
        (day, text, "is no day of the calendar: correct month and day")
        for text in (
            "2027-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "0000-01-01",
            "2026-01-00",
        )
    ),
    *(
        (day, text, "is not between 1900 and 2199: correct the year")
        for text in (
            "0001-01-01",
            "9999-12-31",
            "1899-12-31",
            "0206-04-01",
            "2200-01-01",
        )
    ),
    (
        day,
        "46113",
        "Excel serial date (2026-04-01, or 2030-04-02 in a sheet that counts from",
    ),
    (day, "46113.5", "format the column as year-month-day before saving"),
    (day, "44651,0", "Excel serial date (2022-03-31"),
    *(
        (whole_number, text, "is not a whole number: write digits only, like 12")
        for text in (
            "12.0",
            "1,000",
            "1 000",
            "1e3",
            "0x10",
            "007",
            "+5",
            "-0",
            "-",
            "--1",
            "twelve",
            "½",
            "1_0",
            "\u0661",
            "9" * 19,
            "9" * 5_000,
            "nan",
            "12\u00a0x",
        )
    ),
    *(
        (number, text, "is not a number: write it with a point, like 3.5")
        for text in (
            "1.000,5",
            "1,000",
            ".5",
            "5.",
            "1e3",
            "NaN",
            "Infinity",
            "-inf",
            "3.5 %",
            "€3",
            "1'000",
            "0x1",
        )
    ),
    *(
        (yes_no, text, "is neither yes nor no: write yes or no")
        for text in (
            "y",
            "n",
            "1",
            "0",
            "ja",
            "oui",
            "x",
            "maybe",
            "on",
            "off",
            "✓",
        )
    ),
)


@pytest.mark.parametrize(("kind", "text", "value"), READ)
def test_a_good_cell_is_read(kind: Read, text: str, value: Value) -> None:
    found = parse(Column("c", kind), text)

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    REFUSED,
    ids=lambda part: getattr(part, "__name__", ascii(part)[:24]),
)
def test_a_bad_cell_is_refused_with_its_remedy(kind: Read, text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=": ") as refused:
        parse(Column("c", kind), text)

    assert sentence in str(refused.value)
    assert len(str(refused.value)) < 250


@pytest.mark.parametrize("kind", [TEXT, day, whole_number, number, yes_no])
@pytest.mark.parametrize("text", ["", " ", "\t", "\u00a0"])
def test_an_empty_cell_is_nothing_where_it_may_be_and_refused_where_not(
    kind: Read, text: str
) -> None:
    assert parse(Column("c", kind, required=False), text) is None
    with pytest.raises(ValueError, match="is empty: fill it in"):
        parse(Column("c", kind), text)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_text_with_and_without_its_guard(text: str) -> None:
    column = Column("c")

    assert parse(column, text) == text
    assert parse(column, f"'{text}") == text
    assert guard(text) == f"'{text}"


@given(st.text() | st.from_regex(r"'{0,3}[=+\-@\t\r\n\uff1d]?.{0,5}", fullmatch=True))
def test_guarding_makes_every_text_inert_and_loses_nothing(text: str) -> None:
    guarded = guard(text)

    assert not guarded.startswith(SIGNS)
    assert unguard(guarded) == text
