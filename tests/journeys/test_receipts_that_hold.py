"""A receipt offers what it can keep: to whoever answered, while the answer stands (P21)."""

from datetime import timedelta

import pytest

from engine.model.outcomes import By
from engine.model.putting_right import Undone
from runtime.use_cases.absence import NewAbsence, away
from runtime.use_cases.answer_by_link import answer_by_link
from runtime.use_cases.arrange_letter import ArrangedError, Arrangement, again
from storage.database.failpoints import install
from storage.database.transactions import reading
from storage.mail import queries
from storage.mail.inbound import DONE
from storage.mail.queries import LetterQuery
from tests.storage.rows import everything, meddle
from tests.support.actors import act
from tests.support.answer_pages import Site
from tests.support.came_back import reply
from tests.support.linked import tokens
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.word_replies import comes_in, letters_to, proposed
from tests.support.world import FACILITATOR, LEAD, World

OF_THE_OFFICE = By("vie-bir-facilitator", "facilitator")
COORDINATOR, OFFICE = "coordinator.vie-bir@", "facilitator.vie-bir@"


@pytest.fixture
def pair(linked_town: World) -> Pair:
    """A pair whose coordinator is asked to confirm the match."""
    found = a_pair(linked_town).gets_to("match_validation")
    days_go_by(linked_town, 1)
    return found


def _last(pair: Pair) -> str:
    return list(tokens(pair.world, COORDINATOR))[-1]


def test_only_whoever_answered_takes_it_back_by_the_receipt(pair: Pair, site: Site) -> None:
    before = list(tokens(pair.world, OFFICE))

    site.chooses(_last(pair), "confirm")
    pair.world.beat()

    assert list(tokens(pair.world, OFFICE)) == before
    assert any(
        each.recipient.startswith(OFFICE) and b"can be taken back until" in each.frozen
        for each in pair.world.mailbox.letters
    )


def test_what_was_passed_on_has_a_receipt_that_takes_nothing_back(pair: Pair, site: Site) -> None:
    asking = _last(pair)

    site.chooses(asking, "someone_else", person="The deputy")
    pair.world.beat()

    assert _last(pair) == asking


def test_a_receipt_of_what_was_taken_back_before_says_so(pair: Pair, site: Site) -> None:
    asking = _last(pair)
    site.chooses(asking, "confirm")
    pair.world.beat()
    receipt = _last(pair)
    for _ in ("the step", "the record"):
        assert act(pair.world.runtime, pair.case, Undone("A slip.", FACILITATOR)).accepted
    site.chooses(asking, "confirm")

    told = site.chooses(receipt, "undo").text

    assert "it was taken back before" in told
    assert pair.state == "match_confirmed"


def test_a_link_in_a_reply_is_passed_on_to_nobody(pair: Pair) -> None:
    (letter,) = letters_to(pair, "coordinator", "Please confirm")
    token = _last(pair)

    comes_in(pair, reply(letter.frozen, f"I cannot open https://pairing.example.org/a/{token} !"))
    pair.world.beat()

    rows = everything(pair.world.runtime.database)
    kept = str([rows[table] for table in ("inbound", "journal", "intents")])
    assert "I cannot open" in kept
    assert token not in kept
    told = [e for e in pair.world.mailbox.letters if e.recipient.startswith(OFFICE)]
    assert not any(token.encode() in each.frozen for each in told)


def test_a_page_names_what_would_go_and_who_would_be_told_before_it_is_chosen(
    pair: Pair, site: Site
) -> None:
    site.chooses(_last(pair), "confirm")
    pair.world.beat()
    receipt = _last(pair)
    pair.goes("formalise")
    pair.world.beat()
    before = everything(pair.world.runtime.database)

    seen = site.opens(receipt).text

    assert "(Answer to the match proposal, Confirm the match, Formalise the pair)" in seen
    assert "Told: Facilitator VIE-BIR, " in seen
    assert "Aspiring VIE-BIR" in seen
    assert everything(pair.world.runtime.database) == before


def test_a_page_says_in_the_words_of_its_reader_why_an_answer_stays(pair: Pair, site: Site) -> None:
    french = "UPDATE people SET language = 'fr' WHERE key = :key"
    meddle(pair.world.runtime.database, french, key="vie-bir-coordinator")
    site.chooses(_last(pair), "confirm")
    pair.world.beat()
    receipt = _last(pair)
    pair.goes("formalise")
    days_go_by(pair.world, 2)

    seen, tried = site.opens(receipt).text, site.chooses(receipt, "undo").text

    why = "Formaliser le binôme”, du 12\N{NO-BREAK SPACE}mai 2026, en dépend"
    assert "l\N{RIGHT SINGLE QUOTATION MARK}étape" in seen
    assert "It stays: " in seen
    assert why in seen
    assert why in tried


def test_a_receipt_is_not_sent_again_once_its_answer_was_taken_back(pair: Pair, site: Site) -> None:
    site.chooses(_last(pair), "confirm")
    pair.world.beat()
    with reading(pair.world.runtime.database) as session:
        mine = queries.letters(session, LetterQuery(case=pair.case))
    receipt = next(e for e in mine if e.letter == "N-26.receipt" and e.audience == "coordinator")
    site.chooses(_last(pair), "undo")

    with pytest.raises(ArrangedError, match="the receipt of an answer that was taken back since"):
        again(pair.world.runtime, Arrangement(receipt.id, "They lost it.", OF_THE_OFFICE))


class _DiedError(Exception):
    """As a crash would be."""


def _dies(point: str) -> None:
    if point == "commit.letters":
        raise _DiedError


def test_an_undo_that_fails_in_the_middle_changes_nothing(pair: Pair, site: Site) -> None:
    site.chooses(_last(pair), "confirm")
    pair.world.beat()
    receipt = _last(pair)
    pair.goes("formalise")
    before = everything(pair.world.runtime.database)

    remove = install(_dies)
    try:
        with pytest.raises(_DiedError):
            answer_by_link(pair.world.runtime, receipt, "undo", {})
    finally:
        remove()

    assert everything(pair.world.runtime.database) == before
    assert "recorded" in site.chooses(receipt, "undo").text


@pytest.mark.parametrize("how", ["by link", "by word"])
def test_who_answers_while_away_has_the_receipt_at_once_and_takes_it_back(
    linked_town: World, site: Site, how: str
) -> None:
    found = proposed(linked_town)
    (asked,) = letters_to(found, "coordinator", "pairing with")
    until = found.today + timedelta(days=20)
    for who in ("vie-bir-coordinator", "vie-bir-coordinator-deputy"):
        assert away(linked_town.runtime, NewAbsence(who, found.today, until), LEAD).outcome

    if how == "by link":
        assert "recorded: Yes, pair us" in site.chooses(_last(found), "confirm").text
    else:
        assert comes_in(found, reply(asked.frozen, "CONFIRM")).state == DONE
    linked_town.beat()

    (receipt,) = letters_to(found, "coordinator", "Recorded: Yes, pair us")
    assert comes_in(found, reply(receipt.frozen, "UNDO")).state == DONE
    assert found.state == "match_validation"
    linked_town.beat()
    assert len(letters_to(found, "coordinator", "Taken back:")) == 1
