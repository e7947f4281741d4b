"""Once pages have a public address, a letter that asks carries one link for its reader alone."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from runtime.queries.letters import Sought, letter_lines, message
from runtime.settings.web import WebSettings
from tests.storage.rows import ask
from tests.support.linked import ADDRESS, linked
from tests.support.pairs import a_pair, days_go_by
from tests.support.world import FACILITATOR, World

_LINK = re.compile(rf"{re.escape(ADDRESS)}/a/[0-9A-Za-z]{{43}}")


def _parts(world: World, subject: str) -> Iterator[tuple[str, str]]:
    """The text and the HTML of each letter that begins so."""
    for sent in world.mailbox.letters:
        message = message_from_bytes(sent.frozen, policy=policy.default)
        assert isinstance(message, EmailMessage)
        if str(message["Subject"]).startswith(subject):
            forms = [message.get_body((kind,)) for kind in ("plain", "html")]
            assert all(forms)
            text, html = (form.get_content() for form in forms if form is not None)
            yield text, html


def test_the_link_stands_on_a_line_of_its_own_and_is_the_button(town: World) -> None:
    a_pair(linked(town)).gets_to("match_validation")
    days_go_by(town, 1)

    ((text, html),) = _parts(town, "Please confirm")

    (link,) = _LINK.findall(text)
    lines = text.splitlines()
    assert lines[lines.index(link) - 1] == "Answer on a page:"
    assert html.count(f'href="{link}"') == 1
    assert len(set(_LINK.findall(html))) == 1


def test_where_the_page_does_not_do_what_is_asked_the_button_says_so(town: World) -> None:
    pair = a_pair(linked(town)).gets_to("onboarding")
    pair.files("onboarding_date", FACILITATOR, starts_at="2026-06-25T10:00+02:00")
    days_go_by(town, 30)

    texts = [text for text, _ in _parts(town, "Your onboarding slides")]

    assert texts
    assert all("Answer otherwise on a page:" in text.splitlines() for text in texts)


def test_without_a_public_address_letters_name_no_link(town: World) -> None:
    a_pair(town).gets_to("match_validation")
    days_go_by(town, 1)

    ((text, html),) = _parts(town, "Please confirm")

    assert "://" not in text
    assert "Answer on a page" not in text + html
    assert ask(town.runtime.database, "SELECT * FROM links") == []


def test_a_link_is_shown_to_nobody_else(town: World, tmp_path: Path) -> None:
    a_pair(linked(town)).gets_to("match_validation")
    days_go_by(town, 1)
    ((text, _),) = _parts(town, "Please confirm")
    token = _LINK.findall(text)[0].rpartition("/")[2]

    (letter,) = (each for each in letter_lines(town.runtime, Sought()) if each.letter == "N-03.ask")
    shown = message(town.runtime, letter.number).text
    assert f"{ADDRESS}/a/..." in shown
    assert token not in shown
    assert not any(token in file.read_text(errors="replace") for file in tmp_path.rglob("*.log"))


def test_a_letter_that_tells_has_no_link_and_each_that_asks_has_its_own(town: World) -> None:
    pair = a_pair(linked(town)).gets_to("memorandum")
    pair.files("memorandum")
    days_go_by(town, 2)

    asked = [text for text, _ in _parts(town, "Please sign")]
    told = [text for text, _ in _parts(town, "Day 1")]

    links = [link for text in asked for link in _LINK.findall(text)]
    assert len(links) == len(set(links)) == len(asked) == 2
    assert all("It asks for the code of your centre: ask us" in text for text in asked)
    assert not any(_LINK.search(text) for text in told)


def test_a_public_address_may_be_this_machine_for_trying_only() -> None:
    assert WebSettings(public_address="https://pairing.example.org/").public_address == ADDRESS
    with pytest.raises(ValueError, match="nobody who reads a letter could open it"):
        WebSettings(public_address="https://127.0.0.1")
    WebSettings(public_address="http://127.0.0.1:8080", on_this_machine=True)
