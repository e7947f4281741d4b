"""What is wrong with the content of a record, field by field, with what would be right."""

from dataclasses import replace
from datetime import date

import pytest

from engine.checks.records import KINDS, problems
from engine.model.fields import Field

GOOD: dict[str, object] = {
    "text": "words",
    "choice": "short",
    "person": "head of nursing",
    "file": "deck.pdf",
    "country": "AT",
    "number": 2.5,
    "whole": 3,
    "version": 1,
    "date": "2026-04-01",
    "moment": "2026-07-02T10:00+02:00",
    "yes_no": False,
    "list": ["surgery", "nursing"],
    "rows": [{"title": "Board"}],
}
BAD: list[tuple[str, object]] = [
    ("text", 5),
    ("text", "x" * 20_001),
    ("text", "a\x00b"),
    ("person", ["head"]),
    ("file", True),
    ("country", "Atlantis"),
    ("country", "Austria"),
    ("number", "2"),
    ("number", True),
    ("number", float("nan")),
    ("number", 1e15),
    ("whole", 2.0),
    ("version", "1"),
    ("date", "2026-02-30"),
    ("date", "2026-W10-1"),
    ("date", "2026-04-01T10:00"),
    ("date", "1066-10-14"),
    ("date", "9999-12-31"),
    ("date", 20260401),
    ("moment", "2026-07-02T10:00"),
    ("moment", "2026-07-02"),
    ("moment", "9999-07-02T10:00+02:00"),
    ("moment", 7),
    ("yes_no", "yes"),
    ("yes_no", 1),
    ("list", "surgery"),
    ("list", [1]),
    ("list", ["x"] * 501),
    ("rows", ["title"]),
    ("rows", {"title": "Board"}),
    ("rows", [{}] * 501),
]


def _field(kind: str) -> Field:
    words = ("short", "mid") if kind == "choice" else ()
    return Field("it", kind, choices=words, rows=(Field("title", "text"),))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_value_of_its_kind_has_no_problem(kind: str) -> None:
    assert problems((_field(kind),), {"it": GOOD[kind]}) == ()


@pytest.mark.parametrize(("kind", "value"), BAD, ids=lambda value: repr(value)[:30])
def test_a_value_of_another_kind_is_shown_with_what_would_be_right(
    kind: str, value: object
) -> None:
    found = problems((_field(kind),), {"it": value})

    assert [(each.field, each.is_gap) for each in found] == [("it", False)]
    assert found[0].sentence.startswith("is ")
    assert len(found[0].sentence) <= 63
    assert found[0].remedy.startswith("Give ")


@pytest.mark.parametrize("value", [None, "", " \t", [], ()])
def test_an_empty_field_is_missing_unless_it_is_optional(value: object) -> None:
    asked = problems((Field("it", "text"),), {"it": value})
    optional = problems((Field("it", "text", optional=True),), {"it": value})

    assert [(each.sentence, each.remedy, each.is_gap) for each in asked] == [
        ("is missing", "Give a text.", True)
    ]
    assert optional == ()


def test_a_choice_outside_the_list_names_the_list() -> None:
    found = problems((_field("choice"),), {"it": "long"})

    assert found[0].remedy == "Choose one of: short, mid."
    assert problems((_field("choice"),), {})[0].remedy == "Give one of: short, mid."


def test_a_field_that_is_not_known_gets_a_near_one_or_all_of_them() -> None:
    fields = (Field("objectives", "text", optional=True), Field("score", "text", optional=True))

    near, far = problems(fields, {"objektives": "x", "zzz": "y"})
    nothing = problems((), {"zzz": "y"})

    assert near.remedy == "Did you mean objectives?"
    assert far.remedy == "Known are: objectives, score."
    assert nothing[0].remedy == "Known are: none."


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("number", 1, "is 1"),
        ("number", 5, "is 5"),
        ("list", ["a"], "is 1 entries"),
        ("list", list("abcde"), "is 5 entries"),
    ],
)
def test_numbers_and_lists_keep_their_bounds(kind: str, value: object, sentence: str) -> None:
    field = Field("it", kind, at_least=2, at_most=4)

    assert [each.sentence for each in problems((field,), {"it": value})] == [sentence]


def test_a_row_is_looked_at_with_its_place() -> None:
    rows = Field("it", "rows", rows=(Field("title", "text"), Field("due", "date")))
    content = {"it": [{"title": "Board", "due": "2026-04-01"}, {"due": "soon", "odd": 1}]}

    found = problems((rows,), content)

    assert [each.field for each in found] == ["it.2.odd", "it.2.title", "it.2.due"]


ROWS = Field(
    "rows",
    "rows",
    unique="item",
    rows=(Field("item", "text"), Field("on", "date", past=True, optional=True)),
)


@pytest.mark.parametrize(
    ("content", "where", "says"),
    [
        ({"rows": [{"item": "A"}, {"item": "B"}, {"item": "A "}]}, "rows.3.item", "as in 1"),
        ({"it": ["a", "b", "b"]}, "it.3", "is 'b', as in 2"),
        (
            {"rows": [{"item": "A"}, {"item": "B", "on": "2026-05-12"}]},
            "rows.2.on",
            "is 2026-05-12, a day to come",
        ),
    ],
)
def test_what_rows_say_twice_or_too_early_is_refused(
    content: dict[str, object], where: str, says: str
) -> None:
    fields = (replace(ROWS, optional=True), Field("it", "list", optional=True))

    (found,) = problems(fields, content, date(2026, 5, 11))

    assert found.field == where
    assert says in found.sentence
    assert found.remedy


def test_rows_that_are_told_apart_by_nothing_may_be_alike() -> None:
    assert problems((replace(ROWS, unique=""),), {"rows": [{"item": "A"}, {"item": "A"}]}) == ()
