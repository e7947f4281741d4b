"""The HTML part says what the text part says, to everybody, with nothing from elsewhere."""

import re
from dataclasses import replace

import pytest

from engine.letters.catalogue import Stage
from notifications.blocks import EDGE, laid_out
from notifications.gallery import Exhibit, exhibits
from notifications.hypertext.writing import Outside, page
from notifications.languages import direction
from notifications.previews import bare_preview, preview
from notifications.render import Templates
from tests.notifications.programmes import TEXTS, shipped
from tests.support.html_words import Page, page_of
from tests.support.world import texts

TEXTS_OF = Templates(shipped(), TEXTS)
STAGES = list(shipped().stages())
FURTHER = [each for each in exhibits(STAGES, texts()) if each.language != "en"]
OUTSIDE = Outside("Sign", "Please sign", "It is short.", "en", "ltr")
LINK = "https://pairing.example.org/a/kX4vQ9tLm2Rb7NcW1sYpH6dGzE3uJfA8oTiVq5xMnKe"


def _written(body: str, frame: str = EDGE, outside: Outside = OUTSIDE) -> Page:
    return page_of(page(laid_out(frame, body), outside, asks=True))


def _plain(words: list[str]) -> str:
    """Words to compare, whatever their case and gaps; a colon may be the edge of a cell, and the
    numbers of a list and the marks around a command are not among the words of a page.
    """
    text = re.sub(r"^\d{1,2}\. |`", "", " ".join(words), flags=re.MULTILINE)
    said = text.replace(":", " ").casefold().split()
    return "".join(word for word in said if word.strip("-"))


def _unnumbered(text: str) -> list[str]:
    """A page numbers the entries of a list by itself."""
    return [re.sub(r"^\d{1,2}\. ", "", line) for line in text.splitlines()]


@pytest.mark.parametrize("show", [preview, bare_preview])
@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.id)
def test_every_letter_says_the_same_as_text_and_as_html(stage: Stage, show: type) -> None:
    rendered = show(stage, TEXTS_OF).rendered

    shown = page_of(rendered.html)

    heading = rendered.html.partition("<h1")[2].partition("</h1>")[0]
    above = _plain(page_of(f"<h1{heading}</h1>").words)
    assert _plain(shown.words).replace(above, "", 1) == _plain(_unnumbered(rendered.text))
    assert shown.unclosed == []
    assert " ".join(shown.hidden[:400]).count(rendered.preheader) == 1


@pytest.mark.parametrize("each", FURTHER, ids=lambda each: each.name("html"))
def test_every_letter_in_another_language_says_the_same_in_both(each: Exhibit) -> None:
    html = each.rendered.html

    heading = html.partition("<h1")[2].partition("</h1>")[0]
    above = _plain(page_of(f"<h1{heading}</h1>").words)
    shown = page_of(html)
    assert _plain(shown.words).replace(above, "", 1) == _plain(_unnumbered(each.rendered.text))
    assert set(shown.all_with("lang")) == {each.language}


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.id)
def test_no_letter_asks_for_anything_from_elsewhere(stage: Stage) -> None:
    html = preview(stage, TEXTS_OF).rendered.html

    shown = page_of(html)

    assert shown.all_with("src") + shown.all_with("background") == []
    assert {tag for tag, _ in shown.tags} & {"img", "link", "script", "iframe", "form"} == set()
    assert not re.search(r"url\(|@import|@font-face", html)
    assert html.isascii()
    assert len(html) < 20_000


def test_styles_are_in_the_elements_and_rules_for_dark_and_narrow_in_the_head() -> None:
    html = preview(STAGES[0], TEXTS_OF).rendered.html

    head = html.partition("</head>")[0]
    assert "prefers-color-scheme:dark" in head.replace(" ", "")
    assert "max-width:480px" in head.replace(" ", "")
    assert 0 < head.index("charset") < head.index("<title>") < head.index("<style>")
    assert "font-family" in html.partition("<body")[2]


def test_the_heading_is_the_subject_with_its_days_in_full() -> None:
    rendered = preview(shipped().stage("N-12.ask"), TEXTS_OF).rendered

    assert rendered.subject == "Three questions on your roadmap, by 14 December"
    heading = rendered.html.partition("<h1")[2].partition("</h1>")[0]
    assert heading.endswith(">Three questions on your roadmap, by Monday 14&nbsp;December 2026")


def test_a_heading_names_a_day_of_the_week_once() -> None:
    rendered = preview(shipped().stage("N-22.quiet"), TEXTS_OF).rendered

    assert ">Monday 7&nbsp;December 2026: nothing is waiting for you</h1>" in rendered.html


