"""Every letter of the gallery says who asks what by when, where the pair stands, who else knows."""

import re
from dataclasses import replace

import pytest

from notifications.composition import Part, digest_facts
from notifications.gallery import Exhibit
from notifications.previews import SAMPLE_READER, preview, samples
from notifications.wording import by
from tests.notifications.programmes import exhibited
from tests.support.html_words import page_of
from tests.support.world import texts, wp6

LETTERS = wp6().letters
TEXTS = texts()
EVERY = exhibited()
READERS = {code: replace(SAMPLE_READER, language=code) for code in ("en", "fr")}
SIDES = {"coordinator", "aspiring"}
NOTHING = re.compile(r"(Nothing|Rien) [^.{]*(is asked of you|ne vous est)[^.{]*\.")
TOLD = {
    "en": "Who else was told: ",
    "fr": "Qui d\N{RIGHT SINGLE QUOTATION MARK}autre est informé\xa0: ",
}
STANDS = {"en": "Where the pair stands: ", "fr": "Où en est le binôme\xa0: "}
MONTHS = 18
_LINK = re.compile(r"https?://\S+")


def opening(each: Exhibit) -> str:
    """What stands between the context and the greeting, in one line."""
    _context, asked, *_ = each.rendered.text.split("\n\n")
    return " ".join(asked.split())


def _by(day: object, language: str) -> str:
    return " ".join(by(day, READERS[language]).split())


def facts_from(each: Exhibit, source: str) -> list[str]:
    used = TEXTS.used_facts(each.stage.id, each.language)
    return [name for name in used if LETTERS.facts[name].source == source]


def test_an_address_stands_alone_on_its_line_whole_and_without_a_mark_behind_it() -> None:
    lines = [line for each in EVERY for line in each.rendered.text.split("\n") if "://" in line]

    assert len(lines) > 50
    assert [line for line in lines if not _LINK.fullmatch(line.strip())] == []
    assert [line for line in lines if not line[-1].isalnum() and line[-1] not in "-_"] == []


def test_who_asks_a_side_says_so_and_by_when_before_the_greeting() -> None:
    asking = [each for each in EVERY if each.stage.asks and facts_from(each, "ask.due_on")]
    due = LETTERS.facts["due_date"].sample()

    undated = {e.name("html") for e in asking if _by(due, e.language) not in opening(e)}
    sides = [each for each in asking if each.stage.to[0].partition(".")[0] in SIDES]
    nameless = {e.name("html") for e in sides if "Facilitator North" not in opening(e)}

    assert len(sides) > 50
    assert undated <= {f"{code}/N-16.response.html" for code in READERS}  # the meeting was held
    assert nameless <= {f"{code}/N-16.response.html" for code in READERS}


def test_a_letter_has_one_clear_act() -> None:
    buttons = {e.name("html"): page_of(e.rendered.html).all_with("class") for e in EVERY}

    assert {name for name, found in buttons.items() if found.count("button") > 1} == set()


def test_a_letter_about_a_pair_shows_its_months_and_says_where_it_stands() -> None:
    about = [each for each in EVERY if facts_from(each, "case.month")]
    overview = LETTERS.overview
    assert overview is not None

    for each in about:
        cells = [c for c in page_of(each.rendered.html).all_with("class") if c in CELLS]
        is_of_all = each.stage.id in {overview.full, overview.quiet}
        shown = LETTERS.examples_of(each.stage, each.language)
        is_early = shown.get("context_month", MONTHS) is None  # the pair is not formed
        assert (len(cells), STANDS[each.language] in each.rendered.text) == (
            (0, False) if is_of_all or is_early else (MONTHS, True)
        ), each.name("html")


CELLS = {"done", "now", "todo"}


def test_every_letter_says_who_else_was_told() -> None:
    assert {e.name("txt") for e in EVERY if TOLD[e.language] not in e.rendered.text} == set()


