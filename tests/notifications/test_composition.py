"""Several letters to one person go in one: what is asked first stands first, then the news."""

from datetime import date

from engine.letters.catalogue import Stage
from notifications.composition import Part, digest_facts


def part(name: str, act: str, minutes: int | None, due_on: date | None = None) -> Part:
    words = {
        "subject": f"Subject of\n {name}",
        "body": f"What {name} asks.\n\nDear Reader,\n\nMore.\n\n\nWhat happens next: we see.\n",
        "told": "nobody.\n",
    }
    stage = Stage("N-1", name, ("aspiring",), "next_slot", act, "nobody", "so", minutes)
    return Part(stage, words, due_on, about="PAIR-1")


FACTS = digest_facts(
    [
        part("news", "none", None),
        part("late", "answer", 3, date(2026, 12, 20)),
        part("undated", "answer", 5),
        part("long", "answer", 30, date(2026, 12, 14)),
        part("short", "answer", 2, date(2026, 12, 14)),
    ]
)


def rows(name: str) -> list[dict[str, object]]:
    found = FACTS[name]
    assert isinstance(found, list)
    return found


def titles(name: str) -> list[object]:
    return [row["title"] for row in rows(name)]


def test_what_is_asked_first_stands_first_and_of_one_day_the_shortest() -> None:
    assert titles("requests") == [
        f"Subject of {name}" for name in ("short", "long", "late", "undated")
    ]


def test_what_asks_for_nothing_is_news() -> None:
    assert titles("news") == ["Subject of news"]


def test_the_first_day_and_the_minutes_of_all_are_known() -> None:
    assert FACTS["first_due"] == date(2026, 12, 14)
    assert FACTS["total_minutes"] == 40


def test_each_says_what_it_says_but_for_its_greeting() -> None:
    (news,) = rows("news")

    assert news["lines"] == [
        "What news asks.",
        "",
        "More.",
        "",
        "What happens next: we see.",
    ]
    assert (news["pair"], news["told"]) == ("PAIR-1", "nobody.")


def test_of_news_alone_no_day_is_named() -> None:
    facts = digest_facts([part("news", "none", None)])

    assert (facts["requests"], facts["first_due"], facts["total_minutes"]) == ([], None, None)
