"""Whoever named a colleague to be asked takes that back, and is asked as ever (0065)."""

from dataclasses import replace

import pytest

from engine.model.outcomes import By
from notifications.mailer import Outgoing
from runtime.asking import NOT_NAMED
from runtime.queries.letters import Sought, letter_lines
from runtime.use_cases.arrange_letter import ArrangedError, Arrangement, again
from storage.database.transactions import reading
from storage.journal import lines
from storage.journal.verify import verify
from storage.mail.inbound import DONE, PASSED_ON
from tests.support.answer_pages import Site
from tests.support.linked import tokens
from tests.support.pairs import Pair, days_go_by
from tests.support.word_replies import answers, letters_to, opened, proposed, words_in, words_of
from tests.support.world import World, wp6

DEPUTY = "Coordinator VIE-BIR deputy"
UNDONE = "answered: Take back what was recorded"
SAID = "Someone else should be asked"


@pytest.fixture
def named(any_town: World) -> Pair:
    """A coordinator was asked about a pair yesterday, and named a deputy, who had the letter."""
    pair = proposed(any_town)
    answers(pair, _proposal(pair), f"COLLEAGUE {DEPUTY}")
    any_town.beat()
    return pair


def _proposal(pair: Pair, role: str = "coordinator") -> Outgoing:
    return letters_to(pair, role, "pairing with")[-1]


def _receipt(pair: Pair, subject: str = f"Recorded: {SAID}") -> Outgoing:
    return letters_to(pair, "coordinator", subject)[-1]


def _text(letter: Outgoing) -> str:
    return " ".join(words_of(letter).split())


def _asked_since(pair: Pair) -> dict[str, int]:
    """How often each of the two was reminded by now."""
    roles = ("coordinator", "deputy.coordinator")
    return {role: len(letters_to(pair, role, "Still open")) for role in roles}


def test_who_takes_it_back_is_asked_again_and_who_was_named_hears_it_once(named: Pair) -> None:
    receipt = _receipt(named)
    assert words_in(receipt) == ["UNDO"]
    assert "It can be taken back until" in _text(receipt)

    line = answers(named, receipt, "UNDO")
    named.world.beat()
    (news,) = letters_to(named, "deputy.coordinator", f"Taken back: {SAID}")
    days_go_by(named.world, 12)

    assert (line.state, line.outcome) == (DONE, UNDONE)
    assert "Coordinator VIE-BIR took the answer of 12 May 2026 back." in _text(news)
    asked = str(opened(_proposal(named, "deputy.coordinator"))["Subject"])
    assert f"- {asked}, sent on " in _text(news), _text(news)
    assert "Nothing is asked of you" in _text(news)
    assert _asked_since(named) == {"coordinator": 1, "deputy.coordinator": 0}
    for reader in ("coordinator", "facilitator"):
        assert len(letters_to(named, reader, f"Taken back: {SAID}")) == 1
    (call,) = letters_to(named, "facilitator", "Please call")
    assert str(opened(call)["Subject"]).startswith("Please call Coordinator VIE-BIR:")
    with reading(named.world.runtime.database) as session:
        acts = [each.what for each in lines.journal_lines(session, named.case)]
        assert list(verify(session)) == []
    assert any("asked as ever" in each for each in acts)


def test_it_is_taken_back_once_and_may_be_said_anew(named: Pair) -> None:
    former = _receipt(named)
    answers(named, former, "UNDO")

    again = answers(named, former, "Annuler.")
    anew = answers(named, _proposal(named), f"Collègue : {DEPUTY}")
    days_go_by(named.world, 9)

    assert again.outcome == "passed on: answered before"
    assert (anew.state, anew.outcome) == (DONE, f"answered: {SAID}")
    assert _asked_since(named) == {"coordinator": 0, "deputy.coordinator": 1}


