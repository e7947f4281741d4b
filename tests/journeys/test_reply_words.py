"""A reply of one offered word is the answer of whoever was asked; any doubt is for a person."""

import pytest

from notifications.mailer import Outgoing
from storage.database.transactions import reading
from storage.journal.verify import verify
from storage.mail.inbound import DONE, PASSED_ON
from tests.support.calendar_mail import reads_replies
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.word_replies import (
    answers,
    comes_in,
    from_a_page,
    from_outlook,
    letters_to,
    proposed,
    words_in,
    words_of,
)
from tests.support.world import World

PROPOSAL = "pairing with"
ASPIRANT = "aspiring.vie-bir@example.org"
YES = "answered: Yes, pair us"


@pytest.fixture
def asked(town: World) -> Pair:
    return proposed(town)


def _proposal(pair: Pair) -> Outgoing:
    return letters_to(pair, "coordinator", PROPOSAL)[-1]


def _told(pair: Pair) -> list[str]:
    """What the facilitator reads of mail that came in."""
    pair.world.mailbox.letters.clear()
    pair.world.beat()
    return [text for _, subject, text in arrived(pair) if subject.startswith("Mail from")]


def _is_open(pair: Pair) -> bool:
    return pair.state == "match_validation" and pair.dossier.latest("match_answer") is None


def test_a_proposal_is_confirmed_by_one_word(any_town: World) -> None:
    reads_replies(any_town)
    pair = a_pair(any_town).gets_to("match_validation")
    days_go_by(any_town, 1)
    letter = _proposal(pair)

    line = answers(pair, letter, "Confirm.")

    deputy = "COLLEAGUE Coordinator VIE-BIR deputy"
    assert words_in(letter) == ["CONFIRM", "DECLINE", "LATER 27 May", deputy]
    assert (line.state, line.outcome, line.case) == (DONE, YES, "VIE-BIR")
    assert pair.state == "match_confirmed"
    acts = [(each.kind, each.what, each.by, each.role) for each in pair.journal[-3:-1]]
    assert acts == [
        ("filed", "match_answer", "vie-bir-coordinator", "coordinator"),
        ("triggered", "confirm_match", "vie-bir-coordinator", "coordinator"),
    ]
    assert _told(pair) == []
    with reading(any_town.runtime.database) as session:
        assert list(verify(session)) == []


def test_the_same_reply_read_twice_counts_once(asked: Pair) -> None:
    letter = _proposal(asked)
    answers(asked, letter, "CONFIRM")
    before = asked.journal

    answers(asked, letter, "CONFIRM")

    assert asked.journal == before


def test_a_second_word_to_the_same_letter_is_for_a_person(asked: Pair) -> None:
    letter = _proposal(asked)
    answers(asked, letter, "CONFIRM")

    line = answers(asked, letter, "DECLINE")

    assert (line.state, line.outcome) == (PASSED_ON, "passed on: answered before")
    assert asked.state == "match_confirmed"


def test_where_no_inbox_is_read_a_letter_offers_no_words(town: World) -> None:
    pair = a_pair(town).gets_to("match_validation")
    days_go_by(town, 1)

    assert words_in(_proposal(pair)) == []


@pytest.mark.parametrize("words", ["CONFIRMER", "Confirmer\u00a0!", "\u00ab confirmer \u00bb"])
def test_a_word_of_another_language_than_the_letter_counts(asked: Pair, words: str) -> None:
    assert answers(asked, _proposal(asked), words).outcome == YES


