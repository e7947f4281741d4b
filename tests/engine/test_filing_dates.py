"""Dates moved by hand, flags raised by hand, and letters that came back."""

from dataclasses import replace
from datetime import date

import pytest

from engine.model.definition import FlagType, Notify, RaiseFlag
from engine.model.dossier import MilestoneDates
from engine.model.outcomes import By, FlagRaised, Moved, Undeliverable, Unmet
from engine.model.passing import ChildOpened
from engine.model.reasons import Reason, reasons_of
from engine.time.windows import Anchor, Source
from tests.support.dossiers import a_dossier, a_person
from tests.support.stories import (
    FACILITATOR,
    Story,
    a_ladder,
    a_rung,
    a_state,
    a_step,
    a_window,
    a_workflow,
)

WORKFLOW = a_workflow(
    a_state("first", a_ladder(a_rung("visit - P14D", "agenda"))),
    a_state("visit", window=a_window("T0 + P3M", "T0 + P2M", "T0 + P4M")),
    a_state("mid", window=a_window("visit + P8M")),
    a_state("closed", final=True),
    steps=(
        a_step("visit", "first", "visit"),
        a_step("hold", "visit", "mid"),
        a_step("close", "first visit mid", "closed"),
    ),
    anchors={
        "T0": Anchor("T0", (Source("entered", "first"),)),
        "visit": Anchor("visit", (Source("forecast", "visit"),)),
    },
    start_anchor="T0",
    flags={
        "F-01": FlagType("F-01", "Silent", "amber"),
        "F-16": FlagType("F-16", "Address dead", "amber"),
    },
    notices={
        "moved": (Notify("moved", ("aspiring", "facilitator")),),
        "undeliverable": (Notify("undeliverable", ("facilitator",)), RaiseFlag("F-16")),
        "no_contact_left": (Notify("no_contact_left", ("facilitator",)), RaiseFlag("F-16")),
    },
)
VISIT_ON, MOVED_TO = date(2026, 6, 2), date(2026, 8, 3)


def _story(**more: object) -> Story:
    story = Story(WORKFLOW, a_dossier(**more))
    story.starts()
    return story


def _moved(to: date = MOVED_TO, milestone: str = "visit", reason: str = "ill") -> Moved:
    return Moved(milestone, to, reason, FACILITATOR)


def test_the_start_sets_the_baseline_of_every_milestone() -> None:
    story = _story()

    assert story.dossier.dates == {
        "visit": MilestoneDates(baseline=VISIT_ON, forecast=VISIT_ON),
        "mid": MilestoneDates(baseline=date(2027, 2, 2), forecast=date(2027, 2, 2)),
    }


def test_a_date_moved_by_hand_takes_along_what_hangs_on_it_and_leaves_the_baseline() -> None:
    story = _story()
    before = story.due()

    plan = story.goes(_moved())

    assert story.dossier.dates["visit"] == MilestoneDates(
        VISIT_ON, MOVED_TO, moved_to=MOVED_TO, reason="ill"
    )
    assert story.dossier.dates["mid"].forecast == date(2027, 4, 3)
    assert story.dossier.dates["mid"].baseline == date(2027, 2, 2)
    assert before == {"asks/0/0": "2026-05-19"}
    assert story.due() == {"asks/0/0": "2026-07-20"}
    assert plan.touches_children
    assert plan.letters[0].facts == {
        "title": "Visit",
        "milestone": "visit",
        "old_on": "2026-06-02",
        "new_on": "2026-08-03",
        "reason": "ill",
    }


def test_a_date_confirmed_by_hand_is_kept_with_its_reason() -> None:
    story = _story()

    plan = story.goes(_moved(VISIT_ON, reason="confirmed"))

    assert plan.dates["visit"].moved_to == VISIT_ON
    assert story.dossier.dates["visit"].reason == "confirmed"


def test_a_date_may_be_set_before_there_is_any_plan_of_it() -> None:
    story = Story(WORKFLOW, a_dossier())

    plan = story.goes(_moved())

    assert plan.letters[0].facts["old_on"] == ""


