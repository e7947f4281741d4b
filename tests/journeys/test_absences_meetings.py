"""Who is away hears of meetings they hold to; to one in their absence another is invited."""

from dataclasses import replace
from datetime import date, timedelta

from runtime.use_cases.absence import NewAbsence, away
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import LEAD, World

MAIN, DEPUTY = "vie-bir-coordinator", "vie-bir-coordinator-deputy"
_INVITES, _MOVES = "Online onboarding:", "Changed: "


def test_who_is_away_hears_that_a_meeting_is_moved_and_nothing_else(any_town: World) -> None:
    pair = _onboarding_on(any_town, 40)
    _is_away(pair, 20)
    days_go_by(any_town, 3)

    _fixed_on(pair, 47)
    days_go_by(any_town, 17)

    got = [subject for role, subject, _ in arrived(pair) if role == "coordinator"]
    assert len(got) == 1
    assert _MOVES in got[0]


def test_to_a_meeting_in_an_absence_whoever_stands_in_is_invited(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    town.beat()
    arrived(pair)
    _is_away(pair, 20)

    _fixed_on(pair, 10)
    days_go_by(town, 2)
    invited = [role for role, subject, _ in arrived(pair) if _INVITES in subject]
    _fixed_on(pair, 12)
    days_go_by(town, 2)
    moved = [role for role, subject, _ in arrived(pair) if _MOVES in subject]

    assert sorted(invited) == ["aspiring", "deputy", "facilitator"]
    assert sorted(moved) == ["aspiring", "deputy", "facilitator"]


def test_to_a_meeting_after_an_absence_who_is_away_is_invited_on_their_return(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    town.beat()
    arrived(pair)
    _is_away(pair, 20)

    _fixed_on(pair, 40)
    days_go_by(town, 19)
    meanwhile = [role for role, subject, _ in arrived(pair) if _INVITES in subject]
    days_go_by(town, 3)
    later = [role for role, subject, _ in arrived(pair) if _INVITES in subject]

    assert sorted(meanwhile) == ["aspiring", "facilitator"]
    assert later == ["coordinator"]


def test_who_is_back_before_a_meeting_that_another_was_invited_to_is_invited(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    town.beat()
    _is_away(pair, 20)
    _fixed_on(pair, 15)
    days_go_by(town, 2)
    arrived(pair)

    away(town.runtime, NewAbsence(MAIN, pair.today, pair.today + timedelta(days=3)), LEAD)
    days_go_by(town, 6)

    got = [subject for role, subject, _ in arrived(pair) if role == "coordinator"]
    assert [subject for subject in got if _INVITES in subject]


def test_nobody_is_invited_to_a_meeting_in_an_absence_with_nobody_to_stand_in(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    town.beat()
    arrived(pair)
    _is_away(pair, 20, DEPUTY)
    _is_away(pair, 20)

    _fixed_on(pair, 10)
    days_go_by(town, 25)

    got = [(role, subject) for role, subject, _ in arrived(pair) if _INVITES in subject]
    assert sorted(role for role, _ in got) == ["aspiring", "facilitator"]


def test_what_is_told_to_a_whole_team_waits_for_the_one_who_is_away(town: World) -> None:
    pair = a_pair(town).gets_to("match_confirmed")
    town.beat()
    arrived(pair)
    _is_away(pair, 20)

    pair.gets_to("formalised")
    days_go_by(town, 19)
    meanwhile = [role for role, subject, _ in arrived(pair) if subject.startswith("Your pair is")]
    days_go_by(town, 3)
    later = [role for role, subject, _ in arrived(pair) if subject.startswith("Your pair is")]

    assert sorted(meanwhile) == ["deputy", "deputy"]
    assert later == ["coordinator"]


def test_a_check_in_knows_at_once_who_is_away(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    days_go_by(town, 95)
    arrived(pair)
    before = _due_in_check_in(pair)

    for who in ("vie-bir-aspiring-deputy", "vie-bir-aspiring"):
        _is_away(pair, 20, who)

    after = _due_in_check_in(pair)
    assert after["note/offer/0"] == before["note/offer/0"] + timedelta(days=21)
    # That nobody was in contact for four months is no clock of theirs.
    assert after["deadline/miss/0"] == before["deadline/miss/0"]
    days_go_by(town, 20)
    assert {role for role, *_ in arrived(pair)} == {"facilitator"}


def _onboarding_on(world: World, days: int) -> Pair:
    """A pair whose onboarding was fixed so many days ahead, and everybody knows."""
    pair = a_pair(world).gets_to("onboarding")
    world.beat()
    _fixed_on(pair, days)
    days_go_by(world, 1)
    arrived(pair)
    return pair


def _fixed_on(pair: Pair, days: int) -> date:
    day = pair.today + timedelta(days=days)
    pair.files("onboarding_date", starts_at=f"{day}T10:00+02:00")
    return day


def _due_in_check_in(pair: Pair) -> dict[str, date]:
    (child,) = (each.id for each in pair.dossier.children if each.closed_at is None)
    return replace(pair, case=child).due()


def _is_away(pair: Pair, days: int, who: str = MAIN) -> None:
    new = NewAbsence(who, pair.today, pair.today + timedelta(days=days))
    away(pair.world.runtime, new, LEAD)
