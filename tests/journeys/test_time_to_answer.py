"""Whoever is asked has time to answer, however late a meeting is fixed or days are proposed."""

from datetime import date, timedelta

from engine.model.changes import Changes
from engine.model.outcomes import Amended
from engine.model.putting_right import Undone
from tests.support.actors import act
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, World


def test_slides_of_a_meeting_at_short_notice_leave_their_sender_two_working_days(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("onboarding")
    days_go_by(town, 1)
    begun = pair.today
    pair.files("onboarding_date", starts_at=f"{begun + timedelta(days=8)}T10:00:00+02:00")

    flagged = _flagged_on(pair, "F-01", days=8)

    asked = [each for each in pair.dossier.asked if each.ladder == "slides"]
    workdays = pair.dossier.party_of("aspiring").workdays
    first = asked[0]
    assert first.due_on is not None
    assert workdays.between(first.on, first.due_on) >= 3  # it may come on the first of them
    assert [each for each in asked if first.on < each.on <= first.due_on] == []
    assert flagged is not None
    assert flagged > first.due_on


def test_days_proposed_anew_after_an_undo_are_asked_about_at_once(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    days_go_by(town, 8)
    _proposes(pair, 60)
    town.beat()
    arrived(pair)

    assert act(town.runtime, pair.case, Undone("It was another.", FACILITATOR)).accepted
    on = _proposes(pair, 67)
    proposed = pair.today
    days_go_by(town, 1)

    assert _asked_about(pair, on) == {"coordinator", "aspiring"}
    named = [each.due_on for each in pair.dossier.asked if each.on >= proposed and each.due_on]
    workdays = pair.dossier.party_of("aspiring").workdays
    assert {workdays.between(proposed, each) >= 2 for each in named} == {True}


def _flagged_on(pair: Pair, kind: str, days: int) -> date | None:
    """The first day on which a flag of this kind is there."""
    for _ in range(days):
        days_go_by(pair.world, 1)
        if any(each.facts.get("flag") == kind for each in pair.dossier.children):
            return pair.today
    return None


def _proposes(pair: Pair, days: int) -> str:
    """Propose a day of the visit so many days ahead; the day as letters write it."""
    on = pair.today + timedelta(days=days)
    changes = Changes(dict.fromkeys(("starts_on", "ends_on"), str(on)))
    assert act(
        pair.world.runtime, pair.case, Amended("visit_1_dates", changes, FACILITATOR)
    ).accepted
    return f"{on:%A} {on.day} {on:%B %Y}"


def _polls(pair: Pair) -> list[tuple[str, str]]:
    """Who was asked since whether days suit, and in what words."""
    return [(who, text) for who, subject, text in arrived(pair) if "dates suit" in subject]


def _asked_about(pair: Pair, day: str) -> set[str]:
    return {who for who, text in _polls(pair) if f"Proposed: {day}" in text}