@pytest.mark.parametrize("language", sorted(READERS))
def test_nobody_is_named_to_themselves_among_those_who_were_told(language: str) -> None:
    named = set()
    for stage in LETTERS.stages():
        for role in {to.partition(".")[0] for to in stage.to}:
            facts = samples(TEXTS, stage, role, language)
            told = TEXTS.words(stage.id, facts, READERS[language])["told"]
            if str(facts.get("recipient_name")) in told:
                named.add((stage.id, role))

    assert named == set()


def test_what_a_letter_says_beside_that_nothing_is_asked_stands_below_its_greeting() -> None:
    """Where it goes with others in one mail, its opening is left out."""
    openings = {
        (each.stage.id, each.language): opening(each)
        for each in EVERY
        if not each.stage.asks and NOTHING.match(opening(each))
    }
    alone = {
        "N-22.quiet",
        "N-24.cancelled",
        "N-24.meeting_moved",
        "N-09.agenda_sent",
        "N-17.agenda_sent",
    }

    assert len(openings) > 30
    more = {place for place, said in openings.items() if not NOTHING.fullmatch(said)}
    assert {place for place in more if place[0] not in alone} == set()


@pytest.mark.parametrize("language", sorted(READERS))
def test_what_was_received_and_what_it_leads_to_do_not_contradict_each_other(
    language: str,
) -> None:
    reader = READERS[language]
    received, accepted = (LETTERS.stage(name) for name in ("N-01.received", "N-02.ask"))
    parts = [
        Part(each, TEXTS.words(each.id, samples(TEXTS, each, "aspiring"), reader), said_beside=told)
        for each, told in ((received, True), (accepted, False))
    ]
    digest = LETTERS.stage("N-23.digest")
    facts = {**samples(TEXTS, digest, "aspiring"), **digest_facts(parts), "first_due": None}

    text = " ".join(TEXTS.render(digest.id, facts, reader).text.split())

    assert not re.search("Nothing is asked|Rien ne vous est|now checks|vérifie", text)
    assert re.search("reached us|nous est parvenue", text)


def test_the_gallery_shows_each_answer_as_a_link_and_as_words_of_a_reply() -> None:
    answered = {stage for stage in LETTERS.stages() if wp6().answers.of(stage.id)}
    ways = {(e.stage.id, e.way): e.rendered for e in EVERY if e.language == "en"}

    linked = {s.id for s in answered if "https://pairing.example.org/a/" in ways[s.id, ""].text}
    by_reply = {s.id for s in answered if (s.id, "by_reply") in ways}

    assert linked == by_reply == {each.id for each in answered}
    assert "ALL WELL: " in ways["N-12.ask", "by_reply"].text
    assert "https://" not in ways["N-12.ask", "by_reply"].text
    assert "Take it back on a page:" in ways["N-26.receipt", ""].text
    assert "Answer otherwise on a page:" in ways["N-07.slides", ""].text  # it takes no slides
    assert "It asks for the code of your centre" in ways["N-11.ask", ""].text


@pytest.mark.parametrize(
    ("stage", "name"),
    [
        ("N-12.ask", "Team lead Birchwater"),
        ("N-16.ask", "Coordinator Vienna"),
        ("N-22.overview", "Facilitator North"),
        ("N-11.lead", "Lead of the CBG"),
    ],
)
def test_whoever_reads_a_letter_of_the_gallery_plays_the_role(stage: str, name: str) -> None:
    text = preview(LETTERS.stage(stage), TEXTS).rendered.text

    assert f"Dear {name}," in text
    assert f"Reference {stage.partition('.')[0]}" in text


def test_what_a_merged_letter_says_of_each_in_it_is_a_fact_of_the_frame() -> None:
    frame = [LETTERS.facts[name].source for name in TEXTS.frame_facts("en")]

    found = [path for source in frame for path in source.split(" or ")[:1]]
    assert {"event.instead_of", "letter.copied_from", "letter.also"} <= set(found)
