"""Why can this case not go on: what is missing, whose turn, since when, what was asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.checks.among import offered
from engine.dates.view import View
from engine.decide.explain import Way, asked_by_ladders, still_open, ways
from engine.errors import quoted
from engine.letters.absences import absence_of, stand_in
from engine.letters.instead import ladder_of
from engine.letters.open_item import ask_of
from engine.letters.turns import callees
from engine.model.check import Lack
from engine.model.definition import RecordType
from engine.model.dossier import CaseId
from engine.model.sides import unfiled, unsigned
from engine.time.day_words import day_in_words
from engine.time.zones import local_day
from runtime.families import dossier_of
from runtime.links import CodeToTell, codes_to_tell
from runtime.wiring import Runtime
from storage.database.transactions import reading
from storage.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class Reminder:
    """A letter that asked for it, and what became of it."""

    letter: str
    person: str
    on: date
    outcome: str


@dataclass(frozen=True, slots=True)
class OpenAsk:
    """One thing that is being asked for, and what was done about it so far."""

    what: str
    whose_turn: str
    since: date
    working_days: int
    asked: tuple[Reminder, ...]
    asked_by: date
    days_late: int
    away: tuple[str, ...]  # who of them does not answer at present, until when, and who does


@dataclass(frozen=True, slots=True)
class Filing:
    """A record that would settle what is missing: to be filed, or signed by these."""

    kind: RecordType  # with the words that its fields take now
    is_filed: bool  # then a version that changes it
    heard_from: str  # the person of a side who says what is in it; empty where the office does
    unsigned: tuple[tuple[str, str], ...]  # side, or side=centre of several, and who speaks for it


@dataclass(frozen=True, slots=True)
class Why:
    """The whole answer for one case."""

    reference: str
    state: str
    title: str
    since: date
    acts: tuple[str, ...]
    ways: tuple[Way, ...]
    open: tuple[OpenAsk, ...]
    filings: tuple[Filing, ...]  # in the order in which ladders and steps ask for them
    unassigned: tuple[str, ...]  # sides whose centre is to be named here
    codes: tuple[CodeToTell, ...]  # without which a side cannot sign on a page


def why(runtime: Runtime, case_id: CaseId, trigger: str | None = None) -> Why:
    """Every step from where the case stands with what it lacks, or one of them.

    NotFoundError when that one does not lead on from here.
    """
    with reading(runtime.database) as session:
        dossier = dossier_of(runtime, session, case_id, frozenset({"places", "load"}))
        view = View(runtime.workflow_of(dossier), dossier, runtime.clock())
        codes = codes_to_tell(session, runtime, view)
    state = view.workflow.state(dossier.state)
    steps = tuple(way for way in ways(view) if trigger in {None, way.trigger})
    if trigger is not None and not steps:
        raise NotFoundError(
            f"{dossier.reference} has no step {quoted(trigger)} from {state.name}: "
            f"pairing pair why {dossier.reference} shows those that lead on"
        )
    return Why(
        reference=dossier.reference,
        state=state.name,
        title=state.title,
        since=local_day(dossier.entered_at, dossier.office.zone),
        acts=state.acts,
        ways=steps,
        open=tuple(_open(view, each.ladder) for each in still_open(view)),
        filings=tuple(each for name in _named(view, steps) for each in _filings(view, name)),
        unassigned=tuple(side for side in state.assigns if not dossier.parties_of(side)),
        codes=codes,
    )


def _named(view: View, steps: tuple[Way, ...]) -> dict[str, None]:
    by_steps = (name for way in steps for name in way.records)
    return dict.fromkeys((*asked_by_ladders(view), *by_steps))


def _filings(view: View, name: str) -> Iterator[Filing]:
    """How a record is filed; where several centres file their own, by those that have filed none.

    A version of one of them changes nothing of what another has to file.
    """
    kind, latest = view.workflow.records[name], view.latest(name)
    by_office = any(role in view.workflow.office for role in kind.by)
    lacks = () if by_office else _yet_to_file(view, kind)
    for lack in lacks:
        speaker = _speaker(view, str(lack.owner), lack.centre)
        yield Filing(offered(kind, view), is_filed=False, heard_from=speaker, unsigned=())
    if not lacks:
        heard_from = "" if by_office else next((_speaker(view, role) for role in kind.by), "")
        yield Filing(offered(kind, view), latest is not None, heard_from, _unsigned(view, kind))


def _yet_to_file(view: View, kind: RecordType) -> tuple[Lack, ...]:
    """Of several centres of the side that files a record those that have filed none."""
    versions = view.dossier.records.get(kind.name, ())
    found = (each for role in kind.by for each in unfiled(view.dossier, versions, role, ""))
    return tuple(each for each in found if each.centre)


def _unsigned(view: View, kind: RecordType) -> tuple[tuple[str, str], ...]:
    latest = view.latest(kind.name)
    missing = (
        lack
        for role in kind.signatories
        for lack in (unsigned(view.dossier, latest, role) if latest is not None else ())
    )
    return tuple(_signing(view, each) for each in missing)


def _signing(view: View, lack: Lack) -> tuple[str, str]:
    role = str(lack.owner)
    whose = f"{role}={lack.centre}" if lack.centre else role
    return whose, _speaker(view, role, lack.centre)


def _speaker(view: View, role: str, centre: str = "") -> str:
    people = (p for p in view.dossier.people_as(role) if centre in ("", p.centre))
    return next((person.key for person in people), "")


def _open(view: View, ladder: str) -> OpenAsk:
    ask = ask_of(view, ladder)
    asked = tuple(
        Reminder(a.letter, a.person, a.on, a.outcome)
        for a in view.dossier.asked
        if a.ladder == ladder
    )
    turn = " and ".join(dict.fromkeys(each.name for each in ask.callees)) or "nobody named"
    away = tuple(_away(view, ladder))
    late = max((ask.today - ask.asked_by).days, 0)
    since, days = ask.open_since, ask.working_days
    return OpenAsk(ask.what, turn, since, days, asked, ask.asked_by, late, away)


def _away(view: View, ladder: str) -> Iterator[str]:
    """Who of those whose turn it is does not answer, until when, and who does instead."""
    for person in callees(ladder_of(view, ladder), view):
        absence = absence_of(view.dossier, person, view.now)
        if absence is not None:
            deputy = stand_in(view.dossier, person, view.now)
            until = day_in_words(absence.last_on)
            instead = deputy.name if deputy is not None else "nobody"
            yield f"{person.name} is away until {until}, {instead} is asked instead"
