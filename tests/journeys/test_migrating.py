"""Pairs brought to a changed programme: reminders and letters, foretold and done (P12)."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.decide.migrate import Becomes
from runtime.queries.history import entries
from runtime.queries.other_versions import others, wanted
from tests.support.versions import Document, Orchards, becomes, brought, due, holds, rungs
from tests.support.versions import orchards as copied

PAIR = "VIE-BIR"


@pytest.fixture
def orchards(tmp_path: Path) -> Orchards:
    return copied(tmp_path)


def test_a_changed_rung_moves_and_the_others_keep_their_days(orchards: Orchards) -> None:
    with orchards.planted() as before:
        before.sends(4)
        days = due(before, PAIR)
    orchards.change("pairing", lambda document: rungs(document)[1].update(at="P21D"))

    with orchards.opened(before) as grove:
        families = brought(grove)

        assert becomes(families)[PAIR] == Becomes.SAME
        assert due(grove, PAIR) == {
            **days,
            "growing/lead/0": days["growing/lead/0"] + timedelta(days=7),
        }
        assert grove.dossier(PAIR).digest == grove.runtime.programme.workflows["pairing"].digest
        assert holds(grove)


def test_what_was_done_is_not_done_again(orchards: Orchards) -> None:
    with orchards.planted() as before:
        pass
    orchards.change("pairing", lambda document: rungs(document)[1].update(at="P21D"))

    with orchards.opened(before) as grove:
        brought(grove)
        version = grove.dossier(PAIR).version
        again = brought(grove)

        assert set(becomes(again).values()) == {Becomes.UNTOUCHED}
        assert grove.dossier(PAIR).version == version


def test_a_new_rung_is_armed_and_one_that_is_gone_is_settled_with_its_reason(
    orchards: Orchards,
) -> None:
    def other(document: Document) -> None:
        new = {"name": "nudge", "at": "P9D", "letter": "N-2.ask", "to": ["aspiring"]}
        rungs(document)[1:] = [new]

    with orchards.planted() as before:
        before.sends(4)
        asked = [each.letter for each in before.letters(PAIR)]
    orchards.change("pairing", other)

    with orchards.opened(before) as grove:
        brought(grove)
        timers = {each.key: each for each in grove.dossier(PAIR).timers}

        # Its day is the 11th; the letter before it asked for an answer by the 13th.
        assert timers["growing/nudge/0"].due_at.date() == date(
            2026, 3, 14
        )  # the letter named the 13th
        assert (
            timers["growing/lead/0"].outcome == "cancelled: the rung is no longer in the programme"
        )
        assert timers["growing/ask/0"].outcome == "fired"
        assert [each.letter for each in grove.letters(PAIR)] == asked
        assert holds(grove)


def test_a_new_rung_below_one_that_has_spoken_says_nothing(orchards: Orchards) -> None:
    def other(document: Document) -> None:
        new = {"name": "nudge", "at": "P9D", "letter": "N-2.ask", "to": ["aspiring"]}
        rungs(document).insert(1, new)

    with orchards.planted() as before:
        before.sends(20)
        asked = len(before.letters(PAIR))
    orchards.change("pairing", other)

    with orchards.opened(before) as grove:
        (family,) = brought(grove, only=grove.pairs[PAIR])
        grove.sends(0)

        assert family.at_once == ()
        assert len(grove.letters(PAIR)) == asked


def test_what_comes_due_at_once_is_foretold_with_who_is_written_to(orchards: Orchards) -> None:
    def other(document: Document) -> None:
        rung = {"name": "tell", "at": "P2D", "letter": "N-2.lead", "to": ["lead"]}
        ladder = {"title": "the weather", "rungs": [rung]}
        document["states"]["planted"]["ladders"]["weather"] = ladder

    with orchards.planted() as before:
        before.sends(8)
        asked = len(before.letters(PAIR))
    orchards.change("pairing", other)

    with orchards.opened(before) as grove:
        (family,) = brought(grove, only=grove.pairs[PAIR])
        grove.sends()
        told = [(each.letter, each.name) for each in grove.letters(PAIR)[asked:]]

        assert [(each.letter, each.to) for each in family.at_once] == [("N-2.lead", "Lead")]
        assert told == [("N-2.lead", "Lead")]


def _without_asking(orchards: Orchards) -> None:
    """The growers are asked by another letter, and the old one is no more."""

    def letters(document: Document) -> None:
        stages = document["letters"]["N-2"]["stages"]
        stages["beg"] = stages.pop("ask")

    orchards.change("letters", letters)
    orchards.change("pairing", lambda document: rungs(document)[0].update(letter="N-2.beg"))
    text = orchards.folder / "words/en/letters/N-2/ask.txt"
    text.rename(text.with_name("beg.txt"))


def test_a_letter_that_is_no_longer_in_the_programme_is_withheld(orchards: Orchards) -> None:
    with orchards.planted() as before:
        before.owes(4)
    _without_asking(orchards)

    with orchards.opened(before) as grove:
        (family,) = brought(grove, only=grove.pairs[PAIR])
        grove.sends()

        ends = {(each.letter, each.state, each.reason) for each in grove.letters(PAIR)}
        assert ends == {("N-2.ask", "withheld", "the letter is no longer in the programme")}
        assert {each.letter for each in family.follows.withdrawn} == {"N-2.ask"}


def test_a_message_that_nobody_has_read_is_not_sent_any_more(orchards: Orchards) -> None:
    with orchards.planted() as before:
        before.writes(4)
    _without_asking(orchards)

    with orchards.opened(before) as grove:
        brought(grove, only=grove.pairs[PAIR])
        grove.sends()

        assert {each.state for each in grove.letters(PAIR)} == {"withdrawn"}
        assert all("vie-bir" not in each.recipient for each in grove.post.letters)


def test_the_journal_names_both_versions_as_people_call_them(orchards: Orchards) -> None:
    with orchards.planted() as before:
        pass
    orchards.change("pairing", lambda document: document.update(version="2"))

    with orchards.opened(before) as grove:
        brought(grove)
        told = list(entries(grove.runtime, grove.pairs[PAIR], 0, 100))

    assert [each.what for each in told if each.kind == "migrated"] == ["pairing 1 to 2"]


def test_the_difference_of_two_versions_is_told_in_sentences(orchards: Orchards) -> None:
    with orchards.planted() as before:
        pass
    orchards.change("pairing", lambda document: rungs(document)[1].update(at="P21D"))
    orchards.change("letters", lambda doc: doc["letters"]["N-2"]["stages"]["ask"].update(minutes=5))

    with orchards.opened(before) as grove:
        told = list(others(grove.runtime, wanted(grove.runtime, "")))
        (root,) = (each for each in told if each.workflow == "pairing")

    assert (root.since, root.cases) == ("1", (PAIR, "LIS-ELM"))
    assert {each.workflow: each.sentences for each in told}["pairing"] == (
        "state planted, ladder growing, rung lead: at is P21D, it was P14D",
        "letter N-2, stage ask: minutes is 5, it was 10",
    )
