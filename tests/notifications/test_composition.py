"""Several letters to one person go in one: what is asked first stands first, then the news."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time

import pytest

from engine.letters.attention import Attention
from engine.letters.catalogue import Stage
from engine.time.slots import Slot
from notifications.composition import Going, Part, digest_facts, goes_in_overview, messages


def part(name: str, act: str, minutes: int | None, due_on: date | None = None) -> Part:
    words = {
        "subject": f"Subject of\n {name}",
        "preheader": f"In short {name}.\n",
        "body": f"What {name} asks.\n\nDear Reader,\n\nMore.\n\n\nWhat happens next: we see.\n",
        "told": "nobody.\n",
        "news": "",
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


def rows(name: str, facts: Mapping[str, object] = FACTS) -> list[dict[str, object]]:
    found = facts[name]
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


def test_what_a_request_brings_with_it_is_told_behind_all_that_is_asked() -> None:
    asks = part("dates", "answer", 5)
    brings = replace(asks, words={**asks.words, "news": "# Minutes\n\nWe noted:\n- this\n\nSo."})

    found = digest_facts([brings, part("news", "none", None), part("other", "answer", 5)])

    [request, _], [minutes, news] = rows("requests", found), rows("news", found)
    assert request["lines"] == rows("requests")[0]["lines"]
    assert (minutes["title"], minutes["lines"]) == ("Minutes", ["We noted:", "- this", "", "So."])
    assert (minutes["pair"], news["title"]) == ("PAIR-1", "Subject of news")


def test_the_day_of_a_request_stands_beside_a_title_that_does_not_name_it() -> None:
    asks = part("dates", "answer", 5, date(2026, 12, 14))

    found = digest_facts([asks, replace(asks, is_day_in_title=True)])

    assert [each["due_on"] for each in rows("requests", found)] == [asks.due_on, None]


def test_the_first_day_and_the_minutes_of_all_are_known() -> None:
    assert FACTS["first_due"] == date(2026, 12, 14)
    assert FACTS["total_minutes"] == 40


def test_each_says_what_it_says_but_for_its_greeting() -> None:
    (news,) = rows("news")

    assert news["opening"] == "What news asks."
    assert news["lines"] == [
        "More.",
        "",
        "What happens next: we see.",
    ]
    assert (news["pair"], news["told"]) == ("PAIR-1", "nobody.")


def test_of_news_alone_no_day_is_named() -> None:
    facts = digest_facts([part("news", "none", None)])

    assert (facts["requests"], facts["first_due"], facts["total_minutes"]) == ([], None, None)


def test_a_request_stands_by_what_is_asked_apart_from_the_rest() -> None:
    request = rows("requests")[0]

    assert (request["ask"], request["preheader"]) == ("What short asks.", "In short short.")
    assert request["lines"] == ["More.", "", "What happens next: we see."]


def test_news_whose_next_is_said_beside_it_does_not_say_it_once_more() -> None:
    facts = digest_facts([replace(part("news", "none", None), said_beside=True)])

    assert facts["news"][0]["lines"] == ["More."]  # type: ignore[index]


def test_a_copy_of_what_is_asked_of_somebody_else_is_news() -> None:
    facts = digest_facts([replace(part("copy", "answer", 5), is_copy=True)])

    assert (facts["requests"], facts["total_minutes"]) == ([], None)


def test_one_reply_answers_several_where_all_are_answered_by_reply() -> None:
    two = [part(name, "answer", 5) for name in ("one", "two")]

    assert digest_facts(two)["one_reply"]
    assert not digest_facts(two[:1])["one_reply"]
    assert not digest_facts([two[0], replace(two[1], by_reply=False)])["one_reply"]


ATTENTION = {"a": Attention(time(8), time(18), (Slot(time(8)),), "N-9.all")}


def test_the_letters_of_one_reader_go_in_one_message_whatever_role_they_have_in_each() -> None:
    attention = {**ATTENTION, "b": ATTENTION["a"]}
    letters = [Going(1, "a", 10), Going(2, "a", 11), Going(1, "b", 12)]

    found = messages(letters, attention, lambda each: each)

    assert [[each.it for each in group] for group in found] == [[10, 12], [11]]


def test_what_tells_of_a_meeting_goes_alone_and_so_does_what_nothing_says_how_to_merge() -> None:
    letters = [Going(1, "a", 10, goes_alone=True), Going(1, "a", 11), Going(1, "c", 12)]

    found = messages(letters, ATTENTION, lambda each: each)

    assert [[each.it for each in group] for group in found] == [[10], [11], [12]]


@pytest.mark.parametrize(
    ("letter", "goes_in"),
    [
        (Going(1, "a", 10, can_wait=True), True),
        (Going(1, "a", 10), False),
        (Going(2, "a", 10, can_wait=True), False),
        (Going(1, "a", 10, goes_alone=True, can_wait=True), False),
    ],
    ids=["it can wait", "it cannot", "of another reader", "a receipt, or of a meeting"],
)
def test_in_an_overview_goes_what_can_wait_of_its_reader_and_need_not_go_alone(
    letter: Going, *, goes_in: bool
) -> None:
    assert goes_in_overview(letter, overviews={1}) is goes_in
