"""A pair in other hands: whoever writes to the facilitator hears who it is, also if undone."""

import re
from email import message_from_bytes
from email.policy import default

import pytest

from engine.model.outcomes import By
from engine.model.plan import Plan
from engine.model.putting_right import Undone
from runtime.queries.preview import Preview, preview
from runtime.use_cases.substitute import Change, substitute
from storage.database.transactions import transaction
from storage.directory import directory
from storage.directory.rows import Contact
from tests.support.actors import act
from tests.support.letter_words import words_of
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import LEAD, World

FORMER, NEXT = "facilitator.vie-bir", "next"
SIDES = {"coordinator.vie-bir", "aspiring.vie-bir"}
TEAMS = SIDES | {f"deputy.{each}" for each in SIDES}
CHANGE = Change("facilitator", "vie-bir-facilitator", "next")
UNDO = Undone("It was another pair.", LEAD)


@pytest.fixture
def office(town: World) -> World:
    """A town with one more person who may accompany pairs."""
    with transaction(town.runtime.database) as session:
        directory.add_person(session, Contact(key="next", name="Next", email="next@example.org"))
    return town


def _handed_over(pair: Pair) -> dict[str, str]:
    """The texts that tell of it, by who got them."""
    pair.world.beat()
    pair.world.mailbox.letters.clear()
    assert isinstance(substitute(pair.world.runtime, pair.case, CHANGE, LEAD), Plan)
    return _told(pair, "now facilitator")


def _told(pair: Pair, what: str) -> dict[str, str]:
    """The letters whose subject says so, each by the name of its reader's mailbox."""
    pair.world.beat()
    found = {}
    for letter in pair.world.mailbox.letters:
        message = message_from_bytes(letter.frozen, policy=default)
        text = f"{message['Subject']} {message['Reply-To']} {words_of(message)}"
        if what in text:
            found[letter.recipient.partition("@")[0]] = " ".join(text.split())
    pair.world.mailbox.letters.clear()
    return found


def test_both_teams_and_both_facilitators_hear_who_it_is_now(office: World) -> None:
    pair = a_pair(office).gets_to("onboarding")

    told = _handed_over(pair)

    assert told.keys() == {*TEAMS, FORMER, NEXT}
    for text in (told[each] for each in TEAMS):
        assert "Next is now facilitator" in text
        assert " from now on, in place of Facilitator VIE-BIR. Please write to Next" in text
        assert "you reach Next" in text
        assert "Next <next@example.org>" in text
    assert "from now on, in your place" in told[FORMER]
    assert "Reply to this mail and you reach Next" in told[FORMER]
    assert "Next <next@example.org>" in told[FORMER]


def test_who_takes_over_reads_what_is_open_and_replies_reach_them_from_then_on(
    office: World,
) -> None:
    pair = a_pair(office).gets_to("onboarding")

    text = _handed_over(pair)[NEXT]
    days_go_by(office, 10)
    asked = _told(pair, "Still open: your times")

    assert "What is open there: - times for the onboarding" in text, text
    assert "pairing pair why VIE-BIR" in text
    assert asked.keys() == SIDES
    assert all("Next <next@example.org>" in each for each in asked.values())


def test_before_there_is_a_pair_nobody_hears_of_the_other_side(office: World) -> None:
    pair = a_pair(office).gets_to("match_proposed")

    told = _handed_over(pair)

    assert told.keys() == {"aspiring.vie-bir", FORMER, NEXT}
    assert not re.search("VIE-BIR-c|Coordinator", told["aspiring.vie-bir"])


def test_a_coordinator_who_was_asked_hears_whom_to_answer(office: World) -> None:
    pair = a_pair(office).gets_to("match_validation")

    told = _handed_over(pair)

    assert told.keys() == {*SIDES, FORMER, NEXT}
    assert "accompanies Aspiring centre of VIE-BIR from now on" in told["coordinator.vie-bir"]
    assert not re.search("VIE-BIR-c|Coordinator", told["aspiring.vie-bir"])


def test_a_deputy_who_leaves_is_told_to_nobody_nor_is_a_pair_that_has_ended(office: World) -> None:
    pair, ended = a_pair(office).gets_to("onboarding"), a_pair(office, "OSL-ELM")
    ended.goes("end", LEAD, note="No more.")
    office.beat()
    deputy = Change("facilitator", "vie-bir-facilitator-deputy", "next")
    last = Change("facilitator", "osl-elm-facilitator", "next")

    substitute(office.runtime, pair.case, deputy, LEAD)
    substitute(office.runtime, ended.case, last, LEAD)

    assert _told(pair, "now facilitator") == {}


def test_a_hand_over_is_taken_back_with_a_preview_and_told_to_who_had_read_it(
    office: World,
) -> None:
    pair = a_pair(office).gets_to("onboarding")
    was = pair.dossier.people
    told = _handed_over(pair)

    shown = preview(office.runtime, pair.case, UNDO)
    assert isinstance(shown, Preview)
    found = {(each.what, each.which, each.detail) for each in shown.noted}
    assert found == {
        ("taken back", "facilitator", "next"),
        ("party", "facilitator", "vie-bir-facilitator"),
    }
    assert len(shown.letters) == len(told)
    assert pair.dossier.people != was

    assert act(office.runtime, pair.case, UNDO).accepted
    assert pair.dossier.people == was
    back = _told(pair, "Not so: The new facilitator")
    assert back.keys() == told.keys()
    assert all("It was another pair." in text for text in back.values())
    assert "Facilitator VIE-BIR <facilitator.vie-bir@example.org>" in back["aspiring.vie-bir"]


def test_a_hand_over_that_nobody_has_read_is_taken_back_without_a_word(office: World) -> None:
    pair = a_pair(office).gets_to("onboarding")
    _told(pair, "")

    substitute(office.runtime, pair.case, CHANGE, LEAD)
    assert act(office.runtime, pair.case, UNDO).accepted

    assert _told(pair, "acilitator of ") == {}
    answer = act(office.runtime, pair.case, UNDO)
    assert "substitute" not in str(answer.unmet)  # what was done before it is next


def test_what_the_next_one_has_done_is_taken_back_first(office: World) -> None:
    pair = a_pair(office).gets_to("onboarding")
    _handed_over(pair)
    pair.files("onboarding_slides", By("next", "facilitator"))

    assert act(office.runtime, pair.case, UNDO).accepted  # the record
    assert pair.dossier.latest("onboarding_slides") is None
    assert [each.key for each in pair.dossier.people_as("facilitator")][:1] == ["next"]
    assert act(office.runtime, pair.case, UNDO).accepted

    assert pair.dossier.people_as("facilitator")[0].key == "vie-bir-facilitator"


def test_a_person_of_a_side_who_was_substituted_by_mistake_is_back(office: World) -> None:
    pair = a_pair(office).gets_to("onboarding")
    was = pair.dossier.people
    substitute(office.runtime, pair.case, Change("aspiring", "vie-bir-aspiring", "next"), LEAD)

    assert act(office.runtime, pair.case, UNDO).accepted

    assert pair.dossier.people == was