def test_a_page_knows_the_language_of_its_reader_and_how_it_runs() -> None:
    arabic = replace(OUTSIDE, language="ar", direction=direction("ar"))

    shown = _written("- what: this\n- when: now", outside=arabic)

    assert set(shown.all_with("lang")) == {"ar"}
    assert set(shown.all_with("dir")) == {"rtl"}
    assert [style for style in shown.all_with("style") if "text-align:left" in style] == []
    assert any("text-align:right" in style for style in shown.all_with("style"))
    assert (direction("en"), direction("fr")) == ("ltr", "ltr")


def test_a_letter_in_other_letters_is_not_blown_up() -> None:
    html = page(laid_out(EDGE, "Пожалуйста, подпишите. " * 200), OUTSIDE, asks=True)

    assert "Пожалуйста" in html


def test_what_a_person_wrote_is_text_and_never_an_element() -> None:
    hostile = """<b onclick="x">&amp;</b>"><script>alert(1)</script> a@b.example"""
    shown = _written(
        f"{hostile}\n\n# {hostile}\n\n- {hostile}\n- a: {hostile}",
        frame=f"{hostile}\n{EDGE}\nTold: {hostile}",
        outside=replace(OUTSIDE, subject=hostile, heading=hostile, preheader=hostile),
    )

    assert {tag for tag, _ in shown.tags} & {"b", "script"} == set()
    assert shown.all_with("onclick") == []
    assert " ".join(shown.words).count("<script>alert(1)</script>") == 7


def test_a_command_is_copied_as_it_is_typed() -> None:
    body = "Write `pairing mail show 12 --json <b>` now, or ` alone."

    html = page(laid_out(EDGE, body), OUTSIDE, asks=True)

    assert "Write <code>pairing mail show 12 --json &lt;b&gt;</code> now, or ` alone." in html


def test_the_first_address_with_a_label_is_a_button_and_stands_below_it_to_be_copied() -> None:
    shown = _written(f"Please sign.\n\nTo sign:\n\n{LINK}\n\nTo ask:\n{LINK}2\n\nAlso\n\n{LINK}3")

    links = [known for tag, known in shown.tags if tag == "a"]
    assert [known["href"] for known in links] == [LINK, f"{LINK}2", f"{LINK}3"]
    assert [known.get("class") for known in links] == ["button", None, None]
    said = f"Please sign Please sign. To sign {LINK} To ask {LINK}2 Also {LINK}3"
    assert " ".join(shown.words) == said


def test_months_are_cells_that_nobody_has_to_hear() -> None:
    shown = _written("Please.", frame=f"{EDGE}\n\n[7/18]\nWhere it stands: month 7.\nTold: none.")

    cells = [known["class"] for tag, known in shown.tags if tag == "td"]
    assert cells == ["done"] * 6 + ["now"] + ["todo"] * 11
    assert shown.words == [
        "Please",
        "sign",
        *["Please.", "Where", "it", "stands:", "month", "7.", "Told:", "none."],
    ]


def test_entries_that_say_first_what_they_are_about_are_rows_with_headings() -> None:
    shown = _written("Please.\n\n- what: sign: here\n- when: now\n\n- one: alone\n\n- a\n- b: c")

    headings = [known for tag, known in shown.tags if tag == "th"]
    assert [known["scope"] for known in headings] == ["row", "row"]
    assert len([tag for tag, _ in shown.tags if tag == "li"]) == 3


def test_what_leads_into_a_list_stands_close_to_it() -> None:
    shown = _written("Please.\n\nTell us:\n- a\n- b\n\nApart:\n\n- c")

    assert [known.get("class") for tag, known in shown.tags if tag == "p"] == [
        "asks",
        "leadin",
        None,
    ]


def test_the_largest_digest_stays_below_eighty_kilobytes() -> None:
    entries = "\n".join(
        f"{n}. Choose a date for the mentoring session with centre {n} by Monday 14 December 2026:"
        f"\n{LINK}\n\nThey wait for your advice on objective 2. {'Words of a person. ' * 40}\n"
        for n in range(1, 41)
    )

    html = page(laid_out(EDGE, entries), OUTSIDE, asks=True)

    assert len(html.encode()) < 80_000


@pytest.mark.parametrize(
    ("last", "closes"), [("What happens next: it ends.", 1), ("Who else was told: nobody.", 0)]
)
def test_what_is_said_of_the_last_letter_in_a_merged_one_does_not_close_it(
    last: str, closes: int
) -> None:
    frame = f"{EDGE}\n\nWho else was told: said above, letter by letter.\n"

    html = page(laid_out(frame, f"Two are asked.\n\n# The last\n\n{last}"), OUTSIDE, asks=True)

    assert html.count('<p class="next"') == closes
    assert html.count('<p class="note"') == 2 - closes  # of the letter, and of the whole
