"""A letter says what it was given and nothing else; whatever is wrong is named."""

from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.letters.catalogue import LetterError
from notifications.render import Templates
from notifications.wording import Reader
from notifications.wrapping import MOST_SUBJECT
from tests.notifications import programmes
from tests.notifications.programmes import fact

READER = Reader("Europe/Paris", date(2026, 12, 4))
NAME, DUE = fact("name", "text", "Lead"), fact("due", "date", "2026-12-14")
AWAY = fact("substitute", "text", "Deputy", optional=True)
TIMES = fact("times", "list_of_moments", ["2026-12-15 14:00 Europe/Paris"])
ITEMS = fact("items", "list_of_items", [{"text": "minutes", "on": "2026-12-07"}])
PAGE = fact("page", "address", "https://pairing.example.org/a")
COUNT = fact("count", "number", 5)
VISIT = fact("visit", "date_range", "2026-08-27 to 2026-08-28")
ALL = (NAME, DUE, AWAY, TIMES, ITEMS, PAGE, COUNT, VISIT)
GIVEN: dict[str, object] = {one.name: one.sample() for one in ALL}


def test_a_letter_has_a_subject_a_preheader_and_a_framed_text(tmp_path: Path) -> None:
    letters = programmes.templates(
        tmp_path,
        "Dear {{ name }}, by {{ due | day }}.\n",
        NAME,
        DUE,
        subject="By {{ due | short }}",
    )

    rendered = letters.render("N-01.ask", {"name": "Lead", "due": date(2026, 12, 14)}, READER)

    assert (rendered.subject, rendered.preheader) == ("By 14 December", "It is short.")
    assert rendered.text == (
        "Dear Lead, by Monday 14 December 2026.\n\n"
        "Who else was told: nobody.\nWhy you get this: you are asked.\n"
    )


def test_told_and_reason_may_use_facts_and_count_as_used(tmp_path: Path) -> None:
    programmes.write(tmp_path, "Hello.", frame="{{ body }} {{ told }} {{ name }}")

    letters = Templates(programmes.catalogue(name=NAME), tmp_path)

    assert letters.used_facts("N-01.ask") == {"name"}
    assert letters.needed("N-01.ask") == {"name"}


def test_an_optional_fact_may_be_absent_and_is_then_empty(tmp_path: Path) -> None:
    body = "{% if substitute %}Ask {{ substitute }}.{% else %}Nobody stands in.{% endif %}"
    letters = programmes.templates(tmp_path, body, AWAY)

    assert "Nobody stands in." in letters.render("N-01.ask", {}, READER).text
    assert "Ask Deputy." in letters.render("N-01.ask", {"substitute": "Deputy"}, READER).text
    assert letters.needed("N-01.ask") == set()


def test_an_empty_fact_that_is_written_is_named(tmp_path: Path) -> None:
    letters = programmes.templates(tmp_path, "Ask {{ substitute }}.", AWAY)

    with pytest.raises(LetterError, match=r"N-01\.ask, body: .*empty.*substitute"):
        letters.render("N-01.ask", {}, READER)


def test_items_and_loops_are_written_in_order(tmp_path: Path) -> None:
    line = "{{ loop.index }}. {{ one.on | short }}: {{ one.text }}"
    body = f"{{% for one in items %}}\n{line}\n{{% endfor %}}"
    letters = programmes.templates(tmp_path, body, ITEMS)
    items = [
        {"text": "minutes", "on": date(2026, 12, 7)},
        {"text": "agenda", "on": date(2027, 1, 8)},
    ]

    text = letters.render("N-01.ask", {"items": items}, READER).text

    assert text.startswith("1. 7 December: minutes\n2. 8 January 2027: agenda\n")


def test_moments_are_told_on_the_readers_clock(tmp_path: Path) -> None:
    letters = programmes.templates(
        tmp_path, "{% for t in times %}{{ t | moment }}{% endfor %}", TIMES
    )
    times = {"times": [datetime(2026, 12, 15, 23, 30, tzinfo=UTC)]}

    in_paris = letters.render("N-01.ask", times, READER).text
    in_lisbon = letters.render("N-01.ask", times, Reader("Europe/Lisbon", READER.sent_on)).text

    assert in_paris.startswith("Wednesday 16 December 2026, 00:30 (Paris time)")
    assert in_lisbon.startswith("Tuesday 15 December 2026, 23:30 (Lisbon time)")


def test_a_very_long_subject_is_cut_and_stays_one_line(tmp_path: Path) -> None:
    letters = programmes.templates(tmp_path, "Hello.", NAME, subject="{{ name }}")

    rendered = letters.render(
        "N-01.ask", {"name": "word " * 500 + "\r\nBcc: x@example.org"}, READER
    )

    assert len(rendered.subject) <= MOST_SUBJECT
    assert rendered.subject.endswith("…")


@given(st.text(max_size=300))
def test_no_fact_opens_a_line_of_its_own(text: str) -> None:
    letters = _echo()

    rendered = letters.render("N-01.ask", {"name": text}, READER)

    assert rendered.subject.splitlines() in ([], [rendered.subject])
    assert rendered.text.count("\n\n") == 1
    assert all(mark == "\n" or mark.isprintable() or mark in _KEPT for mark in rendered.text)


