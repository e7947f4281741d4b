"""What a server says out of turn is no answer: no address dies of it, no letter counts as sent."""

import pytest

from notifications.mailer import Delivered, TryLater
from tests.notifications.sending import LETTER, mailer, nothing
from tests.support.mail_acts import Besides, Step
from tests.support.witness import Witness

STEPS: tuple[Step, ...] = ("MAIL", "RCPT", "DATA")
WORDS = ("250 taken", "354 go on", "421 4.3.2 closing", "550 5.1.1 nobody")


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("step", STEPS)
def test_what_a_server_says_in_one_breath_with_its_answer_sends_nothing(
    step: Step, word: str
) -> None:
    with Witness().will(step, Besides(word)) as witness, mailer(witness) as smtp:
        outcome = smtp.send(LETTER, nothing)
        meanwhile = list(witness.taken)
        again = smtp.send(LETTER, nothing)

    assert isinstance(outcome, TryLater)
    assert meanwhile == []
    assert isinstance(again, Delivered)
    assert len(witness.taken) == 1


@pytest.mark.parametrize("word", WORDS)
def test_what_follows_the_answer_to_the_text_is_not_of_the_next_letter(word: str) -> None:
    with Witness().will("dot", Besides(word)) as witness, mailer(witness) as smtp:
        outcomes = [smtp.send(LETTER, nothing) for _ in range(2)]

    assert isinstance(outcomes[0], Delivered)
    assert len(witness.taken) == sum(isinstance(each, Delivered) for each in outcomes)
