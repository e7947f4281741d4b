"""Half an hour before midnight UTC it is tomorrow at the office: that is the day that counts."""

from datetime import date, datetime

from engine.dates.anchors import anchor_day
from engine.dates.view import View
from engine.model.definition import RESUME, Notify, RecordType
from engine.model.dossier import Pause
from engine.model.fields import Field
from engine.model.outcomes import Filed, Moved, Signed, Started, Undeliverable
from engine.time.windows import Anchor, Source
from tests.support.dossiers import a_dossier, moment
from tests.support.stories import (
    ASPIRING,
    FACILITATOR,
    Story,
    a_ladder,
    a_rung,
    a_state,
    a_step,
    a_window,
    a_workflow,
)

DEED = RecordType(
    "deed", "Deed", ("aspiring",), fields=(Field("text", "text"),), signatories=("aspiring",)
)
WORKFLOW = a_workflow(
    a_state("first", a_ladder(a_rung("P30D", "ask")), window=a_window("T0 + P1M")),
    a_state("held", pauses=True),
    a_state("second"),
    steps=(
        a_step("pause", "first second", "held"),
        a_step("resume", "held", RESUME),
        a_step("go", "first", "second"),
    ),
    records={"deed": DEED},
    anchors={"T0": Anchor("T0", (Source("entered", "first"),))},
    start_anchor="T0",
    notices={"undeliverable": (Notify("undeliverable", ("facilitator",)),)},
)


def _late(day: str) -> datetime:
    """So late that it is the next day at the office."""
    return moment(day, "23:30")


def _story(day: str = "2026-03-02") -> Story:
    story = Story(WORKFLOW, a_dossier(), now=_late(day))
    story.starts()
    return story


def test_a_case_begins_on_the_day_of_the_office() -> None:
    story = _story()

    assert anchor_day(WORKFLOW, story.dossier, "T0") == date(2026, 3, 3)
    assert story.dossier.dates["first"].baseline == date(2026, 4, 3)


def test_a_pause_begins_and_ends_on_days_of_the_office() -> None:
    story = _story()
    story.now = _late("2026-03-06")
    story.step("pause")
    story.now = _late("2026-03-16")

    story.step("resume")

    assert story.dossier.pauses == (Pause(date(2026, 3, 7), date(2026, 3, 17)),)


def test_an_imported_pause_has_the_days_of_the_office_as_well() -> None:
    story = Story(WORKFLOW, now=_late("2026-03-02"))
    days = (("first", "2026-01-05"), ("held", "2026-01-15"), ("first", "2026-02-01"))

    story.goes(Started(FACILITATOR, tuple((state, _late(day)) for state, day in days)))

    assert story.dossier.pauses == (Pause(date(2026, 1, 16), date(2026, 2, 2)),)


def test_a_milestone_happened_on_the_day_of_the_office() -> None:
    story = _story()
    story.now = _late("2026-03-20")

    story.step("go")

    assert story.dossier.dates["first"].actual == date(2026, 3, 21)


def test_what_is_today_is_said_by_the_office() -> None:
    story = _story()
    story.now = _late("2026-03-20")
    tomorrow = date(2026, 3, 21)

    story.goes(Filed("deed", {"text": "one"}, ASPIRING))
    story.goes(Signed("deed", "aspiring", "head", tomorrow, ASPIRING))
    refused = story.refused(Moved("first", date(2026, 3, 20), "ill", FACILITATOR))
    story.goes(Moved("first", tomorrow, "ill", FACILITATOR))

    view = View(WORKFLOW, story.dossier, story.now)
    assert view.today == tomorrow
    assert view.value("record.deed.filed_on") == "2026-03-21"
    assert view.value("case.since") == "2026-03-03"
    assert [each.detail for each in refused] == ["2026-03-20 has gone by"]


def test_an_address_is_known_to_be_dead_since_the_day_of_the_office() -> None:
    story = _story()
    story.now = _late("2026-03-20")

    plan = story.goes(Undeliverable("", "aspiring", "aspiring 3", "a@example.org", "", "unknown"))

    assert plan.letters[0].facts["since_on"] == "2026-03-21"
    assert plan.letters[0].facts["centre"] == "Centre of aspiring"


def test_a_story_of_the_centres_own_day_goes_by_the_clock_of_that_centre() -> None:
    """Bucharest is an hour ahead of the office: there the next day has begun an hour before."""
    ladder = a_ladder(a_rung("P1D", "ask"), calendar="aspiring")
    story = Story(a_workflow(a_state("first", ladder)), now=moment("2026-03-02", "22:30"))
    story.dossier = a_dossier(entered_at=story.now, opened_at=story.now)

    story.starts()

    assert story.timer("asks/0/0").due_at == moment("2026-03-04", "06:00")