def test_a_letter_that_is_quoted_in_any_way_takes_nothing_away(asked: Pair) -> None:
    letter = _proposal(asked)
    signed = "CONFIRM\n\n-- \nDr. A. Sample\nVienna, phone 0100\n"
    raws = [
        from_outlook(letter, "CONFIRM"),
        from_outlook(letter, "CONFIRM", "fr"),
        from_a_page(letter, "CONFIRM"),
    ]

    outcomes = [answers(asked, letter, signed).outcome, *(comes_in(asked, r).outcome for r in raws)]

    assert outcomes == [YES, *["passed on: answered before"] * 3]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("I confirm", "no line of it is a word that the letter offers"),
        ("CONFIRM\nDECLINE", 'more than one answer stands in it: "CONFIRM", "DECLINE"'),
        ("CONFIRM\nif the travel is paid", "words stand beside the answer"),
        ("Dear all,\nCONFIRM", "words stand beside the answer"),
        ("CONFIRM\nBest regards", "words stand beside the answer"),
        ("AGREE", "no line of it is a word that the letter offers"),  # of another letter
        ("LATER", '"LATER" names no day'),
    ],
)
def test_what_is_in_doubt_is_read_by_the_facilitator(asked: Pair, words: str, why: str) -> None:
    line = answers(asked, _proposal(asked), words)

    assert (line.state, line.outcome) == (PASSED_ON, f"passed on: {why}")
    assert _is_open(asked)
    (told,) = _told(asked)
    assert all(f"- {each}" in told for each in words.splitlines())


@pytest.mark.parametrize("write", [from_outlook, from_a_page])
def test_words_below_the_quoted_letter_are_words_beside_the_answer(
    asked: Pair, write: object
) -> None:
    letter, more = _proposal(asked), "Only if the travel is paid."
    raw = from_a_page(letter, "CONFIRM", more)
    if write is from_outlook:
        raw = from_outlook(letter, "CONFIRM") + f"\n{more}\n".encode()

    line = comes_in(asked, raw)

    assert line.outcome == "passed on: words stand beside the answer"
    assert _is_open(asked)


def test_nobody_answers_for_whoever_was_asked(asked: Pair) -> None:
    letter = _proposal(asked)

    lines = [
        answers(asked, letter, "CONFIRM", sender=ASPIRANT),
        answers(asked, letter, "CONFIRM", sender="stranger@example.org"),
        answers(asked, letter, "confirm", token=""),  # forged: its token is known to nobody else
        answers(asked, letter, "confirm.", token="0" * 32),
    ]

    assert DONE not in {each.state for each in lines}
    assert lines[0].outcome == "passed on: it is not of whoever was asked"
    assert _is_open(asked)


def test_a_word_to_a_letter_whose_step_is_over_is_for_a_person(asked: Pair) -> None:
    letter = _proposal(asked)
    asked.goes("recall_proposal", note="Another coordinator is nearer.")

    line = answers(asked, letter, "CONFIRM")

    by = f"by Facilitator VIE-BIR on {asked.today}"
    assert line.state == PASSED_ON
    assert line.outcome == f"passed on: over; Take the proposal back, {by}"
    assert asked.dossier.latest("match_answer") is None


def test_who_declines_by_a_word_is_asked_why_and_nothing_waits_for_it(asked: Pair) -> None:
    line = answers(asked, _proposal(asked), "DECLINE")
    asked.world.beat()
    (receipt,) = letters_to(asked, "coordinator", "Recorded: No, we decline")
    why = answers(asked, receipt, "Two of our physicians leave this summer.")

    assert (line.state, line.outcome) == (DONE, "answered: No, we decline")
    assert asked.state == "match_proposed"
    assert "reply with one sentence that says why" in " ".join(words_of(receipt).split())
    assert why.state == PASSED_ON
    (told,) = _told(asked)
    assert "- Two of our physicians leave this summer." in told


def test_two_answers_in_one_beat_have_a_receipt_with_a_word_each(asked: Pair) -> None:
    """Merged they would show no word at all."""
    letter = _proposal(asked)

    answers(asked, letter, "LATER 1 June")
    answers(asked, letter, "CONFIRM")
    asked.world.beat()

    receipts = letters_to(asked, "coordinator", "Recorded: ")
    assert len(receipts) == 2
    assert words_in(receipts[-1]) == ["UNDO"]


def test_a_later_day_is_told_by_its_receipt_and_asks_nobody_to_record_it(asked: Pair) -> None:
    proposal = _proposal(asked)
    asked.world.mailbox.letters.clear()

    line = answers(asked, proposal, "PLUS TARD 1er juin")
    asked.world.beat()

    assert (line.state, line.outcome) == (DONE, "answered: Not before a day that I name")
    told = [(subject, text) for role, subject, text in arrived(asked) if role == "facilitator"]
    assert [subject for subject, _ in told if subject.startswith("Mail from")] == []
    assert [text for _, text in told if "1 June 2026" in text]
