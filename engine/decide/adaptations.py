"""What differs in one case from the programme, with who made it so, when and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.dates.view import View
from engine.model.adapting import ASKED, REASON, SETTINGS, WRITTEN, adapting, named, origin, rows_of
from engine.model.check import Check
from engine.model.definition import Workflow
from engine.model.dossier import Dossier
from engine.model.evidence import RecordVersion
from engine.model.settings import in_words


@dataclass(frozen=True, slots=True)
class Adapted:
    """One thing that is another in a case: a setting, a record asked for, who is written to."""

    name: str  # of the setting, the record or the letter
    what: str  # in words
    here: str
    programme: str  # what it is there
    by: str
    at: datetime
    reason: str


def adaptations(workflow: Workflow, dossier: Dossier) -> tuple[Adapted, ...]:
    """All that the record of a case says is another, in its order."""
    versions = dossier.records.get(adapting(workflow), ())
    if not versions:
        return ()
    whole, content = origin(workflow), versions[-1].content
    found = [_setting(whole, row, versions) for row in rows_of(content, SETTINGS)]
    found += [_asked(whole, row, versions) for row in rows_of(content, ASKED)]
    found += [_written(row, versions) for row in rows_of(content, WRITTEN)]
    return tuple(found)


def adapted_in(check: Check, view: View) -> Iterator[Adapted]:
    """What is another in a check than the programme has it, by the case or one above it."""
    names = set(named(check))
    while view.workflow.origin is not None and names:
        for each in adaptations(view.workflow, view.dossier):
            if each.name in names:
                yield each
        above = view.parent()
        if above is None:
            return
        view = above


def _setting(
    workflow: Workflow, row: Mapping[str, str], versions: tuple[RecordVersion, ...]
) -> Adapted:
    setting, first = workflow.settings.get(row["setting"]), _first(SETTINGS, row, versions)
    return Adapted(
        name=row["setting"],
        what=setting.title if setting is not None else "no setting of this version",
        here=in_words(setting.parsed(row["value"])) if setting is not None else row["value"],
        programme=in_words(setting.value) if setting is not None else "",
        by=first.filed_by,
        at=first.filed_at,
        reason=str(first.content.get(REASON, "")),
    )


def _asked(
    workflow: Workflow, row: Mapping[str, str], versions: tuple[RecordVersion, ...]
) -> Adapted:
    kind, first = workflow.records.get(row["record"]), _first(ASKED, row, versions)
    return Adapted(
        name=row["record"],
        what=kind.title if kind is not None else "no record of this version",
        here=f"asked for before {row['before']}",
        programme="not asked for there",
        by=first.filed_by,
        at=first.filed_at,
        reason=str(first.content.get(REASON, "")),
    )


def _written(row: Mapping[str, str], versions: tuple[RecordVersion, ...]) -> Adapted:
    first = _first(WRITTEN, row, versions)
    return Adapted(
        name=row["letter"],
        what="",
        here=f"also to {row['to']}",
        programme="not to them",
        by=first.filed_by,
        at=first.filed_at,
        reason=str(first.content.get(REASON, "")),
    )


def _first(name: str, row: Mapping[str, str], versions: tuple[RecordVersion, ...]) -> RecordVersion:
    """The version since which a row has stood as it does."""
    found = versions[-1]
    for version in reversed(versions):
        if row not in list(rows_of(version.content, name)):
            break
        found = version
    return found
