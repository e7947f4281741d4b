"""Why can this case not go on: what is missing, whose turn, since when, what was asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.dates.view import View
from engine.decide.explain import Way, still_open, ways
from engine.letters.open_item import ask_of
from engine.model.dossier import CaseId
from engine.time.zones import local_day
from runtime.families import dossier_of
from runtime.wiring import Runtime
from storage.database.transactions import reading


@dataclass(frozen=True, slots=True)
class OpenAsk:
    """One thing that is being asked for, and what was done about it so far."""

    what: str
    whose_turn: str
    since: date
    working_days: int
    asked: tuple[Mapping[str, str], ...]  # letter, person, on, outcome
    late_on: date


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


def why(runtime: Runtime, case_id: CaseId, trigger: str | None = None) -> Why:
    """Every step from where the case stands (or one of them) with what it lacks."""
    with reading(runtime.database) as session:
        dossier = dossier_of(runtime, session, case_id, frozenset({"places", "load"}))
    view = View(runtime.workflow(dossier.digest), dossier, runtime.clock())
    state = view.workflow.state(dossier.state)
    return Why(
        reference=dossier.reference,
        state=state.name,
        title=state.title,
        since=local_day(dossier.entered_at, dossier.office.zone),
        acts=state.acts,
        ways=tuple(way for way in ways(view) if trigger in {None, way.trigger}),
        open=tuple(_open(view, each.ladder) for each in still_open(view)),
    )


def _open(view: View, ladder: str) -> OpenAsk:
    ask = ask_of(view, ladder)
    asked = tuple(
        {"letter": a.letter, "person": a.person, "on": a.on.isoformat(), "outcome": a.outcome}
        for a in view.dossier.asked
        if a.ladder == ladder
    )
    turn = ask.callee.name if ask.callee is not None else "nobody named"
    return OpenAsk(ask.what, turn, ask.open_since, ask.working_days, asked, ask.late_on)
