"""The next version of a record out of the one in force and the changes that somebody names."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from engine.checks.records import too_early
from engine.dates.meetings import has_gone_by, is_lost
from engine.decide.answers import sides_of, speaks_for
from engine.decide.unmet import not_taken
from engine.model.changes import Changes, Row
from engine.model.definition import RecordType, Workflow
from engine.model.dossier import EMPTY, Dossier, RecordVersion
from engine.model.meetings import Meeting
from engine.model.outcomes import Amended, Filed, Unmet
from engine.time.zones import local_day


def as_filed(
    workflow: Workflow, dossier: Dossier, event: Amended, today: date
) -> Filed | tuple[Unmet, ...]:
    """The whole content that is filed, or why there is nothing to change as wanted."""
    in_force = version_in_force(workflow, dossier, event)
    standing = in_force.content if in_force is not None else EMPTY
    whole = _with_the_day(workflow, dossier, event, standing)
    content = _still_said(workflow, dossier, event, whole, today)
    if wrong := wrong_changes(event.record, content, event.changes):
        return wrong
    return Filed(event.record, changed(content, event.changes), event.by, centre=event.centre)


def signed_as_it_is(
    kind: RecordType, dossier: Dossier, in_force: RecordVersion, content: Mapping[str, object]
) -> tuple[Unmet, ...]:
    """That this very text is signed already: a new version would only void the signatures."""
    is_of_another = in_force.partnership != dossier.partnership or in_force.content != content
    if is_of_another or not in_force.signatures:
        return ()
    detail = f"the {kind.title}, version {in_force.number}, says just that"
    return (not_taken(kind.name, detail, f"Name what is another. {shown_by(dossier, kind.name)}"),)


def not_known_then(
    kind: RecordType, dossier: Dossier, wrong: RecordVersion, right: Mapping[str, object]
) -> tuple[Unmet, ...]:
    """That a correction names a day which had not come when the record was filed.

    What is put right counts from that filing, so it must be what could have been filed then.
    """
    filed_on = local_day(wrong.filed_at, dossier.office.zone)
    known = {each.field for each in too_early(kind.fields, wrong.content, filed_on)}
    detail = f"lies after {filed_on}, when version {wrong.number} was filed: it counts from then"
    remedy = "If it happened later, take the version back with pair void, and file it anew."
    return tuple(
        not_taken(kind.name, replace(each, sentence=detail).said, remedy)
        for each in too_early(kind.fields, right, filed_on)
        if each.field not in known
    )


def shown_by(dossier: Dossier, record: str) -> str:
    """The command that shows what is in a record."""
    return f"It is shown by: pairing pair record {dossier.reference} {record} --show."


def _with_the_day(
    workflow: Workflow, dossier: Dossier, event: Amended, own: Mapping[str, object]
) -> Mapping[str, object]:
    """Of a meeting there is one day for all: beside it stands what each of several centres said."""
    meeting = next((m for m in workflow.meetings.values() if m.record == event.record), None)
    latest = dossier.latest(event.record)
    if meeting is None or latest is None:
        return own
    theirs = {
        field
        for fields in (meeting.answers, meeting.times)
        for side, field in fields.items()
        if len(dossier.parties_of(side)) > 1
    }
    shared = {name: value for name, value in latest.content.items() if name not in theirs}
    return {**shared, **{name: value for name, value in own.items() if name in theirs}}


def _still_said(
    workflow: Workflow,
    dossier: Dossier,
    event: Amended,
    content: Mapping[str, object],
    today: date,
) -> Mapping[str, object]:
    """Without what the sides said to a day that is lost or has gone by, once another is named:
    both are asked. Where each side is to say yes, it says it to the very day.
    """
    named = event.changes.values
    void = {
        answer
        for meeting in workflow.meetings.values()
        if meeting.record == event.record
        and any(name in named for name in (meeting.begins, meeting.ends))
        for answer in meeting.answers.values()
        if content.get(answer) is False
        or is_lost(dossier, meeting)
        or has_gone_by(meeting, content, today)
        or (meeting.needs_yes and _is_moved(meeting, content, named))
    }
    return {name: value for name, value in content.items() if name not in void}


def _is_moved(meeting: Meeting, content: Mapping[str, object], named: Mapping[str, object]) -> bool:
    days = (meeting.begins, meeting.ends)
    return any(named[name] != content.get(name) for name in days if name in named)


def version_in_force(
    workflow: Workflow, dossier: Dossier, event: Filed | Amended
) -> RecordVersion | None:
    """The last version; of a record that each of several centres answers, the last of theirs."""
    kind = workflow.records.get(event.record)
    versions = dossier.records.get(event.record, ())
    if kind is None or not versions:
        return None
    whole = Filed(event.record, EMPTY, event.by, centre=event.centre)
    sides = tuple(sides_of(workflow, dossier, event.by, kind.by))
    centre = speaks_for(dossier, sides, whole)
    several = any(len(dossier.parties_of(side)) > 1 for side in kind.by)
    meant = [each for each in versions if not several or each.centre == centre]
    return meant[-1] if meant else None


def changed(content: Mapping[str, object], changes: Changes) -> dict[str, object]:
    """The content with the changes made; rows are counted as they stood before."""
    found = {**content, **changes.values}
    for name in changes.cleared:
        found.pop(name, None)
    for each in changes.rows:
        rows = _rows(found, each.row.field)
        row = rows[each.row.number - 1]
        merged = {**(row if isinstance(row, Mapping) else {}), **each.values}
        rows[each.row.number - 1] = {name: v for name, v in merged.items() if v is not None}
        found[each.row.field] = rows
    for gone in sorted(changes.removed, key=lambda row: row.number, reverse=True):
        rows = _rows(found, gone.field)
        del rows[gone.number - 1]
        found[gone.field] = rows
    for added in changes.added:
        found[added.field] = [*_rows(found, added.field), added.row]
    return found


def wrong_changes(
    record: str, content: Mapping[str, object], changes: Changes
) -> tuple[Unmet, ...]:
    """What of the changes cannot be made."""
    return tuple(_wrong(record, content, changes))


def _rows(content: Mapping[str, object], name: str) -> list[object]:
    held = content.get(name)
    return list(held) if isinstance(held, list | tuple) else []


def _wrong(record: str, content: Mapping[str, object], changes: Changes) -> Iterator[Unmet]:
    for name in changes.cleared:
        if name not in content:
            yield not_taken(record, f"{name}: there is nothing to clear", "Leave it out.")
    for row in (*(each.row for each in changes.rows), *changes.removed):
        there = len(_rows(content, row.field))
        if not 1 <= row.number <= there:
            yield not_taken(record, f"{row.field}: there is no row {row.number}", _choice(there))
    for row in _twice((*changes.removed, *(each.row for each in changes.rows))):
        detail = f"{row.field}: row {row.number} is named twice"
        yield not_taken(record, detail, "Say once what becomes of it.")


def _choice(there: int) -> str:
    if not there:
        return "There is none yet: add one."
    return "There is row 1 only." if there == 1 else f"There are rows 1 to {there}."


def _twice(rows: tuple[Row, ...]) -> Iterator[Row]:
    yield from dict.fromkeys(row for row in rows if rows.count(row) > 1)
