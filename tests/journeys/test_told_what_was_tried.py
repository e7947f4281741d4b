"""Who is told that nobody answers reads what was tried, in words and with the day."""

import re
from email import message_from_bytes, policy

from tests.support.letter_words import words_of
from tests.support.pairs import a_pair, days_go_by
from tests.support.world import START, World


def test_the_lead_reads_how_many_letters_went_out_and_when_the_last_did(town: World) -> None:
    a_pair(town, history=(("formalised", START),))

    days_go_by(town, 40)

    texts = [
        words_of(message_from_bytes(each.frozen, policy=policy.default))
        for each in town.mailbox.letters
    ]
    said = [line for text in texts for line in re.findall(r"- already done: (.*?)\r", text)]
    assert said == ["1 letter, on 3 June 2026", "2 letters, the last on 21 May 2026"]