@pytest.mark.parametrize(
    ("event", "detail", "remedy"),
    [
        (_moved(milestone="nowhere"), "no dated milestone nowhere", "Choose one of: visit, mid."),
        (
            _moved(milestone="first"),
            "no dated milestone first",
            "Did you mean visit? Choose one of: visit, mid.",
        ),
        (_moved(reason=" "), "no reason is given", "Write why the date moves."),
        (
            _moved(date(9999, 12, 31)),
            "9999-12-31 is no day of a case",
            "Write a year from 1970 to 2150.",
        ),
        (
            _moved(date(1, 1, 1)),
            "0001-01-01 is no day of a case",
            "Write a year from 1970 to 2150.",
        ),
    ],
)
def test_a_move_that_cannot_be_is_refused(event: Moved, detail: str, remedy: str) -> None:
    unmet = _story().refused(event)

    assert [(each.detail, each.remedy) for each in unmet] == [(detail, remedy)]


def test_what_has_happened_and_what_has_ended_is_not_moved() -> None:
    story = _story()

    def said(milestone: str) -> list[str]:
        return [each.detail for each in story.refused(_moved(milestone=milestone))]

    story.step("visit")
    story.step("hold")
    assert said("visit") == ["Visit has happened, on 2026-03-02"]
    story.step("close")
    assert said("mid") == ["PAIR-07 has ended: Closed, since 2026-03-02"]
    assert Story(a_workflow(a_state("first"))).refused(_moved())[0].remedy == (
        "Choose one of: none here."
    )


def test_anybody_may_raise_a_flag_by_hand() -> None:
    story = _story()

    plan = story.goes(FlagRaised("F-01", "no answer for weeks", By("c", "coordinator"), "red"))

    (opened,) = plan.passed
    assert isinstance(opened, ChildOpened)
    assert opened.facts["flag"] == "F-01"
    assert reasons_of(opened.facts) == (Reason("no answer for weeks", "red"),)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (
            FlagRaised("F-99", "x", FACILITATOR),
            ("no flag F-99", "Choose one of: F-01 (Silent), F-16 (Address dead)."),
        ),
        (FlagRaised("F-01", "", FACILITATOR), ("no reason is given", "Write what you have seen.")),
        (
            FlagRaised("F-01", "x", FACILITATOR, "pink"),
            ("no severity pink", "Choose one of: info, amber, red."),
        ),
    ],
)
def test_a_flag_that_cannot_be_is_refused(event: FlagRaised, said: tuple[str, str]) -> None:
    unmet: tuple[Unmet, ...] = _story().refused(event)

    assert [(each.detail, each.remedy) for each in unmet] == [said]


def test_a_workflow_without_flags_says_so() -> None:
    unmet = Story(a_workflow(a_state("first"))).refused(FlagRaised("F-01", "x", FACILITATOR))

    assert unmet[0].remedy == "Choose one of: none here."


def _returned(letter: str = "agenda") -> Undeliverable:
    return Undeliverable(
        letter, "aspiring", "aspiring 3", "a@example.org", "Agenda", "unknown user", {"a": 1}
    )


def test_the_letter_of_a_dead_address_has_the_commands_with_whom_they_are_about() -> None:
    dead = replace(a_person(3, "aspiring"), key="bir_team", email="a@example.org")

    plan = _story(people=(a_person(1, "facilitator"), dead)).goes(_returned())

    told = plan.letters[-1].facts
    assert told["mends"] == "pairing person set bir_team --set email=..."
    assert told["replaces"] == (
        "pairing pair substitute PAIR-07 aspiring --instead-of bir_team --new PERSON"
    )


def test_a_letter_that_came_back_goes_to_the_next_contact_and_the_facilitator_is_told() -> None:
    people = (
        a_person(1, "facilitator"),
        a_person(3, "aspiring", reachable=False),
        a_person(5, "aspiring", main=False),
    )
    story = _story(people=people)

    plan = story.goes(_returned())

    again, told = plan.letters
    assert (again.letter, again.person, again.facts) == ("agenda", 5, {"a": 1})
    assert (told.letter, told.facts["instead"]) == ("undeliverable", "aspiring 5")
    assert story.dossier.children[0].facts["cause"] == (
        "the address of aspiring 3 does not work: unknown user"
    )


def test_where_nobody_is_left_that_is_what_is_told() -> None:
    people = (a_person(1, "facilitator"), a_person(3, "aspiring", reachable=False))
    story = _story(people=people)

    plan = story.goes(_returned())

    assert [letter.letter for letter in plan.letters] == ["no_contact_left"]
    assert plan.letters[0].facts["instead"] is None


def test_a_letter_not_worth_repeating_is_only_told_of() -> None:
    plan = _story().goes(_returned(""))

    assert [letter.letter for letter in plan.letters] == ["undeliverable"]
