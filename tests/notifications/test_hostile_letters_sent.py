"""A text that would be markup, or a header of its own, is refused when checked, or only words."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from html.parser import HTMLParser
from pathlib import Path

import pytest

from notifications.checking import problems
from notifications.mailer import Outgoing
from notifications.message import Composed, compose
from notifications.smtp import Smtp
from tests.notifications import programmes
from tests.notifications.sending import mailer, nothing
from tests.notifications.test_hostile_templates import FACTS, READER
from tests.notifications.test_message import ENVELOPE, HEADERS
from tests.support.hostile_texts import LINES, MARKUP
from tests.support.witness import Witness

TEXTS = (*MARKUP, *LINES)
PLACES = ("subject", "preheader", "body")
WORDS = {"html", "head", "body", "meta", "title", "style", "div", "table", "tr", "td", "p", "br"}
WORDS |= {"h1", "h2", "ul", "li", "strong", "hr", "span", "a", "tbody", "th"}


@pytest.fixture(scope="module")
def sink() -> Iterator[tuple[Witness, Smtp]]:
    with Witness() as witness, mailer(witness) as smtp:
        yield witness, smtp


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", TEXTS, ids=map(str, range(len(TEXTS))))
def test_what_is_not_refused_when_checked_reaches_its_reader_as_words(
    text: str, place: str, tmp_path: Path, sink: tuple[Witness, Smtp]
) -> None:
    letters = programmes.templates(tmp_path, "Hello.", *FACTS)
    _write(tmp_path, {place: text})
    found = problems(letters.catalogue, letters)
    if [each for each in found if "is declared and no letter says it" not in each]:
        assert all(str(tmp_path) in each and len(each) < 500 for each in found)
        return

    facts = {one.name: one.sample() for one in FACTS}
    _check_harmless(compose(ENVELOPE, letters.render("N-01.ask", facts, READER)), sink)


@pytest.mark.parametrize("place", ["subject", "preheader"])
@pytest.mark.parametrize("text", LINES[:15], ids=map(str, range(15)))
def test_a_fact_that_would_be_a_header_stays_in_its_line(
    text: str, place: str, tmp_path: Path, sink: tuple[Witness, Smtp]
) -> None:
    letters = programmes.templates(tmp_path, "Hello.", *FACTS)
    _write(tmp_path, {place: "A {{ name }} letter"})
    facts = {one.name: one.sample() for one in FACTS} | {"name": text}

    _check_harmless(compose(ENVELOPE, letters.render("N-01.ask", facts, READER)), sink)


def _check_harmless(composed: Composed, sink: tuple[Witness, Smtp]) -> None:
    witness, smtp = sink
    sender = "pairing@example.org"
    smtp.send(Outgoing(composed.message_id, sender, composed.recipient, composed.frozen), nothing)
    taken = witness.taken[-1]
    read = message_from_bytes(taken.data, policy=policy.default)
    assert taken.recipients == ("lead@example.org",)
    assert read.keys() == HEADERS
    page = read.get_body(("html",))
    assert page is not None
    assert _wrong(page.get_content()) == []


def _write(folder: Path, parts: dict[str, str]) -> None:
    said = {"subject": "A letter", "preheader": "It is short.", "body": "Hello."} | parts
    text = "Subject: {subject}\nPreheader: {preheader}\n\n{body}\n".format(**said)
    (folder / "en/letters/N-01/ask.txt").write_bytes(text.encode())


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        reaches = [
            named[name] for name in named.keys() & {"href", "style"} if _reaches(named[name])
        ]
        acts = [name for name in named if name.startswith("on") or name in {"src", "http-equiv"}]
        if tag not in WORDS or reaches or acts:
            self.wrong.append(f"{tag} {attrs}")


def _reaches(value: str) -> bool:
    return "url(" in value or not value.isprintable() or value.lower().startswith("javascript:")


def _wrong(html: str) -> list[str]:
    page = _Page()
    page.feed(html)
    return page.wrong
