"""A date of a pair is agreed, moved, refused, taken back: everybody who was told hears it, once."""

import pytest

from engine.model.changes import Changes
from engine.model.outcomes import Amended, By
from engine.model.putting_right import Corrected, Undone
from runtime.queries.history import findings
from runtime.use_cases.substitute import Change, substitute
from storage.database.transactions import transaction
from storage.directory import directory
from storage.directory.directory import Contact
from tests.support.actors import act
from tests.support.meeting_letters import arrived, subjects
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, LEAD, World

JUNE, JULY = "2026-06-25T10:00+02:00", "2026-07-02T14:00+02:00"
ALL_THREE = {"aspiring": 1, "coordinator": 1, "facilitator": 1}
UNDO = Undone("It was another pair.", FACILITATOR)


@pytest.fixture
def pair(town: World) -> Pair:
    """A pair whose onboarding is fixed and told."""
    return _invited(town)


def _invited(town: World) -> Pair:
    pair = a_pair(town).gets_to("onboarding")
    pair.files("onboarding_date", starts_at=JUNE)
    town.beat()
    assert subjects(pair, "Online onboarding:") == {
        "aspiring": 1,
        "coordinator": 1,
        "facilitator": 1,
    }
    return pair


def test_a_moved_date_is_told_as_a_move_and_the_old_one_is_void(any_town: World) -> None:
    pair = _invited(any_town)

    pair.files("onboarding_date", starts_at=JULY)
    any_town.beat()
    any_town.beat()

    letters = arrived(pair)
    assert [subject.partition(",")[0] for _, subject, _ in letters] == [
        "Changed: Online onboarding"
    ] * 3
    assert all("new: Thursday 2 July 2026" in text for _, _, text in letters)
    assert all("void: Thursday 25 June 2026" in text for _, _, text in letters)
    assert findings(any_town.runtime) == ()


def test_a_link_that_comes_later_is_told_and_the_same_again_is_not(pair: Pair) -> None:
    link = Changes({"meeting_url": "https://meet.example.org/bir"})

    act(pair.world.runtime, pair.case, Amended("onboarding_date", link, FACILITATOR))
    pair.world.beat()
    first = arrived(pair)
    pair.files("onboarding_date", starts_at=JUNE, meeting_url="https://meet.example.org/bir")
    pair.world.beat()

    assert [("https://meet.example.org/bir" in text) for _, _, text in first] == [True] * 3
    assert arrived(pair) == []


def test_a_side_that_says_no_takes_the_date_back_and_the_next_one_is_an_invitation(
    pair: Pair,
) -> None:
    no = Amended("onboarding_date", Changes({"accepted_by_aspiring": False}), _aspiring())

    assert act(pair.world.runtime, pair.case, no).accepted
    pair.world.beat()
    cancelled = subjects(pair, "Cancelled: Online onboarding on 25 June")
    later = Amended("onboarding_date", Changes({"starts_at": JULY}), FACILITATOR)
    assert act(pair.world.runtime, pair.case, later).accepted
    pair.world.beat()

    assert cancelled == ALL_THREE
    assert subjects(pair, "Online onboarding:") == ALL_THREE


def test_an_undone_agreement_is_called_off(pair: Pair) -> None:
    assert act(pair.world.runtime, pair.case, UNDO).accepted
    pair.world.beat()

    letters = arrived(pair)
    off = [text for _, subject, text in letters if subject.startswith("Cancelled: Online onb")]
    assert len(off) == 3
    assert all("25 June 2026" in text and "It was another pair." in text for text in off)
    assert not [subject for _, subject, _ in letters if subject.startswith("Not so")]
    assert findings(pair.world.runtime) == ()


def test_a_corrected_date_is_told_once_and_not_as_an_invitation(pair: Pair) -> None:
    right = Corrected("onboarding_date", Changes({"starts_at": JULY}), "Mistyped.", FACILITATOR)

    assert act(pair.world.runtime, pair.case, right).accepted
    pair.world.beat()

    letters = arrived(pair)
    assert [subject.partition(":")[0] for _, subject, _ in letters] == ["Changed"] * 3
    assert all("reason: Mistyped." in text for _, _, text in letters)


def test_a_pair_that_ends_calls_off_its_meeting_and_says_that_no_other_is_sought(
    pair: Pair,
) -> None:
    pair.goes("end", LEAD, note="The ministry stops it.")
    pair.world.beat()

    letters = [text for _, subject, text in arrived(pair) if subject.startswith("Cancelled:")]
    assert len(letters) == 3
    assert all("no other date is looked for" in text for text in letters)


def test_a_pair_that_rests_calls_off_its_meeting_and_invites_to_it_again_when_it_goes_on(
    pair: Pair,
) -> None:
    pair.goes("suspend", LEAD, note="A strike.", review_on="2026-06-01")
    pair.world.beat()
    off = [text for _, subject, text in arrived(pair) if subject.startswith("Cancelled:")]
    pair.world.days_pass(3)

    pair.goes("resume", note="It is over.")
    pair.world.beat()

    assert len(off) == 3
    assert all("The reason: A strike." in text for text in off)
    assert all("you are invited to it again" in text for text in off)
    assert subjects(pair, "Online onboarding:") == ALL_THREE


def test_the_next_partner_hears_nothing_of_the_meeting_of_the_former_one(pair: Pair) -> None:
    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")
    pair.world.beat()
    called_off = subjects(pair, "Cancelled:")

    pair.goes("rematch", note="Another is asked.")
    days_go_by(pair.world, 60)

    assert called_off == ALL_THREE
    assert subjects(pair, "Cancelled:") == subjects(pair, "Changed:") == {}


def test_whoever_comes_in_later_is_invited_and_who_left_hears_of_a_move(pair: Pair) -> None:
    with transaction(pair.world.runtime.database) as session:
        directory.add_person(session, Contact(key="next", name="Next", email="next@example.org"))
    change = Change("aspiring", "vie-bir-aspiring", "next")
    substitute(pair.world.runtime, pair.case, change, LEAD)
    pair.world.beat()
    invited = subjects(pair, "Online onboarding:")

    pair.files("onboarding_date", starts_at=JULY)
    pair.world.beat()

    assert invited == {"next@example": 1}
    assert subjects(pair, "Changed:") == {**ALL_THREE, "next@example": 1}


def test_only_the_side_that_has_not_named_its_times_is_asked_again(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    town.beat()
    named = Changes({"times_of_coordinator": "Tuesdays in June"})

    act(town.runtime, pair.case, Amended("onboarding_date", named, FACILITATOR))
    days_go_by(town, 10)
    nudged = subjects(pair, "Still open: your times for the onboarding")
    answered = Changes({"times_of_aspiring": "16 or 23 June"})
    act(town.runtime, pair.case, Amended("onboarding_date", answered, FACILITATOR))
    days_go_by(town, 20)

    assert nudged == {"aspiring": 1}
    letters = arrived(pair)
    assert {role for role, _, _ in letters} == {"facilitator"}
    what = "the day of the onboarding, out of the times that were named"
    assert any(what in text for _, _, text in letters)


def _aspiring() -> By:
    return By("vie-bir-aspiring", "aspiring")
