"""What a simulation tells in the end, in one stable shape: no ids of a database, no wall clock."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from engine.dates.anchors import anchor_day
from engine.dates.view import View, month_of
from engine.lint.silence import silences as announced_silences
from engine.model.dossier import CaseId
from runtime.families import dossier_of
from simulation.beats import LetterTold
from simulation.mails import WeekLine, mails, weeks
from simulation.recorder import FlagSeen, PairSeen
from simulation.runner import Play, Scenery
from simulation.silence import SilenceSeen, silences
from storage.database.transactions import Session, reading
from storage.programme import incidents

_ARRIVED = "accepted"


@dataclass(frozen=True, slots=True)
class PairLine:
    """Where a pair stands in the end or ended, its running month then, what was drawn for it."""

    reference: str
    name: str
    state: str
    month: int | None
    started_on: date | None
    closed_on: date | None
    letters: int
    flags: int
    turns: tuple[str, ...]
    silent_from: datetime | None


@dataclass(frozen=True, slots=True)
class FlagLine:
    pair: str
    flag: str
    severity: str
    raised_on: date
    state: str
    closed_on: date | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A waiver or a moved date: in which pair, of what, why."""

    pair: str
    what: str
    reason: str
    on: date
    by: str = ""
    to: date | None = None


@dataclass(frozen=True, slots=True)
class SilenceLine:
    """The longest silence seen in a state, and the longest that its definition announces."""

    state: str
    days: int
    announced: int | None
    pair: str
    since: date


@dataclass(frozen=True, slots=True)
class Played:
    """The order as it was given, and the days it covers."""

    pairs: int
    months: int
    seed: int
    people: str
    first_day: date
    last_day: date

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days


@dataclass(frozen=True, slots=True)
class Report:
    """The whole of it; counts are ordered by name."""

    played: Played
    pairs: tuple[PairLine, ...]
    states: Mapping[str, int]
    letters: Mapping[str, int]  # that arrived, by kind and stage; of two that go in one each counts
    letters_by_person: Mapping[str, int]
    weeks: tuple[WeekLine, ...]
    letters_by_end: Mapping[str, int]  # of all that were owed: accepted, superseded, refused
    flags: tuple[FlagLine, ...]
    flags_by_kind: Mapping[str, Mapping[str, int]]  # by severity
    waivers: tuple[Decision, ...]
    moves: tuple[Decision, ...]
    refusals: Mapping[str, int]  # steps that were refused, by requirement
    silences: tuple[SilenceLine, ...]
    timers: Mapping[str, int]  # by outcome
    events: int
    incidents: tuple[str, ...]
    findings: tuple[str, ...]  # of the journals; none when every one holds
    longest_silence: SilenceLine | None

    def as_json(self) -> dict[str, object]:
        """Plain values with days and moments as ISO text, the same bytes for the same order."""
        plain = _plain(asdict(self))
        assert isinstance(plain, dict)  # noqa: S101 - asdict gives a dict
        return plain


def report(scenery: Scenery, play: Play, played: Played) -> Report:
    """Everything that was seen, and what the database holds in the end."""
    chronicle = play.chronicle
    lines, found = tuple(play.beats.letters()), play.beats.findings()
    _tell(chronicle.pairs, lines)
    with reading(scenery.runtime.database) as session:
        troubles = tuple(each.trouble.what for each in incidents.open_incidents(session))
        pairs = tuple(_pairs(scenery, session, chronicle.pairs, lines, chronicle.flags))
    arrived = [line for line in lines if line.state == _ARRIVED]
    quiet = tuple(_silences(scenery, chronicle.pairs))
    flags = sorted(chronicle.flags.values(), key=lambda f: (f.raised_at, f.pair, f.flag))
    return Report(
        played=played,
        pairs=pairs,
        states=_counted(pair.state for pair in pairs),
        letters=_counted(line.letter for line in arrived),
        letters_by_person=_counted(line.person or "nobody" for line in arrived),
        weeks=weeks(
            mails(arrived, play.beats.overviews(), scenery.runtime.programme.letters), played.days
        ),
        letters_by_end=_counted(line.state for line in lines),
        flags=tuple(_flag(each) for each in flags),
        flags_by_kind=_by_kind(flags),
        waivers=tuple(
            Decision(w.pair, w.requirement, w.reason, w.at.date(), by=w.role)
            for w in chronicle.waivers
        ),
        moves=tuple(
            Decision(m.pair, m.milestone, m.reason, m.at.date(), to=m.to) for m in chronicle.moves
        ),
        refusals=dict(sorted(play.refused.items())),
        silences=quiet,
        timers=dict(sorted(chronicle.timers.items())),
        events=chronicle.events,
        incidents=troubles,
        findings=found,
        longest_silence=max(quiet, default=None, key=lambda line: line.days),
    )


