"""What a catalogue of letters knows, and how examples become values."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from engine.letters.catalogue import Catalogue, Fact, Letter, LetterError, Stage
from engine.letters.fact_types import FactType, read_value

ASK = Stage("N-11", "ask", ("aspiring",), "at_once", "sign", "nobody.", "you sign.", 15)
CATALOGUE = Catalogue(
    "little",
    {"due": Fact("due", FactType.DATE, "ask.due_on", "2026-12-14", "the last day")},
    {"N-11": Letter("N-11", "Memorandum", {"ask": ASK})},
)
NOON = datetime(2026, 12, 15, 13, 0, tzinfo=UTC)


def test_a_stage_is_found_by_the_name_it_has_everywhere() -> None:
    assert CATALOGUE.stage("N-11.ask") is ASK
    assert ASK.id == "N-11.ask"
    assert list(CATALOGUE.stages()) == [ASK]
    assert CATALOGUE.letter("N-11").title == "Memorandum"
    assert CATALOGUE.fact("due").means == "the last day"


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("N-12.ask", ["N-12", "little", "N-11"]),
        ("N-11.nudge", ["nudge", "N-11", "ask"]),
        ("N-11", ["N-11", "ask"]),
        ("", ["little"]),
    ],
)
def test_a_name_that_is_not_there_is_answered_with_those_that_are(
    stage: str, words: list[str]
) -> None:
    with pytest.raises(LetterError) as refusal:
        CATALOGUE.stage(stage)

    assert all(word in str(refusal.value) for word in words)


def test_many_names_are_not_all_listed() -> None:
    facts = {f"f{count}": Fact(f"f{count}", FactType.TEXT, "x", "y") for count in range(20)}

    with pytest.raises(LetterError, match=r"there are: f0, .*, \.\.\.$"):
        Catalogue("little", facts).fact("g")


def test_an_empty_catalogue_says_that_there_are_none() -> None:
    with pytest.raises(LetterError, match="there are: none"):
        Catalogue("little").letter("N-01")


def test_a_wrong_example_names_its_fact() -> None:
    with pytest.raises(
        LetterError, match=r"fact due: the example 'soon' is no date: .* write year-month-day"
    ):
        Fact("due", FactType.DATE, "x", "soon").sample()


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("text", "a", "a"),
        ("term", "amber", "amber"),
        ("phone", "+00 1", "+00 1"),
        ("address", "https://example.org", "https://example.org"),
        ("number", 5, 5),
        ("number", 2.1, 2.1),
        ("yes_no", True, True),
        ("date", "2026-12-14", date(2026, 12, 14)),
        ("date", date(2026, 12, 14), date(2026, 12, 14)),
        ("month", "2026-08", date(2026, 8, 1)),
        ("month", "2026-08-31", date(2026, 8, 1)),
        ("date_range", "2026-08-27 to 2026-08-28", (date(2026, 8, 27), date(2026, 8, 28))),
        ("date_range", ["2026-08-27", "2026-08-28"], (date(2026, 8, 27), date(2026, 8, 28))),
        ("moment", "2026-12-15 14:00 Europe/Vienna", NOON),
        ("moment", "2026-12-15T14:00+01:00", NOON),
        ("moment", "2026-12-15T13:00:00Z", NOON),
        ("moment", NOON.astimezone(timezone(timedelta(hours=2))), NOON),
        ("list_of_text", ["a", "b"], ("a", "b")),
        ("list_of_dates", [], ()),
        ("list_of_ranges", ["2026-08-27/2026-08-28"], ((date(2026, 8, 27), date(2026, 8, 28)),)),
        ("list_of_moments", ["2026-12-15 14:00 Europe/Vienna"], (NOON,)),
        (
            "list_of_items",
            [{"when": "2026-12-07", "text": "x", "days": 1, "since": ""}],
            ({"when": "2026-12-07", "text": "x", "days": 1, "since": ""},),
        ),
    ],
)
def test_what_a_file_says_becomes_a_value(kind: str, raw: object, value: object) -> None:
    assert read_value(FactType(kind), raw) == value


@pytest.mark.parametrize("text", ["2026-12-07", "2026-02-31", "x"])
def test_in_an_item_a_day_is_read_where_the_example_has_one_and_a_text_is_a_text(text: str) -> None:
    example = [{"when": "2026-08-27", "text": "x"}, {"when": "", "text": "y"}]
    fact = Fact("due_items", FactType.LIST_OF_ITEMS, "overview.due_items", example)

    found = fact.read([{"when": "2026-12-07", "text": text}, {"when": "", "text": text}])

    assert found == ({"when": date(2026, 12, 7), "text": text}, {"when": "", "text": text})


MISFITS: list[tuple[str, object]] = [
    ("text", 5),
    ("number", "5"),
    ("number", True),
    ("yes_no", "yes"),
    ("date", "14/12/2026"),
    ("date", "2026-02-30"),
    ("date", NOON),
    ("number", float("nan")),
    ("number", 1e15),
    ("number", 10**400),
    ("month", "August"),
    ("month", "0000-01"),
    ("month", "2026-13"),
    ("month", "9999-12"),
    ("date_range", "2026-08-28 to 2026-08-27"),
    ("date_range", ["2026-08-27"]),
    ("date_range", 7),
    ("moment", "2026-12-15 14:00"),
    ("moment", "noon"),
    ("moment", "2026-12-15 25:00 Europe/Vienna"),
    ("moment", "2026-12-15 14:00 Mars/Phobos"),
    ("moment", NOON.replace(tzinfo=None)),
    ("moment", NOON.replace(year=1)),
    ("moment", NOON.replace(year=9999)),
    ("moment", "0001-01-01 12:00 Asia/Tokyo"),
    ("moment", "9999-12-31 12:00 Europe/Vienna"),
    ("moment", "9999-12-31 23:59 America/New_York"),
    ("moment", "2199-12-31 12:00 Europe/Vienna"),
    ("moment", "9999-12-31T23:59-14:00"),
    ("moment", 7),
    ("list_of_text", "a"),
    ("list_of_text", [1]),
    ("list_of_items", ["x"]),
    ("list_of_items", [{1: "x"}]),
]


@pytest.mark.parametrize(("kind", "raw"), MISFITS, ids=map(str, range(len(MISFITS))))
def test_what_does_not_fit_its_type_is_refused(kind: str, raw: object) -> None:
    with pytest.raises(ValueError, match=r"write|day|correct|zone"):
        read_value(FactType(kind), raw)
