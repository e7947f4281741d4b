"""What was with former partners, as `pairing pair show` tells it: history, which counts no more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cli.shared.output import Human
from cli.shared.table import Table
from engine.model.evidence import Ended, RecordVersion
from runtime.queries.show_case import Whole


@dataclass(frozen=True, slots=True)
class FormerRecord:
    """A version of a record that was filed with a former partner."""

    record: str
    version: int
    filed_at: datetime
    filed_by: str
    signed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormerPartnership:
    """A partnership that has ended, with what is on file of it."""

    number: int
    centres: tuple[str, ...]
    ended_by: str
    ended_at: datetime
    states: tuple[str, ...]
    records: tuple[FormerRecord, ...]
    waivers: tuple[str, ...]
    children: tuple[str, ...]


def former_partnerships(whole: Whole) -> tuple[FormerPartnership, ...]:
    """The oldest first; an end after which nothing was begun is left out."""
    found = (_former(whole, ended) for ended in whole.dossier.former.ended)
    return tuple(each for each in found if each.centres or each.records or each.children)


def _former(whole: Whole, ended: Ended) -> FormerPartnership:
    former, number = whole.dossier.former, ended.number
    records = (
        _record(name, version)
        for name, versions in former.records.items()
        for version in versions
        if version.partnership == number and not version.void
    )
    return FormerPartnership(
        number=number,
        centres=ended.centres,
        ended_by=ended.by,
        ended_at=ended.at,
        states=tuple(stay.state for stay in former.stays if stay.partnership == number),
        records=tuple(records),
        waivers=tuple(each.requirement for each in former.waivers if each.partnership == number),
        children=tuple(reference for at, reference in whole.former_children if at == number),
    )


def _record(name: str, version: RecordVersion) -> FormerRecord:
    signed = tuple(each.role for each in version.signatures)
    return FormerRecord(name, version.number, version.filed_at, version.filed_by, signed)


def former_tables(former: tuple[FormerPartnership, ...]) -> Iterator[Human]:
    for each in former:
        who = " ".join(each.centres) or "nobody yet"
        title = f"History: with {who}, ended {each.ended_at:%Y-%m-%d} ({each.ended_by})"
        records = [(r.record, r.version, r.filed_at, r.filed_by, r.signed_by) for r in each.records]
        empty = "nothing was filed"
        columns = ("record", "version", "filed", "by", "signed by")
        yield from ("", Table(columns, records, title, empty=empty))
        if each.waivers:
            yield f"Waived then: {', '.join(each.waivers)}"
        if each.children:
            yield f"Opened then: {', '.join(each.children)}"
