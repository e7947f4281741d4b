"""Why can this case not go on: what is missing, whose turn, since when, what was asked."""

from dataclasses import dataclass
from datetime import date

from engine.dates.view import View
from engine.decide.explain import Way, still_open, ways
from engine.errors import quoted
from engine.letters.open_item import ask_of
from engine.model.dossier import CaseId
from engine.time.zones import local_day
from runtime.families import dossier_of
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
    """Every step from where the case stands with what it lacks, or one of them.

    NotFoundError when that one does not lead on from here.
    """
    with reading(runtime.database) as session:
        dossier = dossier_of(runtime, session, case_id, frozenset({"places", "load"}))
    view = View(runtime.workflow_of(dossier), dossier, runtime.clock())
    state = view.workflow.state(dossier.state)
    steps = tuple(way for way in ways(view) if trigger in {None, way.trigger})
    if trigger is not None and not steps:
        raise NotFoundError(
            f"{dossier.reference} has no step {quoted(trigger)} from {state.name}; see pair why"
        )
    return Why(
        reference=dossier.reference,
        state=state.name,
        title=state.title,
        since=local_day(dossier.entered_at, dossier.office.zone),
        acts=state.acts,
        ways=steps,
        open=tuple(_open(view, each.ladder) for each in still_open(view)),
    )


def _open(view: View, ladder: str) -> OpenAsk:
    ask = ask_of(view, ladder)
    asked = tuple(
        Reminder(a.letter, a.person, a.on, a.outcome)
        for a in view.dossier.asked
        if a.ladder == ladder
    )
    turn = ask.callee.name if ask.callee is not None else "nobody named"
    return OpenAsk(ask.what, turn, ask.open_since, ask.working_days, asked, ask.late_on)
