"""One guide and three members: declared by the reference page alone, each with tasks of its own."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cli.shared.filing import filing_lines
from engine.lint.lint import problems
from engine.model.outcomes import By, FlagRaised, Triggered
from engine.model.putting_right import Undone
from notifications.checking import problems as unwritten
from runtime.queries.forecast import forecast
from runtime.queries.show_case import show_case
from runtime.queries.why import why
from runtime.texts import texts_of
from storage.database.transactions import reading
from storage.journal.verify import verify
from tests.support.actors import act
from tests.support.circle import CONVENER, COUNCIL, FOLDER, MEMBERS, Circle, a_circle
from tests.support.longest import longest_silence
from workflows.registry import load_programme

REVIEW = {"strong": "the team", "weak": "the rooms", "score": 4}
CHARTER = {"aim": "fewer mistakes", "until": "2027-01-31"}


@pytest.fixture
def circle(tmp_path: Path) -> Iterator[Circle]:
    with a_circle(tmp_path) as made:
        yield made


def _at_the_workshop(circle: Circle) -> Circle:
    circle.files("charter", **CHARTER)
    circle.signs("lake", *MEMBERS)
    assert circle.goes("begin_review").accepted
    for each in MEMBERS:
        circle.files("self_review", each, **REVIEW)
    assert circle.goes("plan_workshop").accepted
    circle.letters_of(1)
    return circle


def _in_practice(circle: Circle) -> Circle:
    _at_the_workshop(circle)
    circle.files("findings", "lake", held_on=circle.today.isoformat(), advice=["Begin small"])
    assert circle.goes("practise").accepted
    return circle


def test_its_definitions_and_texts_are_good_and_nobody_is_forgotten() -> None:
    programme = load_programme(FOLDER)

    assert list(problems(programme.workflows, programme.letters)) == []
    assert unwritten(programme.letters, texts_of(FOLDER, programme.letters)) == []
    assert longest_silence(programme.workflows).days == 124


def test_only_the_hospitals_that_have_not_signed_are_asked_to(circle: Circle) -> None:
    circle.files("charter", **CHARTER)
    circle.signs("lake", "hill")

    asked = circle.letters_of(5)
    circle.signs("mill")
    reminded = circle.letters_of(10)

    assert asked == {(key, "Please sign the charter"): 1 for key in ("mill", "vale")}
    assert reminded == {("vale", "Your signature is missing"): 1}
    assert circle.lacks("begin_review") == ["not signed by the member side (Hospital Vale)"]
    told = filing_lines("CIRCLE", why(circle.town.runtime, circle.case))
    signing = "--side member=vale --person NAME --on DAY --for vale --heard phone|mail|paper"
    assert told[1:] == [f"  pairing pair sign CIRCLE charter {signing}"]


def test_the_signature_of_one_member_is_taken_back_and_the_others_stand(circle: Circle) -> None:
    circle.files("charter", **CHARTER)
    circle.signs("lake", *MEMBERS)

    undone = act(circle.town.runtime, circle.case, Undone("The head had not agreed.", CONVENER))

    assert undone.accepted
    assert circle.lacks("begin_review") == ["not signed by the member side (Hospital Vale)"]
    circle.signs("vale")
    assert circle.goes("begin_review").accepted


def test_each_member_hands_in_a_review_and_only_the_late_one_is_reminded(circle: Circle) -> None:
    circle.files("charter", **CHARTER)
    circle.signs("lake", *MEMBERS)
    circle.goes("begin_review")

    asked = circle.letters_of(1)
    for each in ("hill", "mill"):
        circle.files("self_review", each, **REVIEW)
    told = circle.letters_of(9)
    called = circle.letters_of(12)

    assert asked == {(key, "Please hand in your review"): 1 for key in MEMBERS}
    assert told == {("lake", "A review has come in"): 2, ("vale", "Your review is missing"): 1}
    assert called == {("council", "A review is missing"): 1}
    lacking = "the review of one's own hospital is not filed for the member side (Hospital Vale)"
    told_next = filing_lines("CIRCLE", why(circle.town.runtime, circle.case))
    typed = "--set strong=TEXT --set weak=TEXT --set score=NUMBER --for vale"
    filing = f"  pairing pair record CIRCLE self_review {typed} --heard phone|mail|paper"
    assert [line for line in told_next if "self_review" in line] == [filing]
    assert circle.lacks("plan_workshop") == [lacking]
    assert circle.files("self_review", "vale", **REVIEW).accepted
    assert circle.goes("plan_workshop").accepted


def test_each_member_names_its_times_and_one_day_holds_for_all(circle: Circle) -> None:
    _at_the_workshop(circle)
    circle.tells("lake", times_of_guide="Mondays")
    circle.tells("hill", times_of_member="Tuesdays")

    reminded = circle.letters_of(7)
    circle.tells("convener", starts_at=f"{circle.today + timedelta(30)}T10:00+02:00", place="Lake")
    invited = circle.letters_of(1)
    agreed = circle.tells("mill", accepted_by_member=True)

    assert reminded == {(key, "We miss your times"): 1 for key in ("mill", "vale")}
    assert invited == {(key, "The workshop"): 1 for key in ("lake", *MEMBERS)}
    assert (agreed.accepted, agreed.letters) == (True, ())


def test_the_no_of_one_member_takes_the_day_back_whatever_another_says(circle: Circle) -> None:
    _at_the_workshop(circle)
    day = circle.today + timedelta(30)
    circle.tells("convener", starts_at=f"{day}T10:00+02:00", place="Lake")
    circle.letters_of(1)

    circle.tells("vale", accepted_by_member=False)
    yes = circle.tells("hill", accepted_by_member=True)
    off = circle.letters_of(1)
    circle.tells("convener", starts_at=f"{day + timedelta(1)}T10:00+02:00")
    again = circle.letters_of(1)

    assert yes.letters == ()
    news = ("The workshop is off", "Your times for the workshop")
    assert off == {(key, each): 1 for key in ("lake", *MEMBERS) for each in news}
    assert again == {(key, "The workshop"): 1 for key in ("lake", *MEMBERS)}


def test_a_circle_runs_from_its_charter_to_its_end(circle: Circle) -> None:
    _in_practice(circle)
    for _ in range(2):
        circle.letters_of(25)
        assert circle.calls().accepted
    raised = circle.town.does(circle.case, FlagRaised("W-1", "Vale is quiet.", By("lake", "guide")))
    for each in MEMBERS:
        circle.files("outcome", each, changed="Two nurses check.")

    assert raised.opened == ("W-1 amber",)
    assert circle.goes("finish").accepted

    assert set(circle.letters_of(1)) == {(key, "Thank you") for key in ("lake", *MEMBERS)}
    whole = show_case(circle.town.runtime, circle.case)
    ends = Counter(child.state for child in whole.children)
    assert (whole.line.state, ends) == ("finished", {"held": 2, "stopped": 1, "raised": 1})
    with reading(circle.town.runtime.database) as session:
        assert list(verify(session)) == []


def test_what_is_foretold_for_a_circle_is_what_its_hospitals_are_written(circle: Circle) -> None:
    _in_practice(circle)
    circle.files("outcome", "hill", changed="Two nurses check.")
    until = circle.town.clock() + timedelta(weeks=14)

    future = forecast(circle.town.runtime, until)
    went = circle.letters_of(98)

    foretold = Counter(each.to for each in future.letters if each.end == "accepted")
    assert Counter({key.title(): foretold[key.title()] for key, _ in went}) == _by_person(went)
    assert {key for key, _ in went} == {"mill", "vale", "convener", "council"}


def test_a_circle_is_given_up_with_a_reason_by_the_council_alone(circle: Circle) -> None:
    _in_practice(circle)

    assert not circle.goes("give_up", CONVENER, "Too few.").accepted
    assert not circle.goes("give_up", COUNCIL).accepted
    assert circle.goes("give_up", COUNCIL, "Too few.").accepted
    assert circle.town.does(circle.case, Triggered("finish", CONVENER)).accepted is False


def _by_person(letters: Counter[tuple[str, str]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (key, _), count in letters.items():
        found[key.title()] += count
    return found
