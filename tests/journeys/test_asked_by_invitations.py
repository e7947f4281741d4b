"""Invitations and minutes say who is asked for what while it is open, and of a day what is."""

import re
from datetime import timedelta

import pytest

from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import World

# Where the pair stands, whose day is fixed, what is settled by then, and what is said and is not.
SETTLED = {
    "slides filed": ("onboarding", "onboarding_date", "onboarding_slides", "after the meeting you"),
    "slides set aside": ("mid_term", "mid_term_date", "mid_term_deck_in", "asked for new scores. "),
    "slides early": ("implementation", "mid_term_date", "mid_term_deck", "asked for new scores. "),
    "scores early": ("implementation", "mid_term_date", "maturity_mid_term", "for a few slides. "),
    "a page": (
        "visit_preparation",
        "visit_1_dates",
        "synthesis",
        "for the agenda. Everybody receives it",
    ),
    "agenda": ("visit_preparation", "visit_1_dates", "visit_1_agenda", "synthesis. If you do not"),
    "agenda early": (
        "continued_implementation",
        "workshop_date",
        "workshop_agenda",
        "list. If you",
    ),
}
OPEN = {
    "onboarding": ("onboarding_date", "(is|are) asked for a few slides. After the meeting you"),
    "mid_term": ("mid_term_date", "(is|are) asked for new scores and a few slides. After"),
    "implementation": ("mid_term_date", "(is|are) asked for new scores and a few slides. After"),
    "visit_preparation": ("visit_1_dates", "for the agenda, (Aspiring VIE-BIR|you) for a one-page"),
    "continued_implementation": (
        "workshop_date",
        "hosting list, (Coordinator VIE-BIR is|you are) ask",
    ),
}


@pytest.mark.parametrize("story", SETTLED)
def test_an_invitation_names_nobody_for_what_is_in_or_was_set_aside(
    town: World, story: str
) -> None:
    state, date, settled, then = SETTLED[story]
    pair = a_pair(town).gets_to(state)
    if settled.endswith("_in"):
        pair.waives(settled)
    else:
        pair.files(settled)

    follows = _follows(pair, date)

    assert all(then in each for each in follows), follows


@pytest.mark.parametrize("state", OPEN)
def test_an_invitation_names_who_is_asked_now_or_once_the_pair_has_got_there(
    town: World, state: str
) -> None:
    date, then = OPEN[state]
    pair = a_pair(town).gets_to(state)

    follows = _follows(pair, date)

    assert all(re.search(then, each) for each in follows), follows


def test_minutes_look_for_no_days_that_are_agreed(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    pair.files_all()
    town.beat()
    arrived(pair)
    pair.files("visit_1_dates")

    pair.goes("finish_onboarding")
    town.beat()

    minutes = [text for _, subject, text in arrived(pair) if subject.startswith("Onboarding min")]
    assert minutes
    assert not any("we look for" in text for text in minutes)
    assert all(
        "the first on-site visit, at Coordinator centre of VIE-BIR, from" in text
        for text in minutes
    ), minutes


def test_help_before_the_mid_term_review_is_offered_with_all_that_is_open(town: World) -> None:
    pair = a_pair(town).gets_to("mid_term")
    starts_on = pair.today + timedelta(days=40)
    pair.files("mid_term_date", starts_at=f"{starts_on}T10:00+00:00")
    town.beat()
    arrived(pair)

    days_go_by(town, 32)

    (offer,) = [e for e in arrived(pair) if e[1].startswith("Shall we prepare the mid-term")]
    assert offer[1] == "Shall we prepare the mid-term scores and slides together?"
    assert "one number for each part" in offer[2]
    assert "three lines on each objective" in offer[2]


def _follows(pair: Pair, date: str) -> list[str]:
    """What comes next by the letters that a fixed day sends."""
    pair.world.beat()
    arrived(pair)
    starts_on = pair.today + timedelta(days=60)
    if date in {"onboarding_date", "mid_term_date"}:
        pair.files(date, starts_at=f"{starts_on}T10:00+00:00")
    else:
        pair.files(date)
    pair.world.beat()
    texts = [text for _, _, text in arrived(pair) if "for your calendar" in text]
    assert texts
    return [text.partition("What happens next: ")[2].partition(" ----")[0] for text in texts]