def test_where_the_letter_has_not_gone_it_goes_to_nobody_and_nobody_is_told(town: World) -> None:
    pair = proposed(town)
    town.runtime = replace(town.runtime, programme=wp6())  # from now on everybody has their hours
    town.clock.move_to(town.clock().replace(hour=21))
    answers(pair, _proposal(pair), f"COLLEAGUE {DEPUTY}")
    town.beat()

    line = answers(pair, _receipt(pair), "UNDO")
    days_go_by(town, 2)

    assert line.outcome == UNDONE
    found = letter_lines(town.runtime, Sought(pair.case))
    (theirs,) = [each for each in found if each.person == "vie-bir-coordinator-deputy"]
    assert (theirs.letter, theirs.state) == ("N-03.ask", "withdrawn")
    assert theirs.reason == "withdrawn: Coordinator VIE-BIR took the answer of 2026-05-12 back"


def test_the_letter_to_whoever_was_named_is_not_sent_again_once_that_was_taken_back(
    named: Pair,
) -> None:
    by = By("vie-bir-facilitator", "facilitator")
    (theirs,) = (
        each
        for each in letter_lines(named.world.runtime, Sought(named.case))
        if each.person == "vie-bir-coordinator-deputy"
    )
    answers(named, _receipt(named), "UNDO")
    named.world.beat()
    before = len(letters_to(named, "deputy.coordinator", "pairing with"))

    with pytest.raises(ArrangedError, match="in place of Coordinator VIE-BIR, who took that back"):
        again(named.world.runtime, Arrangement(theirs.number, "They lost it.", by))

    days_go_by(named.world, 2)
    assert len(letters_to(named, "deputy.coordinator", "pairing with")) == before


def test_another_answer_ends_it_as_well(named: Pair) -> None:
    answers(named, _proposal(named), "HELP")
    line = answers(named, _proposal(named), "LATER 14 May")
    named.world.beat()
    days_go_by(named.world, 9)

    assert line.state == DONE
    assert len(letters_to(named, "deputy.coordinator", f"Taken back: {SAID}")) == 1
    assert _asked_since(named) == {"coordinator": 1, "deputy.coordinator": 0}


@pytest.mark.parametrize(
    ("word", "state"), [("CONFIRM", "match_confirmed"), ("DECLINE", "match_proposed")]
)
def test_who_answers_after_all_spares_whoever_was_named(named: Pair, word: str, state: str) -> None:
    answers(named, _proposal(named), word)
    named.world.beat()

    assert named.state == state
    assert len(letters_to(named, "deputy.coordinator", f"Taken back: {SAID}")) == 1


def test_once_whoever_was_named_has_answered_their_answer_stands(named: Pair) -> None:
    answers(named, _proposal(named, "deputy.coordinator"), "CONFIRM")

    line = answers(named, _receipt(named), "UNDO")
    named.world.beat()

    assert line.outcome == UNDONE
    assert named.state == "match_confirmed"
    assert letters_to(named, "deputy.coordinator", "Taken back") == []


def test_a_letter_that_no_longer_counts_takes_no_word_and_a_person_reads_it(named: Pair) -> None:
    theirs = _proposal(named, "deputy.coordinator")
    answers(named, _receipt(named), "UNDO")
    named.world.beat()

    line = answers(named, theirs, "CONFIRM")
    named.world.beat()

    said = f"{NOT_NAMED}, by Coordinator VIE-BIR on 2026-05-12"
    assert (line.state, line.outcome) == (PASSED_ON, f"passed on: over; {said}")
    assert named.state == "match_validation"
    assert "- CONFIRM" in _text(letters_to(named, "facilitator", "Mail from")[-1])
    assert answers(named, _proposal(named), "CONFIRM").state == DONE


def test_the_page_of_a_letter_that_no_longer_counts_says_who_took_it_back(
    linked_town: World, site: Site
) -> None:
    pair = proposed(linked_town)
    answers(pair, _proposal(pair), f"COLLEAGUE {DEPUTY}")
    linked_town.beat()
    (theirs,) = tokens(linked_town, "deputy.coordinator.vie-bir@")
    before = site.opens(theirs).text
    answers(pair, _receipt(pair), "UNDO")

    pages = [site.opens(theirs).text, site.chooses(theirs, "confirm").text]

    assert 'value="confirm"' in before
    assert not [each for each in pages if 'value="confirm"' in each or "recorded" in each]
    assert f"This is over: Coordinator VIE-BIR, {NOT_NAMED}, 2026-05-12" in pages[0]
    assert pair.state == "match_validation"
