"""Who read something wrong is told what is right; what nobody has read is not sent."""

from email import message_from_bytes
from email.policy import default

import pytest

from engine.model.changes import Changes
from engine.model.putting_right import Cause, Corrected, Undone
from notifications.mailer import Outgoing
from runtime.queries.history import findings
from runtime.use_cases.advance import Answer
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from tests.support.actors import act
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, World

WHY = "It was another pair."
UNDO = Undone(WHY, FACILITATOR)


@pytest.fixture
def pair(any_town: World) -> Pair:
    found = a_pair(any_town).gets_to("visit_preparation")
    any_town.beat()
    any_town.mailbox.letters.clear()
    return found


def done(pair: Pair, event: Cause) -> Answer:
    answer = act(pair.world.runtime, pair.case, event)
    assert answer.accepted, answer.unmet
    assert findings(pair.world.runtime) == ()
    return answer


def read(letter: Outgoing) -> tuple[str, str]:
    """The subject and the text of a letter."""
    message = message_from_bytes(letter.frozen, policy=default)
    body = message.get_body(("plain",))
    assert body is not None
    return str(message["subject"]), " ".join(str(body.get_content()).split())


def subjects(pair: Pair) -> dict[str, list[str]]:
    """What arrived since, by address; and forget it."""
    found: dict[str, list[str]] = {}
    for letter in pair.world.mailbox.letters:
        found.setdefault(letter.recipient, []).append(read(letter)[0])
    pair.world.mailbox.letters.clear()
    return found


def test_a_letter_that_nobody_has_read_is_not_sent(pair: Pair) -> None:
    pair.files("visit_1_dates")

    done(pair, UNDO)
    pair.world.beat()

    assert subjects(pair) == {}


def test_a_message_that_is_written_and_not_sent_is_withdrawn(pair: Pair) -> None:
    pair.files("visit_1_dates")
    compose_owed(pair.world.runtime)

    done(pair, UNDO)
    deliver(pair.world.runtime, pair.world.mailbox)

    assert subjects(pair) == {}


def test_whoever_read_a_letter_is_told_that_it_counts_no_more(pair: Pair) -> None:
    pair.files("visit_1_dates")
    pair.world.beat()
    readers = subjects(pair)
    assert len(readers) >= 3

    done(pair, UNDO)
    pair.world.beat()
    told = subjects(pair)

    # Of a meeting they hear by its own letter: that it is off.
    assert told == {each: ["Cancelled: First on-site visit on 31 May"] for each in readers}


def test_a_correction_says_what_was_wrong_and_what_is_right_and_invites_nobody_twice(
    pair: Pair,
) -> None:
    pair.files("visit_1_dates")
    pair.world.beat()
    readers = subjects(pair)

    done(pair, Corrected("visit_1_dates", Changes({"city": "Graz"}), WHY, FACILITATOR))
    pair.world.beat()
    texts = [read(letter)[1] for letter in pair.world.mailbox.letters]

    subject = "Place changed: First on-site visit, 31 May"
    assert subjects(pair) == {each: [subject] for each in readers}
    assert all("Graz - void:" in text and "Vienna" in text and WHY in text for text in texts)


def test_a_correction_of_what_is_no_meeting_says_what_was_wrong_and_what_is_right(
    any_town: World,
) -> None:
    pair = a_pair(any_town).gets_to("report_loop")
    pair.files("mid_term_report")
    any_town.beat()
    subjects(pair)

    done(pair, Corrected("mid_term_report", Changes({"summary": "All done."}), WHY, FACILITATOR))
    any_town.beat()
    letters = [read(letter) for letter in pair.world.mailbox.letters]

    assert {subject for subject, _ in letters} == {"Corrected: Mid-term report"}
    assert all("summary: All done. (we wrote: Half way.)" in text for _, text in letters)


def test_a_letter_not_yet_sent_says_what_is_right_from_the_start(pair: Pair) -> None:
    pair.files("visit_1_dates")

    changes = Changes({"starts_on": "2026-05-30"})
    done(pair, Corrected("visit_1_dates", changes, WHY, FACILITATOR))
    pair.world.beat()
    letters = [read(letter) for letter in pair.world.mailbox.letters]

    visits = [text for subject, text in letters if subject.startswith("Visit to")]
    assert visits
    assert all("30 May" in text and "31 May" not in text for text in visits)
    assert not [subject for subject, _ in letters if "Corrected" in subject]


def test_whoever_was_reminded_of_what_came_of_a_mistake_is_told(any_town: World) -> None:
    pair = a_pair(any_town).gets_to("report_loop")
    any_town.beat()
    pair.files("mid_term_report")
    days_go_by(any_town, 2)
    asked = [each for each, told in subjects(pair).items() if any("report" in t for t in told)]

    done(pair, UNDO)
    any_town.beat()

    told = subjects(pair)
    assert asked
    assert all("Not so: Mid-term report" in told[each] for each in asked)


def test_whoever_heard_of_a_first_correction_hears_of_the_second(pair: Pair) -> None:
    pair.files("visit_1_agenda", blocks=[{"day": 1, "title": "Welcome", "hours": 2}])
    pair.world.beat()
    subjects(pair)

    told = []
    for blocks in ("Wards", "Theatres"):
        right = {"blocks": [{"day": 1, "title": blocks, "hours": 2}]}
        done(pair, Corrected("visit_1_agenda", Changes(right), "Mistyped.", FACILITATOR))
        pair.world.beat()
        told.append(subjects(pair))

    assert told[0].keys() == told[1].keys() != set()
    assert [len(each) for each in told[0].values()] == [len(each) for each in told[1].values()]


def test_what_was_taken_back_is_told_of_once_whatever_is_taken_back_before_it(town: World) -> None:
    pair = a_pair(town).gets_to("match_confirmed")
    pair.goes("formalise")
    town.beat()
    subjects(pair)

    told = []
    for _ in range(2):
        done(pair, UNDO)
        town.beat()
        told.append([read(letter)[1] for letter in town.mailbox.letters])
        subjects(pair)

    assert told[0]
    assert not [text for text in told[1] if "Not so: Formalise" in text]