_KEPT = {chr(code) for code in range(0x110000) if not chr(code).isprintable() and code >= 0xA0}
_ROOT: list[Path] = []


def _echo() -> Templates:
    return programmes.templates(_ROOT[0], "[{{ name }}]", NAME, subject="[{{ name }}]")


@pytest.fixture(autouse=True, scope="module")
def _root(tmp_path_factory: pytest.TempPathFactory) -> None:
    _ROOT.append(tmp_path_factory.mktemp("echo"))


def test_a_line_break_in_a_fact_becomes_a_blank(tmp_path: Path) -> None:
    letters = programmes.templates(tmp_path, "[{{ name }}]", NAME)

    rendered = letters.render("N-01.ask", {"name": "one\r\n\ttwo\x1b[2J\u202ex"}, READER)

    assert "[one two\ufffd[2J\ufffdx]" in rendered.text


@pytest.mark.parametrize("marks", ["{{ due }}", "{% for x in name %}", "{{ 7 * 7 }}", "{# #}"])
def test_a_fact_that_looks_like_a_template_stays_text(tmp_path: Path, marks: str) -> None:
    letters = programmes.templates(tmp_path, "[{{ name }}]", NAME)

    assert f"[{marks}]" in letters.render("N-01.ask", {"name": marks}, READER).text


class Shout(str):
    """Text that answers with methods of its own."""

    __slots__ = ()

    def __str__(self) -> str:
        return "something else"


class Word(StrEnum):
    LEAD = "Lead"


class Person:
    name = "Lead"


LOOP: list[object] = []
LOOP.append(LOOP)


MISFITS: list[tuple[str, object]] = [
    ("name", Shout("Lead")),
    ("name", Word.LEAD),
    ("name", Person()),
    ("name", Person),
    ("name", b"Lead"),
    ("name", 7),
    ("name", None),
    ("name", ["Lead"]),
    ("name", "x" * 20_001),
    ("page", "two words"),
    ("page", "<script>"),
    ("page", ""),
    ("count", True),
    ("count", float("nan")),
    ("count", float("inf")),
    ("count", "5"),
    ("visit", (date(2026, 8, 28), date(2026, 8, 27))),
    ("visit", (date(2026, 8, 28),)),
    ("visit", date(2026, 8, 28)),
    ("due", "2026-12-14"),
    ("due", datetime(2026, 12, 14, tzinfo=UTC)),
    ("due", 20261214),
    ("times", [datetime(2026, 12, 15, 14, 0)]),  # noqa: DTZ001  # without a zone on purpose
    ("times", datetime(2026, 12, 15, 14, 0, tzinfo=UTC)),
    ("times", [date(2026, 12, 15)]),
    ("times", {datetime(2026, 12, 15, 14, 0, tzinfo=UTC)}),
    ("items", [{"text": Person()}]),
    ("items", [{"not a name": "x"}]),
    ("items", [{7: "x"}]),
    ("items", {"text": "x"}),
    ("items", ["x"]),
    ("items", [{"text": "x"}] * 501),
    ("items", LOOP),
]


@pytest.mark.parametrize(("name", "value"), MISFITS, ids=map(str, range(len(MISFITS))))
def test_a_fact_that_is_not_what_was_declared_is_named(
    tmp_path: Path, name: str, value: object
) -> None:
    letters = programmes.templates(tmp_path, "Hello.", *ALL)

    with pytest.raises(LetterError, match=rf"letter N-01\.ask: fact {name}"):
        letters.render("N-01.ask", GIVEN | {name: value}, READER)


def test_a_missing_fact_is_named_with_its_meaning(tmp_path: Path) -> None:
    letters = programmes.templates(tmp_path, "By {{ due | day }}.", DUE)

    with pytest.raises(LetterError, match=r"letter N-01\.ask: fact due is missing: give the due"):
        letters.render("N-01.ask", {}, READER)


def test_an_unknown_fact_is_named(tmp_path: Path) -> None:
    letters = programmes.templates(tmp_path, "Hello.", DUE)

    with pytest.raises(LetterError, match=r"N-01\.ask: fact 'dew' is unknown"):
        letters.render("N-01.ask", {"due": date(2026, 12, 14), "dew": "x"}, READER)


@pytest.mark.parametrize(
    ("stage", "language", "word"),
    [
        ("N-99.ask", "en", "N-99"),
        ("N-01.nudge", "en", "nudge"),
        ("N-99.ask", "fr", "N-99"),
    ],
)
def test_what_does_not_exist_is_named(tmp_path: Path, stage: str, language: str, word: str) -> None:
    letters = programmes.templates(tmp_path, "Hello.")

    with pytest.raises(LetterError, match=word):
        letters.render(stage, {}, Reader("UTC", READER.sent_on, language))


def test_a_reader_has_a_zone_that_exists() -> None:
    with pytest.raises(LetterError, match="Mars/Phobos"):
        Reader("Mars/Phobos", READER.sent_on)
