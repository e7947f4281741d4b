"""The day of a meeting: agreed, or refused by a side, or held already."""

from datetime import UTC, datetime

from engine.model.definition import Workflow
from engine.model.dossier import Dossier, RecordVersion
from engine.model.meetings import Agreement, Meeting


def agreement(workflow: Workflow, dossier: Dossier, name: str) -> Agreement | None:
    """What people hold to of a meeting: its day and place; nothing while it is not agreed."""
    meeting = workflow.meetings.get(name)
    latest = dossier.latest(meeting.record) if meeting is not None else None
    return None if meeting is None or latest is None else agreed_in(meeting, latest)


def standing(workflow: Workflow, dossier: Dossier, meeting: Meeting) -> Agreement | None:
    """What people hold to by now: nothing once the case has ended."""
    ended = workflow.state(dossier.state).final
    return None if ended else agreement(workflow, dossier, meeting.name)


def agreed_in(meeting: Meeting, version: RecordVersion) -> Agreement | None:
    """The same of one version of its record."""
    content = version.content
    answers = [content.get(answer) for answer in meeting.answers.values()]
    wanting = (None, False) if meeting.needs_yes else (False,)
    if not content.get(meeting.begins) or any(each in wanting for each in answers):
        return None
    return {name: content[name] for name in meeting.tells if content.get(name)}


def alike(one: Agreement | None, other: Agreement | None) -> bool:
    """Whether two are the same for whoever goes there."""
    return _compared(one) == _compared(other)


def agreed_at(workflow: Workflow, dossier: Dossier, path: str) -> object:
    """The day or moment at ``meeting.begins`` or ``meeting.ends``; nothing while it is not agreed.

    A meeting of one day ends on the day on which it begins.
    """
    name, _, bound = path.partition(".")
    found = agreement(workflow, dossier, name)
    if found is None:
        return None
    meeting = workflow.meetings[name]
    return found.get(meeting.ends if bound == "ends" and meeting.ends else meeting.begins)


def _compared(said: Agreement | None) -> dict[str, str] | None:
    return None if said is None else {name: _plain(value) for name, value in said.items()}


def _plain(value: object) -> str:
    """A value as it is compared: a moment is the same in whatever zone it was written."""
    text = str(value).strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return text if moment.tzinfo is None else moment.astimezone(UTC).isoformat()
