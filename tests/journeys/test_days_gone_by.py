"""A day of a meeting that goes by, or is lost with a pause: somebody is asked for what is next."""

from datetime import timedelta

import pytest

from engine.model.changes import Changes
from engine.model.outcomes import Amended
from engine.model.putting_right import Voided
from tests.support.actors import act
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, LEAD, World

AT = "T10:00:00+02:00"


def _agreed(town: World, state: str, record: str, *fields: str) -> Pair:
    """A pair with a day in two weeks, long before the plan has one."""
    pair = a_pair(town).gets_to(state)
    on = (pair.today + timedelta(days=14)).isoformat()
    pair.files(
        record, FACILITATOR, **dict.fromkeys(fields, f"{on}{AT}" if "starts_at" in fields else on)
    )
    return pair


def _session(town: World) -> tuple[Pair, Pair]:
    """A pair, and its mentoring session with a day in two weeks."""
    pair = a_pair(town).gets_to("implementation")
    words = dict.fromkeys(("what", "tried", "ask"), "No nurse.")
    pair.files("barrier", FACILITATOR, since="2026-05-01", objective=None, **words)
    child = next(each for each in pair.dossier.children if each.workflow == "mentoring")
    session = Pair(town, child.id)
    on = (pair.today + timedelta(days=14)).isoformat()
    assert town.file(session.case, "session_date", starts_at=f"{on}{AT}").accepted
    session.goes("fix_date")
    return pair, session


def _reminded(pair: Pair, of: str) -> bool:
    return any(who == "facilitator" and of in text for who, _, text in arrived(pair))


@pytest.mark.parametrize(
    ("state", "record", "fields", "says"),
    [
        ("mid_term", "mid_term_date", ("starts_at",), "what came of Mid-term review"),
        ("workshop", "workshop_date", ("on",), "what came of Consolidation workshop"),
        ("visit_preparation", "visit_1_dates", ("starts_on", "ends_on"), "record of the first vis"),
    ],
)
def test_who_runs_the_pair_is_asked_in_a_week_what_came_of_a_day_that_went_by(
    town: World, state: str, record: str, fields: tuple[str, ...], says: str
) -> None:
    pair = _agreed(town, state, record, *fields)
    days_go_by(town, 14)
    before = _reminded(pair, says)

    days_go_by(town, 8)

    assert (before, _reminded(pair, says)) == (False, True)


def test_a_session_whose_day_went_by_or_was_lost_is_asked_for_again(town: World) -> None:
    pair, session = _session(town)
    days_go_by(town, 21)
    assert _reminded(pair, "what came of Online mentoring session")

    later = f"{pair.today + timedelta(days=30)}{AT}"
    change = Changes({"starts_at": later})
    assert act(town.runtime, session.case, Amended("session_date", change, FACILITATOR)).accepted
    days_go_by(town, 8)
    assert not _reminded(pair, "Waiting since")

    for _ in range(2):
        void = Voided("session_date", "It was another pair.", FACILITATOR)
        assert act(town.runtime, session.case, void).accepted
    days_go_by(town, 8)
    assert _reminded(pair, "a day for the mentoring session")


def test_a_session_whose_day_went_by_in_a_pause_is_asked_for_again_after_it(town: World) -> None:
    pair, _ = _session(town)
    until = (pair.today + timedelta(days=90)).isoformat()
    pair.goes("suspend", LEAD, note="A strike.", review_on=until)
    days_go_by(town, 30)
    arrived(pair)

    pair.goes("resume", LEAD, note="It is over.")
    days_go_by(town, 6)

    assert _reminded(pair, "a day for the mentoring session")
