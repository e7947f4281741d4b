"""A receipt offers what it can keep: to whoever answered, while the answer stands (P21)."""

import pytest

from engine.model.putting_right import Undone
from tests.storage.rows import everything
from tests.support.actors import act
from tests.support.answer_pages import Site
from tests.support.came_back import reply
from tests.support.linked import tokens
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.word_replies import comes_in, letters_to
from tests.support.world import FACILITATOR, World

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
