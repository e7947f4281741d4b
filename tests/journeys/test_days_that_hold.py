"""Letters name a day while it holds, as ahead while it is, and ask for nothing that is on file."""

from datetime import timedelta

import pytest

from engine.model.changes import Changes
from engine.model.outcomes import Amended
from tests.support.actors import act
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, World

CHECKLIST = "answer the items of the readiness checklist once more"
MEASURE = "measure your indicators: "
MEASURED = {
    "indicator": "Share of staff with a plan",
    "value": 3,
    "measured_on": "2026-05-01",
}
FIELDS: dict[str, dict[str, object]] = {
    "readiness_monitoring": {"answered": 31},
    "indicators_mid_term": {"measured": [MEASURED]},
}


def _fixed(pair: Pair, date: str, field: str, *, ahead: int) -> str:
    """The day of a meeting that both sides have agreed to, as a letter would write it."""
    day = pair.today + timedelta(days=ahead)
    pair.files(
        date, FACILITATOR, **{field: f"{day}T10:00+00:00" if field == "starts_at" else f"{day}"}
    )
    pair.world.beat()
    arrived(pair)
    return f"{day.day} {day:%B}"


def _texts(pair: Pair, beginning: str) -> list[str]:
    pair.world.beat()
    return [text for _, subject, text in arrived(pair) if subject.startswith(beginning)]


@pytest.mark.parametrize(
    ("filed", "asked"),
    [
        ((), {CHECKLIST, MEASURE}),
        (("readiness_monitoring",), {MEASURE}),
        (("indicators_mid_term",), {CHECKLIST}),
        (("readiness_monitoring", "indicators_mid_term", "mid_term_deck"), set[str]()),
        (("mid_term", "mid_term_deck"), set[str]()),
    ],
    ids=["nothing filed", "checklist filed", "measured", "all filed", "held"],
)
def test_the_mid_term_review_asks_for_what_is_not_on_file_and_for_scores_alone_once_it_was_held(
    town: World, filed: tuple[str, ...], asked: set[str]
) -> None:
    pair = a_pair(town).gets_to("mid_term")
    _fixed(pair, "mid_term_date", "starts_at", ahead=40)
    for record in filed:
        pair.files(record, FACILITATOR, **FIELDS.get(record, {}))

    days_go_by(town, 12)

    texts = _texts(pair, "Your mid-term scores")
    assert len(texts) == 1
    assert "Please score your domain again" in texts[0]
    assert {each for each in (CHECKLIST, MEASURE) if each in texts[0]} == asked


def test_the_agenda_of_the_workshop_names_no_day_that_a_side_refused(town: World) -> None:
    pair = a_pair(town).gets_to("workshop")
    refused = _fixed(pair, "workshop_date", "on", ahead=60)
    changes = Changes(values={"accepted_by_aspiring": False})
    assert act(town.runtime, pair.case, Amended("workshop_date", changes, FACILITATOR)).accepted

    pair.files("workshop_agenda")

    texts = _texts(pair, "Workshop agenda")
    assert texts
    assert not [text for text in texts if refused in text]
    assert all("when: one full day" in text for text in texts)


@pytest.mark.parametrize(("said", "ahead"), [(False, 60), (True, 2)], ids=["refused", "gone by"])
def test_a_pair_is_introduced_without_a_day_that_does_not_lie_ahead(
    town: World, *, said: bool, ahead: int
) -> None:
    pair = a_pair(town).gets_to("match_confirmed")
    day = pair.today + timedelta(days=ahead)
    pair.files("onboarding_date", starts_at=f"{day}T10:00+00:00", accepted_by_aspiring=said)
    days_go_by(town, 5)
    arrived(pair)

    pair.goes("formalise")
    town.beat()

    texts = [text for _, _, text in arrived(pair) if "for dates for the onboarding" in text]
    assert len(texts) > 1


def test_a_late_response_tells_of_a_meeting_that_went_by_as_one_that_was_fixed(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("report_loop")
    pair.files("mid_term_report")
    day = _fixed(pair, "report_meeting_date", "starts_at", ahead=6)
    days_go_by(town, 12)
    arrived(pair)

    pair.files("response")

    (text,) = _texts(pair, "The response: ")
    assert "The meeting about it was fixed for " in text
    assert day in text


def test_late_minutes_tell_of_a_visit_that_went_by_as_one_that_was_fixed(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    pair.files_all()
    begins = (pair.today + timedelta(days=5)).isoformat()
    pair.files("visit_1_dates", starts_on=begins, ends_on=begins)
    days_go_by(town, 8)
    arrived(pair)

    pair.goes("finish_onboarding")

    texts = _texts(pair, "Onboarding minutes")
    assert texts
    assert all("was fixed to begin on" in text for text in texts)
