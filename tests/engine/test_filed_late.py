"""Who files late is asked first: late is what came due while the engine was down, and only that."""

from datetime import timedelta

from engine.checks.values import Present
from engine.decide.fire import Downtime
from engine.model.definition import RaiseFlag, RecordType
from engine.model.fields import Field
from engine.time.windows import Anchor, Source
from tests.support.dossiers import moment
from tests.support.stories import Story, a_ladder, a_rung, a_state, a_workflow

HOUR = timedelta(hours=1)


def _story() -> Story:
    """A response is asked for, counted from the day a report was sent."""
    ladder = a_ladder(
        a_rung("sent + P0D", "ask", name="ask"),
        a_rung("sent + P7D", "nudge", name="nudge"),
        a_rung("sent + P14D", "flagged", "facilitator", flag=RaiseFlag("F-02"), name="flag"),
        a_rung("sent + P21D", "told", "lead", above=True, name="lead"),
        unmet=Present("fact.response"),
        name="response",
    )
    story = Story(
        a_workflow(
            a_state("first", ladder),
            records={
                "report": RecordType("report", "Report", (), fields=(Field("sent_on", "date"),))
            },
            anchors={"sent": Anchor("sent", (Source("actual", "report.sent_on"),))},
        )
    )
    story.starts()
    return story


def test_a_report_filed_a_month_late_is_asked_about_first_and_nobody_is_told_at_once() -> None:
    story = _story()
    story.days_pass(35)

    story.files("report", sent_on="2026-03-03")
    story.days_pass(0)
    at_once = story.letters()
    story.days_pass(8)
    after_a_week = story.letters()
    story.days_pass(30)

    assert at_once == ["ask"]
    assert after_a_week == ["ask", "nudge"]
    assert story.letters() == ["ask", "nudge", "flagged", "told"]
    assert set(story.outcomes().values()) == {"fired"}


def test_a_report_filed_in_time_is_asked_about_on_its_days() -> None:
    story = _story()
    story.days_pass(5)

    story.files("report", sent_on="2026-03-07")

    assert story.due()["response/nudge/0"] == "2026-03-14"
    assert all(timer.not_before is None for timer in story.armed() if timer.rung == "nudge")


def test_what_keeps_its_distance_stays_so_when_the_case_is_looked_at_again() -> None:
    story = _story()
    story.days_pass(35)
    story.files("report", sent_on="2026-03-03")
    before = story.due()

    story.files("report", sent_on="2026-03-03")

    assert story.due() == before


def test_only_what_came_due_while_the_engine_was_down_was_missed() -> None:
    down = Downtime(moment("2026-03-10"), moment("2026-03-20"), patience=HOUR)

    now = moment("2026-03-20")

    assert down.missed(moment("2026-03-12"), now)
    assert not down.missed(moment("2026-03-09"), now)
    assert not down.missed(moment("2026-03-20", "11:30"), now)
    assert not down.missed(moment("2026-03-21"), moment("2026-03-25"))
