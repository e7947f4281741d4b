"""The versions of records that count for nothing, as `pairing pair show` tells them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cli.shared.output import Human
from cli.shared.table import Table
from engine.model.dossier import Dossier


@dataclass(frozen=True, slots=True)
class VoidRecord:
    """A version of a record that was taken back, or that another one corrects, and why."""

    record: str
    version: int
    filed_at: datetime
    filed_by: str
    why: str


def void_records(dossier: Dossier) -> tuple[VoidRecord, ...]:
    return tuple(
        VoidRecord(name, each.number, each.filed_at, each.filed_by, each.void)
        for name, versions in dossier.former.records.items()
        for each in versions
        if each.void
    )


def void_table(void: tuple[VoidRecord, ...]) -> Iterator[Human]:
    rows = [(v.record, v.version, v.filed_at, v.filed_by, v.why) for v in void]
    if rows:
        columns = ("record", "version", "filed", "by", "why")
        yield from ("", Table(columns, rows, "Records that count for nothing"))
