"""`pairing pair show`: all that is known of a pair."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cli.pair.arguments import Pair
from cli.pair.former import FormerPartnership, former_partnerships, former_tables
from cli.pair.meetings import meetings_table
from cli.pair.overview import centres_of
from cli.pair.void_records import VoidRecord, void_records, void_table
from cli.shared.opening import opened
from cli.shared.output import Human, answer
from cli.shared.table import Table, titled
from cli.shared.titles import Titles
from engine.decide.adaptations import Adapted
from engine.model.dossier import Dossier, MilestoneDates
from engine.time.zones import local_day
from runtime.queries.case_lines import CaseLine, values_of
from runtime.queries.find_case import find_case
from runtime.queries.meetings import MeetingLine
from runtime.queries.show_case import Whole, show_case

_ADAPTED = ("what", "here", "programme", "by", "since", "reason")
_DATES = ("milestone", "baseline", "opens", "target", "ends", "actual", "reason")


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a milestone: what was planned, what is expected, between which days."""

    milestone: str
    title: str
    opens: date | None
    ends: date | None
    baseline: date | None
    forecast: date | None
    actual: date | None
    moved_to: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """A record in its latest version."""

    record: str
    version: int
    filed_at: datetime
    filed_by: str
    imported: bool
    signed_by: tuple[str, ...]
    content: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Waiver:
    """A requirement that was set aside."""

    requirement: str
    by: str
    role: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Player:
    """Who plays a role."""

    role: str
    name: str
    function: str
    main: bool
    reachable: bool


@dataclass(frozen=True, slots=True)
class WholePair(CaseLine):
    """A pair with its facts, dates, records, waivers, people and children."""

    facts: Mapping[str, object]
    dates: tuple[Dates, ...]
    records: tuple[Record, ...]
    meetings: tuple[MeetingLine, ...]
    adapted: tuple[Adapted, ...]
    waivers: tuple[Waiver, ...]
    people: tuple[Player, ...]
    children: tuple[CaseLine, ...]
    former: tuple[FormerPartnership, ...]
    void: tuple[VoidRecord, ...]


@dataclass(frozen=True, slots=True)
class PairShow:
    """All that is known of a case; each record in its latest version."""

    pair: WholePair


def show(pair: Pair) -> PairShow:
    """Show all that is known of a pair: dates, records, waivers, children."""
    with opened() as runtime:
        whole = show_case(runtime, find_case(runtime, pair))
        called = Titles(runtime)
    told = _pair(whole)
    since = local_day(told.since, whole.dossier.office.zone)
    centres = f" ({there})" if (there := centres_of(told)) else ""  # a child's are its pair's
    head = f"{told.reference}{centres}: {whole.title}, since {since}"
    return answer(PairShow(told), head, *_tables(told, called))


def _pair(whole: Whole) -> WholePair:
    dossier = whole.dossier
    return WholePair(
        **values_of(whole.line),  # type: ignore[arg-type]  # fields by name
        facts=whole.facts,
        dates=tuple(
            Dates(w.milestone, w.title, w.opens, w.ends, *_own(dossier.dates[w.milestone]))
            for w in whole.windows
        ),
        records=tuple(_records(dossier)),
        meetings=whole.meetings,
        adapted=whole.adapted,
        waivers=tuple(Waiver(w.requirement, w.by, w.role, w.reason, w.at) for w in whole.waivers),
        people=tuple(
            Player(p.role, p.name, p.function, p.main, p.reachable) for p in dossier.people
        ),
        children=whole.children,
        former=former_partnerships(whole),
        void=void_records(dossier),
    )


def _own(dates: MilestoneDates) -> tuple[date | None, date | None, date | None, date | None, str]:
    return dates.baseline, dates.forecast, dates.actual, dates.moved_to, dates.reason


def _records(dossier: Dossier) -> Iterator[Record]:
    """The last version of each; of a side that holds several centres, which have signed."""
    several = {side for side, there in dossier.parties.items() if len(there) > 1}
    for name, versions in dossier.records.items():
        last = versions[-1]
        signed = tuple(
            f"{each.role}={each.centre}" if each.role in several else each.role
            for each in last.signatures
        )
        yield Record(
            name, last.number, last.filed_at, last.filed_by, last.imported, signed, last.content
        )


def _tables(pair: WholePair, called: Titles) -> Iterator[Human]:
    dates = [
        (titled(d.milestone, d.title), d.baseline, d.opens, d.forecast, d.ends, d.actual, d.reason)
        for d in pair.dates
    ]
    records = [
        (called.record(pair.reference, r.record), r.version, r.filed_at, r.filed_by, r.signed_by)
        for r in pair.records
    ]
    waivers = [
        (called.requirement(pair.reference, w.requirement), w.role, w.at, w.reason)
        for w in pair.waivers
    ]
    adapted = [
        (titled(a.name, a.what), a.here, a.programme, a.by, a.at, a.reason) for a in pair.adapted
    ]
    people = [
        (p.role, p.name, p.function, "main" if p.main else "", "" if p.reachable else "dead")
        for p in pair.people
    ]
    past = {reference for each in pair.former for reference in each.children}
    children = [
        (c.reference, called.state(c.workflow, c.state), c.since, c.closed_at)
        for c in pair.children
        if c.reference not in past
    ]
    for table in (
        Table(_DATES, dates, "Dates"),
        Table(("record", "version", "filed", "by", "signed by"), records, "Records"),
        Table(_ADAPTED, adapted, "Differs from the programme"),
        Table(("requirement", "waived by", "at", "reason"), waivers, "Waivers"),
        Table(("role", "name", "function", "", ""), people, "People"),
        Table(("case", "state", "since", "ended"), children, "Check-ins, sessions and flags"),
    ):
        if table.rows:
            yield from ("", table)
    yield from meetings_table(pair.meetings)
    yield from void_table(pair.void)
    yield from former_tables(pair.former)
