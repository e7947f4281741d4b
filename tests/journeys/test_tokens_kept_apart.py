"""The token of a link stands in no row once its letter has gone or has an end (security 11)."""

from pathlib import Path

import pytest

from notifications.mailer import Outcome, Rejected, TryLater, Unknown
from runtime.queries.letters import LetterLine, Sought, letter_lines
from runtime.use_cases.retry_letter import retry_letter
from runtime.workers.dead_links import forget_links
from tests.storage.rows import ask, everything, meddle
from tests.support.answer_pages import served
from tests.support.calendar_mail import reads_replies
from tests.support.grove import Post
from tests.support.linked import linked, tokens
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.word_replies import comes_in, from_outlook, letters_to
from tests.support.world import LEAD, Mailbox, World

COORDINATOR = "coordinator.vie-bir@example.org"
DEAD = Rejected("550 5.1.1 no such user")
LATER = TryLater("451 later")
LINKS = "SELECT links.hash FROM links JOIN intents ON intents.id = intent_id WHERE letter = :it"
TOO_LATE = "2026-01-01T00:00:00.000000Z"  # so long ago that nobody tries again


def _asked(world: World, *answers: Outcome) -> Pair:
    """A pair whose coordinator is asked to confirm; their server answers so on the first day, and
    goes on with the last of it.
    """
    world.mailbox = post = Post()
    post.will_answer(COORDINATOR, *answers, *answers[-1:] * 50)
    pair = a_pair(linked(world)).gets_to("match_validation")
    days_go_by(world, 1)
    return pair


def _ask(world: World) -> LetterLine:
    lines = letter_lines(world.runtime, Sought())
    return next(each for each in lines if each.letter == "N-03.ask" and each.to == COORDINATOR)


def _kept(world: World) -> str:
    """All that lies in the database, as somebody reads it who has a copy."""
    return repr(everything(world.runtime.database)).replace(r"=\r\n", "")


def _waiting(world: World) -> list[object]:
    return [row for (row,) in ask(world.runtime.database, "SELECT tokens FROM messages") if row]


def test_a_copy_of_the_database_holds_no_token_of_a_letter_that_has_gone(any_town: World) -> None:
    pair = _asked(any_town)
    sent = [*tokens(any_town, "coordinator."), *tokens(any_town, "aspiring.")]

    kept = _kept(any_town)

    assert sent
    assert pair.state == "match_validation"
    assert not [token for token in sent if token in kept]
    assert _waiting(any_town) == []


def test_a_copy_of_the_file_holds_none_either(town: World) -> None:
    _asked(town)
    sent = [token.encode() for token in tokens(town, "coordinator.")]
    secured = ask(town.runtime.database, "PRAGMA secure_delete")
    town.close()

    file = Path(town.url.removeprefix("sqlite:///")).read_bytes()

    assert secured == [(1,)]
    assert sent
    assert not [token for token in sent if token in file]


def test_a_retry_by_itself_bears_the_token_of_the_first_try(any_town: World) -> None:
    _asked(any_town, LATER)
    (waiting,) = _waiting(any_town)
    assert _kept(any_town).count(str(waiting).split('"')[3]) == 1
    any_town.mailbox = Mailbox()

    days_go_by(any_town, 1)

    (token,) = tokens(any_town, COORDINATOR)
    assert f'"{token}"' in str(waiting)
    assert token not in _kept(any_town)


@pytest.mark.parametrize("end", ["refused", "needs_human", "superseded"])
def test_a_letter_that_has_an_end_keeps_no_token(town: World, end: str) -> None:
    pair = _asked(town, DEAD if end == "refused" else LATER)
    if end == "needs_human":
        meddle(town.runtime.database, "UPDATE messages SET composed_at = :at", at=TOO_LATE)
    if end == "superseded":
        pair.goes("recall_proposal", note="Another coordinator is nearer.")
    days_go_by(town, 1)

    letter = _ask(town)

    assert letter.state == end
    assert _waiting(town) == []
    row = "SELECT frozen FROM messages WHERE id = :id"
    ((frozen,),) = ask(town.runtime.database, row, id=letter.message)
    assert rb"/a/\xff" + b"0" * 30 in bytes(str(frozen), "latin-1").replace(rb"=\r\n", b"")


def test_a_letter_that_a_person_sends_once_more_has_a_link_that_works(any_town: World) -> None:
    pair = _asked(any_town, DEAD)
    letter = _ask(any_town)
    assert letter.state == "refused"
    any_town.mailbox = Mailbox()

    retry_letter(any_town.runtime, letter.number, LEAD)
    any_town.beat()

    (token,) = tokens(any_town, COORDINATOR)
    assert token not in _kept(any_town)
    with served(any_town.runtime) as site:
        assert "recorded: Yes, pair us" in site.chooses(token, "confirm").text
    assert pair.state == "match_confirmed"


def test_a_letter_that_is_written_to_nobody_leaves_no_link(town: World) -> None:
    pair = _asked(town, LATER)
    assert len(ask(town.runtime.database, LINKS, it="N-03.ask")) == 1

    pair.goes("recall_proposal", note="Another coordinator is nearer.")
    days_go_by(town, 1)

    assert _ask(town).state == "superseded"
    assert ask(town.runtime.database, LINKS, it="N-03.ask") == []


def test_the_link_of_a_letter_that_may_have_arrived_stays(any_town: World) -> None:
    pair = _asked(any_town, Unknown("the connection broke after the final dot"), LATER)

    pair.goes("recall_proposal", note="Another coordinator is nearer.")
    days_go_by(any_town, 1)

    assert "may have arrived" in _ask(any_town).reason
    assert len(ask(any_town.runtime.database, LINKS, it="N-03.ask")) == 1


def test_no_message_goes_with_what_stands_for_its_link(town: World) -> None:
    _asked(town, LATER)
    meddle(town.runtime.database, "DELETE FROM attempts")
    meddle(town.runtime.database, "UPDATE messages SET tokens = '', attempts = 0")
    town.mailbox = Mailbox()

    days_go_by(town, 1)

    (token,) = tokens(town, COORDINATOR)
    with served(town.runtime) as site:
        assert "Yes, pair us" in site.opens(token).text


def test_a_word_counts_in_a_reply_that_repeats_the_link_of_our_letter(town: World) -> None:
    town.mailbox = Post()
    linked(town)
    reads_replies(town)
    pair = a_pair(town).gets_to("match_validation")
    days_go_by(town, 1)
    (letter,) = letters_to(pair, "coordinator", "Please confirm")
    (token,) = tokens(town, COORDINATOR)

    address = f"https://pairing.example.org/a/{token}"
    line = comes_in(pair, from_outlook(letter, f"Confirm.\n\nAnswer on a page:\n{address}"))

    assert line.outcome == "answered: Yes, pair us"
    assert token not in _kept(town)


def test_a_link_whose_days_are_over_is_forgotten(any_town: World) -> None:
    _asked(any_town)
    made = len(ask(any_town.runtime.database, "SELECT * FROM links"))
    assert forget_links(any_town.runtime) == 0

    any_town.days_pass(61)
    forgotten = forget_links(any_town.runtime)

    assert made
    assert forgotten == made
    assert ask(any_town.runtime.database, "SELECT * FROM links") == []
    with served(any_town.runtime) as site:
        (token,) = tokens(any_town, COORDINATOR)
        assert site.opens(token) == site.opens("x" * 43)
