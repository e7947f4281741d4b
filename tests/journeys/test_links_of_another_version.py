"""A link is of one version of the definition, and works for so many days (security 11)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from notifications.mailer import TryLater
from runtime.queries.answer_page import look
from runtime.settings.web import WebSettings
from runtime.use_cases.answer_by_link import answer_by_link
from runtime.use_cases.answer_letter import Became
from tests.storage.rows import everything
from tests.support.grove import Grove
from tests.support.growers import key_of
from tests.support.linked import ADDRESS
from tests.support.versions import Orchards, brought, rungs
from tests.support.versions import orchards as copied

HELP = {"words": "A ladder."}
ANSWERS = """values: {words: optional text}
answers: {help: {pass_on: true, asks: {words: words}}}
offers: {N-2.ask: [help]}
"""
WORDS = """answers: {help: {says: I would like help}}
values: {words: What would help}
"""


@pytest.fixture
def orchards(tmp_path: Path) -> Orchards:
    """An orchard whose growers may ask for help by a link that works for 30 days."""
    found = copied(tmp_path)
    (found.folder / "answers.yaml").write_text(ANSWERS, encoding="utf-8")
    (found.folder / "words" / "en" / "answers.yaml").write_text(WORDS, encoding="utf-8")
    web = WebSettings(public_address=ADDRESS, link_days=30)
    return replace(found, settings=found.settings.model_copy(update={"web": web}))


def _token(grove: Grove) -> str:
    """Of the link of a grower who was asked."""
    address = f"{key_of('VIE-BIR', 'aspiring')}@example.org"
    sent = next(each for each in grove.post.letters if each.recipient == address)
    (token,) = set(re.findall(rb"/a/([0-9A-Za-z]{43})", sent.frozen.replace(b"=\r\n", b"")))
    return bytes(token).decode()


def _choices(grove: Grove, token: str) -> Iterator[str]:
    page = look(grove.runtime, token)
    assert page is not None
    return (each.name for each in page.choices)


def _other_answers(orchards: Orchards) -> None:
    """The same answer says something else by now."""
    words = WORDS.replace("I would like help", "I would like a call")
    (orchards.folder / "words" / "en" / "answers.yaml").write_text(words, encoding="utf-8")
    answers = ANSWERS.replace("optional text", "text")
    (orchards.folder / "answers.yaml").write_text(answers, encoding="utf-8")


def test_a_link_asks_nothing_once_its_case_offers_other_answers(orchards: Orchards) -> None:
    with orchards.planted() as before:
        before.sends(4)
        token = _token(before)
    _other_answers(orchards)

    with orchards.opened(before) as grove:
        assert list(_choices(grove, token)) == ["help"]
        brought(grove)
        stood = everything(grove.runtime.database)
        given = answer_by_link(grove.runtime, token, "help", HELP)

        assert list(_choices(grove, token)) == []
        assert given is not None
        assert given.became is Became.OVER
        assert everything(grove.runtime.database) == stood


def test_a_link_lives_on_in_a_version_that_offers_the_same(orchards: Orchards) -> None:
    with orchards.planted() as before:
        before.sends(4)
        token = _token(before)
    orchards.change("pairing", lambda document: rungs(document)[1].update(at="P21D"))

    with orchards.opened(before) as grove:
        brought(grove)
        given = answer_by_link(grove.runtime, token, "help", HELP)

    assert given is not None
    assert given.became is Became.PASSED_ON


@pytest.mark.parametrize("changes", [True, False])
def test_what_waits_for_a_server_is_written_anew_where_it_offers_other_answers_by_now(
    orchards: Orchards, *, changes: bool
) -> None:
    with orchards.planted() as before:
        reader = f"{key_of('VIE-BIR', 'aspiring')}@example.org"
        before.post.will_answer(reader, TryLater("a full mailbox"))
        before.sends(4)
    if changes:
        _other_answers(orchards)

    with orchards.opened(before) as grove:
        grove.clock.move_to(grove.clock() + timedelta(hours=1))
        brought(grove)
        grove.sends(1)
        grove.sends()

        assert list(_choices(grove, _token(grove))) == ["help"]


def test_a_link_works_to_the_last_minute_of_its_days_and_not_after_it(orchards: Orchards) -> None:
    with orchards.planted() as grove:
        grove.sends(4)
        token, end = _token(grove), grove.clock() + timedelta(days=30)

        grove.clock.move_to(end - timedelta(minutes=1))
        assert list(_choices(grove, token)) == ["help"]
        grove.clock.move_to(end)
        stood = everything(grove.runtime.database)

        assert look(grove.runtime, token) is None
        assert answer_by_link(grove.runtime, token, "help", HELP) is None
        assert everything(grove.runtime.database) == stood
