"""Overviews: pairs, check-ins and flags, line by line, read in pages however many there are."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from engine.errors import ProjectError
from engine.model.dossier import CaseId
from engine.suggestions import suggestion
from runtime.wiring import Runtime
from storage.cases import views
from storage.cases.views import Shown
from storage.database.transactions import reading

_WORST_FIRST = {"red": 0, "amber": 1, "info": 2}


class UnknownWordError(ProjectError):
    """A list was asked for something that is never in it."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case: where it stands, since when, what falls due next, its centres by side."""

    reference: str
    number: int
    workflow: str
    state: str
    since: datetime
    opened_at: datetime
    closed_at: datetime | None
    next_due_at: datetime | None
    centres: Mapping[str, str]
    names: Mapping[str, str]  # of the centres, short


@dataclass(frozen=True, slots=True)
class PairLine(CaseLine):
    """A pair with its open flags, each as kind and severity."""

    open_flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckInLine:
    """A check-in and the pair it belongs to."""

    reference: str
    number: int
    pair: str | None
    state: str
    since: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class FlagLine(CheckInLine):
    """A red flag with what is known of it."""

    flag: object
    title: object
    severity: object
    cause: object
    owner: object
    next_step: object
    review_on: object
    outcome: object


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: of a family, in a state, those that ended too; after a case, so many at most."""

    root: CaseId | None = None
    state: str = ""
    closed: bool = False
    after: int = 0
    limit: int | None = None
    page: int = 500  # read at once


ALL = Wanted()


def pair_lines(runtime: Runtime, wanted: Wanted = ALL) -> Iterator[PairLine]:
    """The cases that people start, in the order they were opened."""
    _known_state(runtime, wanted.state)
    kinds = set(_flag_workflows(runtime))
    shown = replace(_shown(wanted), roots=True, state=wanted.state)
    return islice(_pairs(runtime, shown, kinds), wanted.limit)


def check_in_lines(runtime: Runtime, workflow: str, wanted: Wanted = ALL) -> Iterator[CheckInLine]:
    """The check-ins, the oldest first."""
    pages = _pages(runtime, _shown(wanted, workflow))
    return islice((_check_in(line) for page in pages for line in page), wanted.limit)


def flag_lines(runtime: Runtime, wanted: Wanted = ALL) -> tuple[FlagLine, ...]:
    """The flags, the worst first."""
    found = [
        _flag(line)
        for name in _flag_workflows(runtime)
        for page in _pages(runtime, _shown(wanted, name))
        for line in page
    ]
    found.sort(key=lambda line: _WORST_FIRST.get(str(line.severity), len(_WORST_FIRST)))
    return tuple(found[: wanted.limit])


def flag_workflow(runtime: Runtime) -> str | None:
    """The workflow of red flags, where the programme has one."""
    kinds = _flag_workflows(runtime)
    return kinds[0] if len(kinds) == 1 else None


def case_line(line: views.CaseLine) -> CaseLine:
    """A case as overviews show it."""
    return CaseLine(
        reference=line.reference,
        number=line.id,
        workflow=line.workflow,
        state=line.state,
        since=line.entered_at,
        opened_at=line.opened_at,
        closed_at=line.closed_at,
        next_due_at=line.next_due_at,
        centres=_by_side((side.side, side.key) for side in line.sides),
        names=_by_side((side.side, side.name) for side in line.sides),
    )


def _by_side(words: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What is said of the centre of each side; of several, all of it."""
    found: dict[str, str] = {}
    for side, word in words:
        found[side] = f"{found[side]} {word}" if side in found else word
    return found


def values_of(line: CaseLine) -> dict[str, object]:
    """What is known of a line, by name, for a line that says more."""
    return {name: getattr(line, name) for name in CaseLine.__slots__}


def _shown(wanted: Wanted, workflow: str = "") -> Shown:
    return Shown(workflow, wanted.root, wanted.closed, after=wanted.after, limit=wanted.page)


def _pages(runtime: Runtime, shown: Shown) -> Iterator[tuple[views.CaseLine, ...]]:
    """Page after page, each read by itself: a slow reader holds no transaction open."""
    page: tuple[views.CaseLine, ...] = ()
    while not page or len(page) == shown.limit:
        after = page[-1].id if page else shown.after
        with reading(runtime.database) as session:
            page = views.overview(session, replace(shown, after=after))
        if not page:
            return
        yield page


def _pairs(runtime: Runtime, shown: Shown, kinds: set[str]) -> Iterator[PairLine]:
    for page in _pages(runtime, shown):
        flags: dict[CaseId, list[str]] = {}
        with reading(runtime.database) as session:
            for parent, workflow, facts in views.open_below(session, page[0].id, page[-1].id):
                if workflow in kinds:
                    words = f"{facts.get('flag')} {facts.get('severity')}"
                    flags.setdefault(parent, []).append(words)
        for line in page:
            yield _pair(line, tuple(flags.get(line.id, ())))


def _pair(line: views.CaseLine, flags: tuple[str, ...]) -> PairLine:
    return PairLine(**values_of(case_line(line)), open_flags=flags)  # type: ignore[arg-type]  # by name


def _check_in(line: views.CaseLine) -> CheckInLine:
    return CheckInLine(
        line.reference, line.id, line.parent, line.state, line.entered_at, line.closed_at
    )


def _flag(line: views.CaseLine) -> FlagLine:
    return FlagLine(
        line.reference,
        line.id,
        line.parent,
        line.state,
        line.entered_at,
        line.closed_at,
        **{name: line.facts.get(name) for name in FlagLine.__slots__},
    )


def _flag_workflows(runtime: Runtime) -> list[str]:
    every = runtime.programme.workflows.values()
    return sorted({workflow.flag_workflow for workflow in every if workflow.flags})


def _known_state(runtime: Runtime, state: str) -> None:
    programme = runtime.programme
    known = programme.workflows[programme.root].states
    if state and state not in known:
        raise UnknownWordError(f"there is no state {state}: {suggestion(state, sorted(known))}")
