"""A running pair keeps the answers that its letters offer until it is brought to others (P12)."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runtime.queries.answer_page import look
from runtime.queries.other_versions import others, wanted
from tests.storage.rows import everything
from tests.support.answering_orchards import (
    CHANGES,
    PAIR,
    WELL,
    answering,
    asked,
    by_link,
    by_word,
    in_letter,
    meaning_changed,
    offers,
    on_page,
    token_in,
)
from tests.support.grove import Grove
from tests.support.versions import Orchards, brought, holds

MEANT_STILL = [name for name in CHANGES if name != "answer dropped"]
NOW = {"step renamed": "gather", "record renamed": "report", "field renamed": "text"}
BROUGHT = "passed on: its case was brought to another version since, which has no such answer"


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Orchards:
    found = answering(tmp_path, database_url)
    offers(found)
    return found


@pytest.fixture
def change(request: pytest.FixtureRequest) -> Callable[[Orchards], None]:
    return CHANGES[request.param]


def _asked(place: Orchards) -> Grove:
    """The pair, whose growers were asked by the first version."""
    with place.planted() as grove:
        grove.sends(4)
        assert in_letter(asked(grove)) == ["DONE", "HELP"]
        return grove


@pytest.fixture
def later(place: Orchards, change: Callable[[Orchards], None]) -> Iterator[tuple[Grove, Grove]]:
    """The pair as it was asked, and the same run by another version to which it is not brought."""
    before = _asked(place)
    change(place)
    with place.opened(before, days=1) as grove:
        yield before, grove


@pytest.mark.parametrize("change", list(CHANGES), indirect=True)
@pytest.mark.parametrize("answers", [by_word, by_link], ids=["word", "link"])
def test_an_answer_means_what_it_meant_as_long_as_its_pair_is_brought_to_no_other_version(
    later: tuple[Grove, Grove], answers: Callable[..., str]
) -> None:
    before, grove = later

    outcome = answers(grove, asked(before), "done")

    assert outcome in {"answered: All is picked", "recorded"}
    note = grove.dossier(PAIR).latest("note")
    assert note is not None
    assert dict(note.content) == WELL
    assert grove.dossier(PAIR).state == "harvested"
    assert holds(grove)


@pytest.mark.parametrize("change", ["answer added", "answer dropped"], indirect=True)
def test_a_letter_that_goes_meanwhile_offers_what_its_pair_began_with(
    place: Orchards, change: Callable[[Orchards], None]
) -> None:
    with place.planted() as before:
        pass
    change(place)

    with place.opened(before) as grove:
        grove.sends(4)
        assert in_letter(asked(grove)) == ["DONE", "HELP"]
        assert on_page(grove, asked(grove)) == ["done", "help"]


@pytest.mark.parametrize("change", ["answer dropped"], indirect=True)
def test_a_link_of_a_pair_that_offers_its_answer_no_more_explains_itself(
    later: tuple[Grove, Grove],
) -> None:
    before, grove = later
    brought(grove)
    stood = everything(grove.runtime.database)

    page = look(grove.runtime, token_in(asked(before)))

    assert page is not None
    assert page.choices == ()
    assert page.since is not None
    assert (page.since.who, page.since.at) == (grove.name_of("lead"), grove.clock())
    assert by_link(grove, asked(before), "done") == "over"
    assert everything(grove.runtime.database) == stood


@pytest.mark.parametrize("change", MEANT_STILL, indirect=True)
@pytest.mark.parametrize("answers", [by_word, by_link], ids=["word", "link"])
def test_an_answer_counts_in_a_pair_that_was_brought_as_long_as_it_means_the_same(
    later: tuple[Grove, Grove], answers: Callable[..., str], request: pytest.FixtureRequest
) -> None:
    before, grove = later
    brought(grove)

    assert answers(grove, asked(before), "done") in {"answered: All is picked", "recorded"}

    now = NOW.get(request.node.callspec.params["change"], "")
    filed = grove.dossier(PAIR).latest("report" if now == "report" else "note")
    assert filed is not None
    assert dict(filed.content) == ({"text": WELL["summary"]} if now == "text" else WELL)
    assert grove.dossier(PAIR).state == "harvested"
    assert holds(grove)


@pytest.mark.parametrize("change", ["answer dropped"], indirect=True)
def test_a_word_that_a_pair_has_no_more_goes_to_whoever_runs_it(
    later: tuple[Grove, Grove],
) -> None:
    before, grove = later
    brought(grove)

    assert by_word(grove, asked(before), "DONE") == BROUGHT
    assert grove.dossier(PAIR).latest("note") is None
    assert grove.dossier(PAIR).state == "planted"
    assert by_word(grove, asked(before), "HELP") == "answered: I would like help"


def test_a_word_that_means_something_else_by_now_goes_to_whoever_runs_it(place: Orchards) -> None:
    before = _asked(place)
    meaning_changed(place)

    with place.opened(before, days=1) as grove:
        brought(grove)

        assert by_word(grove, asked(before), "DONE") == BROUGHT
        assert grove.dossier(PAIR).state == "planted"


@pytest.mark.parametrize(
    ("change", "words"),
    [("answer added", ["DONE", "PRUNED", "HELP"]), ("answer dropped", ["HELP"])],
    indirect=["change"],
)
def test_a_new_letter_of_a_pair_that_was_brought_offers_what_is_new(
    place: Orchards, change: Callable[[Orchards], None], words: list[str]
) -> None:
    with place.planted() as before:
        pass
    change(place)

    with place.opened(before) as grove:
        brought(grove)
        grove.sends(4)

        assert in_letter(asked(grove)) == words
        assert on_page(grove, asked(grove)) == [each.lower() for each in words]
        assert by_word(grove, asked(grove), words[-2] if "PRUNED" in words else "HELP").startswith(
            "answered: "
        )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("step renamed", "answers, done: then is gather, it was harvest"),
        ("answer dropped", "offers: N-2.ask is help, it was done, help"),
    ],
    indirect=["change"],
)
def test_another_answer_is_among_what_differs_between_two_versions(
    later: tuple[Grove, Grove], told: str
) -> None:
    _, grove = later

    found = list(others(grove.runtime, wanted(grove.runtime, "")))

    assert all(told in each.sentences for each in found)
    assert {each.workflow for each in found} == {"pairing", "check_in"}
