"""A record is asked field by field in a terminal, and nothing is filed before somebody says so."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.commands import is_clear, pairing
from tests.support.orchard import Orchard
from tests.support.terminal import Terminal, terminal

NOTE = ["pair", "fill", "VIE-BIR", "note"]


@pytest.fixture
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orchard]:
    with closing(Orchard(tmp_path_factory.mktemp("filling"))) as made:
        yield made


def _content(orchard: Orchard, record: str = "note") -> dict[str, object]:
    shown = pairing("pair", "form", "VIE-BIR", record, "--json", folder=orchard.folder).body
    found = shown["content"]
    assert isinstance(found, dict)
    return {name: value for name, value in found.items() if value not in (None, [])}


def test_a_record_is_filled_field_by_field_rows_included(orchard: Orchard) -> None:
    with terminal(NOTE, orchard.folder) as typing:
        typing.answers("summary: a text\n  > ", "")
        typing.answers("it is needed: give a text\n  > ", "Pruning went well")
        typing.answers("on day: a date like 2026-04-01, may be left out\n  > ", "1/2/2026")
        typing.answers("could be Sunday 1 February 2026 or Friday 2 January 2026", "1 Feb 2026")
        typing.answers("count: ", "many")
        typing.answers('"many" is not a whole number', "7")
        typing.answers("share: ", "2,5")
        typing.answers("good: ", "y")
        typing.answers("one more", "pruning")
        typing.answers("one more", "water")
        typing.answers("one more", "-1")
        typing.answers("one more", "")
        typing.answers("+ a row more", "+")
        typing.answers("title: a text\n  > ", "North slope")
        typing.answers("    1  title: North slope\n", "+")
        typing.answers("title: a text\n  > ", "South slope")
        typing.answers("    2  title: South slope\n", "")
        typing.answers("File it? (yes or no): ", "yes")
        code, shown = typing.ends()

    assert code == 0, shown
    assert "VIE-BIR: done" in shown
    assert _content(orchard) == {
        "summary": "Pruning went well",
        "on_day": "2026-02-01",
        "count": 7,
        "share": 2.5,
        "good": True,
        "words": ["water"],
        "parts": [{"title": "North slope"}, {"title": "South slope"}],
    }


def test_an_empty_line_keeps_what_is_in_force_and_a_hyphen_takes_it_out(orchard: Orchard) -> None:
    words = ("--set", "summary=Old", "--set", "count=3", "--add", "parts", "title=North")
    orchard.must("pair", "record", "VIE-BIR", "note", *words)

    with terminal(NOTE, orchard.folder) as typing:
        typing.answers("[Old]> ", "")
        typing.answers("on day: ", "")
        typing.answers("[3]> ", "-")
        _empty_lines(typing, "share: ", "good: ", "one more")
        typing.answers("+ a row more", "1")
        typing.answers("[North]> ", "South")
        typing.answers("+ a row more", "")
        typing.answers("File it?", "yes")
        code, shown = typing.ends()

    assert code == 0, shown
    assert _content(orchard) == {"summary": "Old", "parts": [{"title": "South"}]}


@pytest.mark.parametrize("way", ["no", "ctrl-c", "ctrl-d"])
def test_nothing_is_filed_before_somebody_says_so(way: str, orchard: Orchard) -> None:
    with terminal(NOTE, orchard.folder) as typing:
        typing.answers("summary: ", "Not yet")
        _empty_lines(typing, "on day: ", "count: ", "share: ", "good: ", "one more", "a row more")
        if way == "no":
            typing.answers("File it?", "no")
            typing.answers("Go through it again?", "no")
        elif way == "ctrl-c":
            typing.interrupts("File it?")
        else:
            typing.answers("File it?", "\x04\x04")
        code, shown = typing.ends()

    assert code == 130, shown
    assert "nothing was filed" in shown
    assert "Traceback" not in shown
    assert _content(orchard) == {}


def test_a_choice_is_taken_by_its_number(orchard: Orchard) -> None:
    with terminal(["pair", "fill", "VIE-BIR", "contact"], orchard.folder) as typing:
        typing.answers("on: a date", "today")
        typing.answers("    1  call\n    2  mail\n  > ", "3")
        typing.answers('"3" is none of them: write a number from 1 to 2', "0000017")
        typing.answers('"0000017" is none of them: write a number from 1 to 2', "2")
        typing.answers("summary: ", "Asked for the note")
        typing.answers("File it?", "yes")
        code, shown = typing.ends()

    assert code == 0, shown
    assert _content(orchard, "contact")["kind"] == "mail"


def test_where_nobody_would_see_the_questions_none_is_asked(orchard: Orchard) -> None:
    ended, written = orchard.try_(*NOTE)

    assert is_clear(ended, [2])
    assert "this is no terminal, where it would ask: pairing pair record VIE-BIR note" in ended.err
    assert not written


def test_whoever_may_not_file_it_is_told_before_any_question(orchard: Orchard) -> None:
    with terminal([*NOTE, "--by", "vie-1"], orchard.folder) as typing:
        code, shown = typing.ends()

    assert code == 1, shown
    assert "Ask" in shown
    assert "summary" not in shown


def test_what_follows_is_called_by_its_title(orchard: Orchard) -> None:
    words = ("--reason", "frost", "--until", "in 3 weeks", "--by", "lead", "--dry-run")

    told, _ = orchard.try_("pair", "pause", "VIE-BIR", *words)

    assert "growing/lead/0: the note of the growers" in told.out, told
    assert "waiting/ask/0: the rest" in told.out


def _empty_lines(typing: Terminal, *prompts: str) -> None:
    for prompt in prompts:
        typing.answers(prompt, "")


def test_of_a_case_that_has_ended_nothing_is_asked(orchard: Orchard) -> None:
    orchard.must("pair", "record", "VIE-BIR", "note", "--set", "summary=fine")
    orchard.must("pair", "advance", "VIE-BIR", "harvest")

    with terminal(NOTE, orchard.folder) as typing:
        code, shown = typing.ends()

    assert code == 1, shown
    assert "VIE-BIR has ended: Harvested" in shown
    assert "summary" not in shown
