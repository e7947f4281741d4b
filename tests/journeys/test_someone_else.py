"""Whoever is asked may name somebody of their team, who is asked in their place (0065)."""

import pytest

from notifications.mailer import Outgoing
from storage.database.transactions import reading
from storage.journal.verify import verify
from storage.mail.inbound import DONE, PASSED_ON
from tests.storage.rows import meddle
from tests.support.answer_pages import served
from tests.support.linked import linked, tokens
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.word_replies import answers, letters_to, opened, proposed, words_in, words_of
from tests.support.world import World

DEPUTY = "Coordinator VIE-BIR deputy"
SAID = "answered: Someone else should be asked"


@pytest.fixture
def asked(town: World) -> Pair:
    return proposed(town)


def _proposal(pair: Pair, role: str = "coordinator") -> Outgoing:
    return letters_to(pair, role, "pairing with")[-1]


def _text(letter: Outgoing) -> str:
    return " ".join(words_of(letter).split())


def test_who_is_named_is_asked_at_once_and_by_what_follows(asked: Pair) -> None:
    assert f"COLLEAGUE {DEPUTY}" in words_in(_proposal(asked))

    line = answers(asked, _proposal(asked), f"Collègue: {DEPUTY}")
    asked.world.beat()
    theirs = _proposal(asked, "deputy.coordinator")
    # Who named them is called otherwise since.
    renamed = "UPDATE people SET name = 'Anna Novak' WHERE email LIKE 'coordinator.vie-bir@%'"
    meddle(asked.world.runtime.database, renamed)
    days_go_by(asked.world, 9)

    assert (line.state, line.outcome) == (DONE, SAID)
    assert "in place of Coordinator VIE-BIR, who is away or named you" in _text(theirs)
    assert letters_to(asked, "coordinator", "Still open") == []
    assert len(letters_to(asked, "deputy.coordinator", "Still open")) == 1
    for reader in ("coordinator", "facilitator"):
        (receipt,) = letters_to(asked, reader, "Recorded: Someone else")
        assert f"{DEPUTY} is asked in place of Coordinator VIE-BIR." in _text(receipt)
    assert answers(asked, theirs, "CONFIRM").state == DONE
    assert asked.state == "match_confirmed"
    with reading(asked.world.runtime.database) as session:
        assert list(verify(session)) == []


def test_who_was_named_may_name_the_other_one_again_though_both_bear_one_name(asked: Pair) -> None:
    renamed = "UPDATE people SET name = 'Anna Novak' WHERE email LIKE '%coordinator.vie-bir@%'"
    meddle(asked.world.runtime.database, renamed)
    answers(asked, _proposal(asked), "COLLEAGUE Anna Novak")
    asked.world.beat()

    back = "COLLEAGUE Anna Novak <Coordinator.VIE-BIR@Example.org>"
    answers(asked, _proposal(asked, "deputy.coordinator"), back)
    asked.world.beat()
    days_go_by(asked.world, 9)

    subjects = [str(opened(each)["Subject"]) for each in letters_to(asked, "coordinator", "with")]
    assert [each.startswith("Still open") for each in subjects] == [False, False, True]
    assert letters_to(asked, "deputy.coordinator", "Still open") == []


def test_a_call_is_asked_for_to_whom_somebody_named(asked: Pair) -> None:
    answers(asked, _proposal(asked), f"COLLEAGUE {DEPUTY}")

    days_go_by(asked.world, 12)

    (call,) = letters_to(asked, "facilitator", "Please call")
    assert str(opened(call)["Subject"]) == f"Please call {DEPUTY}: match proposal"
    assert f"No further reminder about this goes to {DEPUTY} meanwhile." in _text(call)


@pytest.mark.parametrize("who", ["Team lead Birchwater", "stranger@example.com"])
def test_nobody_is_asked_who_is_not_of_the_team(asked: Pair, who: str) -> None:
    line = answers(asked, _proposal(asked), f"COLLEAGUE {who}")
    before = len(asked.world.mailbox.letters)
    asked.world.beat()

    assert line.state == PASSED_ON
    assert "names nobody else in their team" in line.outcome
    (told,) = asked.world.mailbox.letters[before:]
    assert told.recipient.startswith("facilitator.")


def test_the_word_alone_is_a_task_of_the_facilitator(asked: Pair) -> None:
    line = answers(asked, _proposal(asked), "COLLEAGUE")
    arrived(asked)
    asked.world.beat()

    assert (line.state, line.outcome) == (DONE, SAID)
    told = [text for who, subject, text in arrived(asked) if subject.startswith("Mail from")]
    assert len(told) == 1
    assert "- Someone else should be asked" in told[0]


def test_a_page_offers_the_names_of_the_team_and_passes_others_on(town: World) -> None:
    with served(linked(town).runtime) as site:
        pair = a_pair(town).gets_to("match_validation")
        days_go_by(town, 1)
        (token,) = tokens(town, "coordinator.vie-bir@")

        assert f'<option value="{DEPUTY}">' in site.opens(token).text
        passed = site.chooses(token, "someone_else", person="Dr Novak, novak@example.com")
        town.beat()
        asked_of = {each.recipient for each in town.mailbox.letters}
        named = site.chooses(token, "someone_else", person="deputy.coordinator.vie-bir@example.org")
        town.beat()
        sent = len(town.mailbox.letters)
        again = site.chooses(token, "someone_else", person=f"{DEPUTY.lower()}.")
        town.beat()

    assert "passed on" in passed.text
    assert "novak@example.com" not in asked_of
    assert "passed on" in named.text
    assert "answered before" in again.text
    assert len(letters_to(pair, "deputy.coordinator", "pairing with")) == 1
    assert len(town.mailbox.letters) == sent
