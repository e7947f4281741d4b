"""What both sides read of a decision on their pair: who took it, and what comes next for them."""

import re
from email import message_from_bytes, policy

from notifications.mailer import Outgoing
from tests.support.letter_words import words_of
from tests.support.pairs import Pair, a_pair
from tests.support.rematched import centre_that_follows, matched_anew
from tests.support.world import FACILITATOR, LEAD, World


def _said(pair: Pair, pattern: str) -> set[str]:
    """What the letters that lie in the mailbox say in these words."""
    pair.world.beat()
    letters = (message_from_bytes(e.frozen, policy=policy.default) for e in _emptied(pair))
    texts = [" ".join(words_of(letter).split()) for letter in letters]
    return {found for text in texts for found in re.findall(pattern, text)}


def _emptied(pair: Pair) -> list[Outgoing]:
    letters, pair.world.mailbox.letters = pair.world.mailbox.letters, []
    return letters


def test_the_letter_says_who_has_decided(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    decided = r"Dear [^,]+, ([^.]+ has decided) on"

    pair.goes("suspend", LEAD, note="A move.", review_on="2027-09-01")
    assert _said(pair, decided) == {"The CBG lead has decided"}

    pair.goes("resume", FACILITATOR, note="The house is ready.")
    assert _said(pair, decided) == {"Facilitator VIE-BIR has decided"}


def test_more_time_is_told_with_its_day(town: World) -> None:
    pair = a_pair(town).gets_to("workshop")

    pair.goes("extend", LEAD, note="One more visit.", extended_until="2027-12-15")

    assert _said(pair, r"The reason: [^.]+\. It has time until [^.]+\.") == {
        "The reason: One more visit. It has time until Wednesday 15 December 2027."
    }


def test_the_letter_says_why(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    why = r"Where it stands [^.]+\. (The reason[^.]+\.)?"

    pair.goes("suspend", LEAD, note="The house moves.", review_on="2027-09-01")
    assert _said(pair, why) == {"The reason: The house moves."}

    pair.goes("resume", FACILITATOR, note="The house is ready.")
    assert _said(pair, why) == {"The reason: The house is ready."}

    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")
    assert _said(pair, why) == {"The reason: Its team is lost."}


def test_what_was_said_of_a_coordinator_who_was_only_asked_is_not_told(town: World) -> None:
    pair = a_pair(town).gets_to("match_validation")

    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")

    said = _said(pair, "Its team is lost|The coordinator withdraws")
    assert said == {"The coordinator withdraws"}


def test_a_list_that_went_along_to_the_next_partner_is_not_asked_for_again(town: World) -> None:
    pair = a_pair(town).gets_to("match_validation")
    pair.files("contacts")
    centre_that_follows(town)
    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")
    matched_anew(pair)
    pair.gets_to("formalised")

    assert _said(pair, r"Facilitator VIE-BIR (has|asks [^.]+?) the contact list") == {"has"}
