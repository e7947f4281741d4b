"""Days that a pair has lost are sought again; where one is agreed, nobody is asked for times."""

from datetime import timedelta

import pytest

from engine.dates.view import View
from engine.letters.turns import owners
from engine.model.changes import Changes
from engine.model.outcomes import Amended, By
from runtime.queries.why import why
from tests.support.actors import act
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, LEAD, World, wp6

ASPIRING = By("aspiring", "aspiring")


def _says_no(pair: Pair, record: str) -> None:
    no = Amended(record, Changes({"accepted_by_aspiring": False}), ASPIRING)
    assert act(pair.world.runtime, pair.case, no).accepted


@pytest.mark.parametrize(
    ("record", "days", "asks", "of"),
    [
        ("workshop_date", ("on",), "Your days", {"aspiring", "coordinator"}),
        ("visit_1_dates", ("starts_on", "ends_on"), "Your dates", {"aspiring", "coordinator"}),
        ("mid_term_date", ("starts_at",), "Your times", {"aspiring", "coordinator"}),
    ],
)
def test_a_day_refused_where_it_was_agreed_already_is_asked_for_anew(
    town: World, record: str, days: tuple[str, ...], asks: str, of: set[str]
) -> None:
    states = {"workshop_date": "workshop", "visit_1_dates": "first_visit"}
    pair = a_pair(town).gets_to(states.get(record, "mid_term"))
    on = (pair.today + timedelta(days=60)).isoformat()
    on = f"{on}T10:00:00+02:00" if record == "mid_term_date" else on
    pair.files(record, FACILITATOR, **dict.fromkeys(days, on))
    days_go_by(town, 3)
    arrived(pair)

    _says_no(pair, record)
    town.beat()

    asked = {who for who, subject, _ in arrived(pair) if asks in subject}
    assert asked == of
    assert record in [each.kind.name for each in why(town.runtime, pair.case).filings]


def test_who_is_asked_anew_after_the_day_named_first_is_reminded_a_week_after_that(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("onboarding")
    days_go_by(town, 1)
    pair.files("onboarding_date", starts_at=f"{pair.today + timedelta(days=39)}T10:00:00+02:00")
    days_go_by(town, 1)
    lost = Amended("onboarding_date", Changes({"starts_at": None}), FACILITATOR)
    assert act(town.runtime, pair.case, lost).accepted

    days_go_by(town, 30)

    asked = sorted({each.on for each in pair.dossier.asked if each.ladder == "date"})
    first, again, reminded, *_ = asked
    assert again > first
    assert reminded >= again + timedelta(days=5)


def test_what_waits_for_another_day_waits_since_the_last_one_was_lost(town: World) -> None:
    pair = a_pair(town).gets_to("workshop")
    pair.files("workshop_date", on=(pair.today + timedelta(days=60)).isoformat())
    days_go_by(town, 10)
    lost = pair.today
    _says_no(pair, "workshop_date")
    arrived(pair)

    days_go_by(town, 19)

    waits = [subject for _, subject, _ in arrived(pair) if subject.startswith("Waiting since")]
    assert [subject.partition(":")[0] for subject in waits] == [f"Waiting since {lost.day} May"]


def test_who_is_to_answer_still_reads_the_days_that_are_proposed(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    on = pair.today + timedelta(days=60)
    days = dict.fromkeys(("starts_on", "ends_on"), on.isoformat())
    yes = Changes({**days, "accepted_by_coordinator": True})
    assert act(town.runtime, pair.case, Amended("visit_1_dates", yes, FACILITATOR)).accepted

    days_go_by(town, 10)

    texts = {
        who: text for who, subject, text in arrived(pair) if "Still open: do the dates" in subject
    }
    assert set(texts) == {"aspiring"}
    assert f"Proposed: {on:%A}" in texts["aspiring"]


def test_an_agreed_day_that_went_by_is_not_called_unfixed(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    pair.files("onboarding_date", starts_at=f"{pair.today + timedelta(days=30)}T10:00:00+02:00")

    days_go_by(town, 60)

    waits = [text for _, subject, text in arrived(pair) if subject.startswith("Waiting since")]
    assert any("what came of Online onboarding on its day, or another day" in t for t in waits)
    assert not any("out of the times that were named" in text for text in waits)


def test_a_response_asks_for_no_times_once_the_meeting_is_fixed(town: World) -> None:
    pair = a_pair(town).gets_to("report_loop")
    on = pair.today + timedelta(days=20)
    pair.files("mid_term_report")
    pair.files("report_meeting_date", starts_at=f"{on}T10:00:00+02:00")

    pair.files("response")
    town.beat()

    (text,) = [text for _, subject, text in arrived(pair) if "has responded" in subject]
    assert "The meeting about it is on Sunday 31 May 2026" in text
    assert "times" not in text.partition("Where the pair stands")[0].replace("at all times", "")


def test_a_response_asks_for_times_within_two_weeks(town: World) -> None:
    pair = a_pair(town).gets_to("report_loop")
    pair.files("mid_term_report")

    pair.files("response")
    town.beat()

    (subject,) = [subject for _, subject, _ in arrived(pair) if "has responded" in subject]
    assert subject == "Your times by 27 May: VIE-BIR-c has responded"


def test_the_closing_day_is_for_the_facilitator_to_fix(town: World) -> None:
    pair = a_pair(town).gets_to("closure")

    view = View(wp6().workflows["pairing"], pair.dossier, town.clock())
    ladders = {each.name: each for each in view.workflow.state("closure").ladders}

    assert owners(ladders["date"], view) == ("facilitator",)


@pytest.mark.parametrize(
    ("state", "sought", "asks"),
    [("visit_preparation", "visit_1_dates", "dates"), ("onboarding", "onboarding_date", "date")],
)
def test_a_day_that_a_pause_ran_over_is_sought_anew(
    town: World, state: str, sought: str, asks: str
) -> None:
    pair = a_pair(town).gets_to(state)
    days_go_by(town, 1)
    day = pair.today + timedelta(days=30)
    if sought == "visit_1_dates":
        told: dict[str, object] = {"starts_on": str(day), "ends_on": str(day), "city": "Vienna"}
        told |= {"accepted_by_coordinator": True, "accepted_by_aspiring": True}
    else:
        told = {"starts_at": f"{day}T10:00:00+02:00"}
    pair.files(sought, FACILITATOR, **told)
    days_go_by(town, 1)
    pair.goes("suspend", LEAD, review_on=str(day + timedelta(days=20)), note="The house moves.")
    days_go_by(town, 40)
    pair.goes("resume", note="It has moved.")
    resumed = pair.today

    days_go_by(town, 3)

    of = {each.person for each in pair.dossier.asked if each.ladder == asks and each.on >= resumed}
    assert len(of) == 2
