"""A receipt names a word that takes the answer back: a reply with it undoes what was recorded."""

import re

import pytest

from notifications.mailer import Outgoing
from runtime.queries.history import entries
from runtime.queries.journal_changes import Change
from storage.database.transactions import reading
from storage.journal.verify import verify
from storage.mail.inbound import DONE, PASSED_ON
from tests.support.pairs import Pair, days_go_by
from tests.support.word_replies import answers, letters_to, proposed, words_in, words_of
from tests.support.world import World

ASPIRANT = "aspiring.vie-bir@example.org"
UNDONE = "answered: Take back what was recorded"


@pytest.fixture
def confirmed(town: World) -> Pair:
    """The match was confirmed by a word, and its receipt has gone out."""
    pair = proposed(town)
    answers(pair, letters_to(pair, "coordinator", "pairing with")[-1], "CONFIRM")
    town.beat()
    return pair


def _receipt(pair: Pair) -> Outgoing:
    (receipt,) = letters_to(pair, "coordinator", "Recorded: Yes, pair us")
    return receipt


@pytest.mark.parametrize("word", ["UNDO", "undo.", "Annuler"])
def test_a_word_to_the_receipt_takes_the_answer_back(confirmed: Pair, word: str) -> None:
    receipt = _receipt(confirmed)
    assert words_in(receipt) == ["UNDO"]

    line = answers(confirmed, receipt, word)

    assert (line.state, line.outcome) == (DONE, UNDONE)
    assert confirmed.state == "match_validation"
    assert confirmed.dossier.latest("match_answer") is None
    with reading(confirmed.world.runtime.database) as session:
        assert list(verify(session)) == []


def test_what_was_taken_back_may_be_answered_anew(confirmed: Pair) -> None:
    answers(confirmed, _receipt(confirmed), "UNDO")

    line = answers(confirmed, letters_to(confirmed, "coordinator", "pairing with")[0], "confirmer")

    assert line.outcome == "answered: Yes, pair us"
    assert confirmed.state == "match_confirmed"


def test_who_read_of_it_hears_who_took_it_back_and_where_things_stand(confirmed: Pair) -> None:
    confirmed.goes("formalise")
    confirmed.world.beat()

    answers(confirmed, _receipt(confirmed), "UNDO")
    confirmed.world.beat()

    (told,) = letters_to(confirmed, "aspiring", "Taken back: Answer to the match proposal")
    text = " ".join(words_of(told).split())
    took = r"counts no more: Coordinator VIE-BIR took the answer of \d+ May 2026 back\. Please"
    assert re.search(took, text), text
    assert "The pair is not formed. Where things stand now: Match to be validated" in text
    assert "by mistake" not in text
    assert "The reason" not in text


def test_nobody_else_takes_it_back(confirmed: Pair) -> None:
    line = answers(confirmed, _receipt(confirmed), "UNDO", sender=ASPIRANT)

    assert line.outcome == "passed on: it is not of whoever was asked"
    assert confirmed.state == "match_confirmed"


def test_after_a_day_what_others_did_upon_it_stands(confirmed: Pair) -> None:
    confirmed.goes("formalise")
    days_go_by(confirmed.world, 2)

    line = answers(confirmed, _receipt(confirmed), "UNDO")

    assert line.state == PASSED_ON
    assert line.outcome.startswith("passed on: refused; ")
    assert line.outcome.endswith("rests on it")
    assert confirmed.state == "formalised"


def test_the_journal_names_what_an_answer_that_is_taken_back_took_along(confirmed: Pair) -> None:
    confirmed.goes("formalise")
    answers(confirmed, _receipt(confirmed), "UNDO")

    every = list(entries(confirmed.world.runtime, confirmed.case, 0, 100))

    (formalised,) = (each for each in every if each.what == "formalise")
    (undone,) = (each for each in every if each.kind == "undone")
    what = f"the step Formalise the pair, in VIE-BIR entry {formalised.entry}"
    assert Change(what, "stands", "taken back with it") in undone.changes
