"""The versions of a record, shown and compared."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

import typer

from cli.shared.edge import DONE
from cli.shared.output import Exact, Human, answer
from cli.shared.table import Table
from engine.decide.told_changes import in_words
from engine.model.definition import RecordType
from engine.model.dossier import CaseId, RecordVersion
from engine.model.fields import in_their_order
from runtime.queries.record_versions import (
    compared,
    former_partners,
    record_versions,
    version_of,
)
from runtime.wiring import Runtime


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a record, without its content."""

    number: int
    filed_at: datetime
    filed_by: str
    imported: bool
    centre: str
    signed_by: tuple[str, ...]
    former: str  # filed with a former partner: their centres; it counts no more
    void: str  # why it counts for nothing; empty while it counts
    corrects: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class RecordShown:
    """One version of a record with its content, and all versions there are."""

    case: str
    record: str
    title: str
    version: int
    content: Mapping[str, object]
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A field, or a row of a list, that is another in the later version."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class RecordCompared:
    """What differs between two versions of a record; no first one: all of it is new."""

    case: str
    record: str
    before: int | None
    after: int
    changes: tuple[Changed, ...]


def show_version(
    runtime: Runtime, case_id: CaseId, of: tuple[str, RecordType], number: int | None
) -> NoReturn:
    """Answer with one version, and end the command: nothing is filed."""
    pair, kind = of
    versions = record_versions(runtime, case_id, kind.name)
    shown = version_of(versions, number)
    former = former_partners(runtime, case_id, kind.name)
    every = tuple(_version(each, former.get(each.number, "")) for each in versions)
    content = in_their_order(kind.fields, shown.content)
    told = RecordShown(pair, kind.name, kind.title, shown.number, content, every)
    answer(told, *_shown(told))
    raise typer.Exit(DONE)


def show_difference(
    runtime: Runtime,
    case_id: CaseId,
    of: tuple[str, RecordType],
    between: tuple[int | None, int | None],
) -> NoReturn:
    """Answer with what differs between two versions, and end the command."""
    pair, name = of[0], of[1].name
    before, after, found = compared(record_versions(runtime, case_id, name), *between)
    changes = tuple(Changed(each.field, each.before, each.after) for each in found)
    number = before.number if before is not None else None
    told = RecordCompared(pair, name, number, after.number, changes)
    since = f"since version {number}" if number is not None else "all of it is new"
    rows = [(each.field, in_words(each.before), in_words(each.after)) for each in changes]
    title = f"{name}, version {after.number}: {since}"
    answer(told, Table(("field", "before", "after"), rows, title, empty="nothing differs"))
    raise typer.Exit(DONE)


def _version(version: RecordVersion, former: str) -> Version:
    signed = tuple(f"{each.role}: {each.person}" for each in version.signatures)
    return Version(
        version.number,
        version.filed_at,
        version.filed_by,
        version.imported,
        version.centre,
        signed,
        former,
        version.void,
        version.corrects,
        version.reason,
    )


def _shown(told: RecordShown) -> Iterator[Human]:
    yield f"{told.title} ({told.record}), version {told.version}"
    yield Exact(json.dumps(told.content, indent=1, ensure_ascii=False, default=str))
    rows = [
        (v.number, v.filed_at, v.filed_by, v.centre, v.signed_by, _mark(v)) for v in told.versions
    ]
    yield Table(("version", "filed", "by", "centre", "signed by", ""), rows, "Versions")


def _mark(version: Version) -> str:
    """Why a version counts for nothing, or which one it puts right."""
    if version.void:
        return f"void: {version.void}"
    if version.former:
        return f"history: filed with a former partner ({version.former})"
    corrects = f"corrects {version.corrects}: {version.reason}"
    return corrects if version.corrects is not None else ""
