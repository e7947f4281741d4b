"""Whole numbers and keys, as they are typed: one sentence says what is wrong and what is right."""

import pytest
import typer

from cli.shared.values import Assignment, named, path, whole

LARGE = "9" * 60


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("abc", '"abc" is not a whole number: write digits only, like 12'),
        ("", '"" is not a whole number: write digits only, like 12'),
        ("1.5", '"1.5" is not a whole number: write digits only, like 12'),
        ("0", '"0" is too small: write 1 or more'),
        ("-7", '"-7" is too small: write 1 or more'),
        ("101", '"101" is too large: write 100 or less'),
        (LARGE * 90, f'"{LARGE}..." is too large: write 100 or less'),
    ],
)
def test_a_number_that_is_none_or_out_of_bounds_is_told(typed: str, says: str) -> None:
    with pytest.raises(typer.BadParameter) as refused:
        whole(1, 100)(typed)

    assert refused.value.message == says


def test_numbers_within_their_bounds_are_read_and_defaults_are_taken_as_they_are() -> None:
    read = whole(1, 100)

    assert (read("1"), read("007"), read("100"), read(50)) == (1, 7, 100, 50)
    assert whole(0)(str(2**62)) == 2**62


def test_a_side_needs_the_key_of_a_centre() -> None:
    assert named("aspiring=BIR") == Assignment("aspiring", "BIR")

    with pytest.raises(typer.BadParameter, match="it is empty: write a name"):
        named("aspiring=")


@pytest.mark.parametrize("typed", ["", "  ", "a\x00b"])
def test_a_blank_names_no_file(typed: str) -> None:
    with pytest.raises(typer.BadParameter, match="it names no file"):
        path(typed)
