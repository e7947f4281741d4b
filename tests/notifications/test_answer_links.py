"""A link stands below what is asked, alone on its line, in a letter of its own and among others."""

from itertools import product
from typing import cast

from engine.letters.answers import Answer, FileRecord, PassOn, SignRecord, Wish
from engine.letters.catalogue import Stage
from notifications.answer_links import LABELS, AnswerLink, link_to, parted, with_link
from notifications.blocks import Kind, blocks_of
from notifications.composition import Part, digest_facts
from notifications.languages import language_of
from notifications.wrapping import wrapped

ADDRESS = "https://pairing.example.org/a/" + "x" * 43
BODY = "North asks you\nfor a yes.\n\nDear you,\n\nWhy.\n\nWhat happens next: nothing."


def test_the_link_is_behind_what_is_asked_and_above_the_greeting() -> None:
    text = wrapped(with_link(BODY, AnswerLink(ADDRESS, wants_code=True), language_of("en")))

    assert text.splitlines()[:6] == [
        "North asks you",
        "for a yes.",
        "Answer on a page:",
        ADDRESS,
        "It asks for the code of your centre: ask us for it, we tell it on the",
        "phone.",
    ]


def test_the_line_above_it_is_its_label_in_every_language() -> None:
    for code, label in product(("en", "fr", "ar"), LABELS):
        text = with_link(BODY, AnswerLink(ADDRESS, label), language_of(code))
        asked, link = blocks_of(text)[:2]
        assert link.kind is Kind.LINK
        assert asked.lines[-1].endswith(":"), (code, label)


def test_a_page_on_which_nothing_asked_can_be_done_says_so_on_its_button() -> None:
    helps, waits = Answer("help", PassOn(), "Help"), Answer("later", PassOn(Wish.NOT_BEFORE), "Not")
    agrees = Answer("agree", FileRecord("response"), "Yes")
    signs = Answer("sign", SignRecord("memorandum"), "I sign", is_binding=True)

    links = [link_to(ADDRESS, each) for each in ((helps, waits), (agrees, helps), (signs, helps))]

    assert [(each.label, each.wants_code) for each in links] == [
        ("Answer otherwise on a page:", False),
        ("Answer on a page:", False),
        ("Answer on a page:", True),
    ]


def test_among_others_each_request_keeps_its_own_link_below_what_it_asks() -> None:
    stage = Stage("N-01", "ask", ("aspiring",), "next_slot", "answer", "told", "why")
    words = {"subject": "One", "preheader": "", "told": "", "reason": "", "news": ""}
    body = with_link(BODY, AnswerLink(ADDRESS), language_of("en"))

    facts = digest_facts([Part(stage, {**words, "body": body})])
    requests = cast("list[dict[str, list[str]]]", facts["requests"])

    assert [str(each["ask"]) for each in requests] == ["North asks you for a yes."]
    assert requests[0]["lines"][:4] == ["Answer on a page:", ADDRESS, "", "Why."]


def test_what_has_no_link_is_left_as_it_is() -> None:
    assert parted("North asks you\nfor a yes.") == ("North asks you\nfor a yes.", "")
