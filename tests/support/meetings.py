"""A small programme with one meeting, whose day both sides are asked about."""

from dataclasses import replace

from engine.model.definition import RecordType, Workflow
from engine.model.fields import Field
from engine.model.meetings import Letter, Meeting
from tests.support.stories import a_state, a_step, a_workflow

SIDES = ("coordinator", "aspiring")
VISIT = Meeting(
    name="visit",
    title="The visit",
    record="dates",
    begins="starts_on",
    ends="ends_on",
    places=("city",),
    held="record.minutes.held_on",
    invitation=Letter("L-1.invitation", SIDES),
    moved="L-2.moved",
    cancelled="L-2.cancelled",
    answers={side: f"accepted_by_{side}" for side in SIDES},
    times={side: f"times_of_{side}" for side in SIDES},
    options="options",
)
DAYS = {"starts_on": "2026-04-14", "ends_on": "2026-04-15", "city": "Vienna"}
LATER = {**DAYS, "starts_on": "2026-04-21", "ends_on": "2026-04-22"}
_TEXTS = (*(f"times_of_{side}" for side in SIDES), "city")
_DAYS = (Field("starts_on", "date"), Field("ends_on", "date", optional=True))
_FIELDS = (
    *(Field(name, "date", optional=True) for name in ("starts_on", "ends_on")),
    *(Field(name, "text", optional=True) for name in _TEXTS),
    *(Field(f"accepted_by_{side}", "yes_no", optional=True) for side in SIDES),
    Field("options", "rows", optional=True, unique="starts_on", rows=_DAYS),
)
RECORDS = {
    "dates": RecordType("dates", "Dates", ("facilitator",), fields=_FIELDS),
    "minutes": RecordType(
        "minutes", "Minutes", ("facilitator",), fields=(Field("held_on", "date"),)
    ),
}


def a_programme(**changes: object) -> Workflow:
    """Two states, and the meeting with these changes."""
    meeting = replace(VISIT, **changes)  # type: ignore[arg-type]  # fields by name
    return a_workflow(
        a_state("first"),
        a_state("over", final=True),
        steps=(a_step("end", "first", "over"),),
        records=RECORDS,
        meetings={meeting.name: meeting},
    )
