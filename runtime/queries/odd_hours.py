"""What is odd about the days that somebody files: nobody works then, nothing was there to sign."""

from collections.abc import Iterator, Mapping
from datetime import date

from engine.checks import odd_hours
from engine.dates.anchors import day_of
from engine.dates.view import View
from engine.model.dossier import EMPTY, CaseId, Dossier, RecordVersion
from engine.model.outcomes import Amended, Filed, Signed
from engine.model.putting_right import Cause, Corrected
from engine.time.day_words import day_in_words
from engine.time.zones import local_day
from runtime.families import dossier_of
from runtime.wiring import Runtime
from storage.cases import views
from storage.database.transactions import reading


def told_of_hours(runtime: Runtime, case_id: CaseId, event: Cause) -> tuple[str, ...]:
    """A sentence for each; nothing where the event files no day."""
    record, content = _filed(event)
    if not record:
        return ()
    with reading(runtime.database) as session:
        workflow = runtime.workflow(views.case_line(session, case_id).digest)
        dossier = dossier_of(runtime, session, case_id)
    kind, latest = workflow.records.get(record), dossier.latest(record)
    if kind is None:
        return ()
    if isinstance(event, Signed):
        return tuple(_before_its_text(dossier, latest, event.on))
    standing = latest.content if latest is not None else EMPTY
    new = {name: value for name, value in content.items() if standing.get(name) != value}
    parties = [each for side in workflow.sides for each in dossier.parties_of(side)]
    view = View(workflow, dossier, runtime.clock())
    odd = odd_hours.odd_hours(kind.fields, new, parties, view.today)
    return (*_gone_by(view, record, new), *_held_before(view, record, new), *odd)


def is_to_be_meant(runtime: Runtime, case_id: CaseId, event: Cause) -> bool:
    """Whether the event says the day of a meeting, or of a signature: somebody says it is meant."""
    with reading(runtime.database) as session:
        workflow = runtime.workflow(views.case_line(session, case_id).digest)
        dossier = dossier_of(runtime, session, case_id)
    of_meetings = {meeting.record for meeting in workflow.meetings.values()}
    record, content = _filed(event)
    if isinstance(event, Signed) or record in of_meetings:
        return True
    return any(_held_before(View(workflow, dossier, runtime.clock()), record, content))


def _filed(event: Cause) -> tuple[str, Mapping[str, object]]:
    """The record that the event files, and what it says; the empty word for none."""
    match event:
        case Filed(record, content):
            return record, content
        case Amended(record, changes) | Corrected(record, changes):
            return record, changes.values
        case Signed(record):
            return record, EMPTY
        case _:
            return "", EMPTY


def _before_its_text(dossier: Dossier, latest: RecordVersion | None, on: date) -> Iterator[str]:
    """That a signature is dated before its text was filed: it may be one under another text."""
    if latest is not None and not latest.imported:
        filed_on = local_day(latest.filed_at, dossier.office.zone)
        if on < filed_on:
            text = f"version {latest.number} was filed on {day_in_words(filed_on)}"
            yield f"{day_in_words(on)} lies before the text: {text}"


def _gone_by(view: View, record: str, content: Mapping[str, object]) -> Iterator[str]:
    """That a meeting which is still to be held gets a day that lies behind."""
    for meeting in view.workflow.meetings.values():
        day = day_of(content.get(meeting.begins)) if meeting.record == record else None
        if day is not None and day < view.today and not view.value(meeting.held):
            yield f"{day_in_words(day)} has gone by, and nothing is filed of the meeting"


def _held_before(view: View, record: str, content: Mapping[str, object]) -> Iterator[str]:
    """That a meeting is said to have been held before the day for which it is agreed."""
    for meeting in view.workflow.meetings.values():
        name, field = meeting.evidence
        day = day_of(content.get(field)) if name == record else None
        agreed = day_of(view.value(f"meeting.{meeting.name}.begins"))
        if day is not None and agreed is not None and day < agreed:
            yield f"{day_in_words(day)} lies before the agreed day, {day_in_words(agreed)}"