def _tell(pairs: Mapping[CaseId, PairSeen], lines: tuple[LetterTold, ...]) -> None:
    """Note when somebody of a pair was told something."""
    by_reference = {pair.reference: pair for pair in pairs.values()}
    for line in lines:
        if line.state == _ARRIVED and line.settled_at is not None:
            by_reference[line.pair].told.append(line.settled_at)


def _pairs(
    scenery: Scenery,
    session: Session,
    seen: Mapping[CaseId, PairSeen],
    lines: tuple[LetterTold, ...],
    flags: Mapping[CaseId, FlagSeen],
) -> Iterator[PairLine]:
    counts = Counter(line.pair for line in lines if line.state == _ARRIVED)
    raised = Counter(flag.pair for flag in flags.values())
    ids = {pair.reference: case_id for case_id, pair in seen.items()}
    for life in (life for life in scenery.lives if life.reference in ids):
        dossier = dossier_of(scenery.runtime, session, ids[life.reference])
        until = dossier.closed_at or scenery.runtime.clock()
        view = View(scenery.runtime.workflow_of(dossier), dossier, until)
        yield PairLine(
            reference=life.reference,
            name=str(view.value("case.name")),
            state=dossier.state,
            month=month_of(view),
            started_on=anchor_day(view.workflow, dossier, view.workflow.start_anchor),
            closed_on=dossier.closed_at.date() if dossier.closed_at is not None else None,
            letters=counts[life.reference],
            flags=raised[life.reference],
            turns=tuple(life.drawn),
            silent_from=life.silent_from,
        )


def _flag(seen: FlagSeen) -> FlagLine:
    closed = seen.closed_at.date() if seen.closed_at is not None else None
    return FlagLine(
        seen.pair, seen.flag, seen.severity, seen.raised_at.date(), seen.state, closed, seen.outcome
    )


def _by_kind(flags: list[FlagSeen]) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, Counter[str]] = {}
    for flag in flags:
        found.setdefault(flag.flag, Counter())[flag.severity] += 1
    return {name: dict(sorted(counts.items())) for name, counts in sorted(found.items())}


def _silences(scenery: Scenery, pairs: Mapping[CaseId, PairSeen]) -> Iterator[SilenceLine]:
    runtime, name = scenery.runtime, scenery.story.workflow
    workflow = runtime.programme.workflows[name]
    open_states = frozenset(each.name for each in workflow.states.values() if not each.final)
    announced = {
        each.state: each.days
        for each in announced_silences(runtime.programme.workflows)
        if each.workflow == name
    }
    zone = runtime.settings.programme.zone
    seen: Mapping[str, SilenceSeen] = silences(pairs.values(), open_states, scenery.ends, zone)
    for state, silence in seen.items():
        days = announced.get(state)
        yield SilenceLine(state, silence.days, days, silence.pair, silence.since.date())


def _counted(names: Iterator[str]) -> Mapping[str, int]:
    return dict(sorted(Counter(names).items()))


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date | datetime) else value
