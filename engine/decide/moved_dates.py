"""A milestone moved by hand: what was only planned moves, what was agreed is agreed anew."""

from dataclasses import replace

from engine.dates.anchors import agreed_day, target_day
from engine.dates.view import as_actual
from engine.decide.draft import Draft
from engine.decide.unmet import first_wrong, not_taken
from engine.model.definition import SetFact, State
from engine.model.dossier import NO_DATES
from engine.model.letter_words import MILESTONE
from engine.model.outcomes import Moved, Unmet
from engine.suggestions import choice_of
from engine.time.moments import YEARS


def move_date(draft: Draft, event: Moved) -> tuple[Unmet, ...]:
    """Move a milestone by hand. Its baseline stays; what hangs on it follows (Q-01 to Q-04)."""
    state = draft.workflow.states.get(event.milestone)
    if state is None or state.window is None:
        dated = [name for name, each in draft.workflow.states.items() if each.window]
        detail = f"no dated milestone {event.milestone}"
        return (not_taken(event.milestone, detail, choice_of(event.milestone, dated)),)
    if refused := _not_moving(draft, state, event):
        return refused
    planned = target_day(draft.workflow, draft.dossier, event.milestone)
    known = draft.dossier.dates.get(event.milestone, NO_DATES)
    moved = replace(known, moved_to=event.to, reason=event.reason)
    dates = {**draft.dossier.dates, event.milestone: moved}
    draft.dossier = replace(draft.dossier, dates=dates)
    draft.event = {
        "title": state.title,
        MILESTONE: state.name,
        "old_on": planned.isoformat() if planned is not None else "",
        "new_on": event.to.isoformat(),
        "reason": event.reason,
    }
    draft.apply(draft.workflow.notices.get("moved", ()))
    movers = {each.id for each in draft.dossier.everybody() if each.key == event.by.actor}
    # Nobody is told of what they have done themselves.
    draft.letters = [each for each in draft.letters if each.person not in movers]
    return ()


def _not_moving(draft: Draft, state: State, event: Moved) -> tuple[Unmet, ...]:
    view = draft.view()
    actual = as_actual(view, state)
    agreed = agreed_day(draft.workflow, draft.dossier, state.name)
    wrongs = (
        (not event.reason.strip(), "no reason is given", "Write why the date moves."),
        (
            event.to.year not in YEARS,
            f"{event.to} is no day of a case",
            f"Write a year from {YEARS[0]} to {YEARS[-1]}.",
        ),
        (
            actual is not None,
            f"{state.title} has happened, on {actual}",
            "Correct the record instead.",
        ),
        (
            agreed is not None,
            f"{state.title} is agreed for {agreed}",
            f"File the new date: {_where_agreed(draft, state)}.",
        ),
        (event.to < view.today, f"{event.to} has gone by", "Write a day from today on."),
    )
    return first_wrong(event.milestone, wrongs)


def _where_agreed(draft: Draft, state: State) -> str:
    """The titles of the records that the agreed day of a state comes from."""
    anchor = draft.workflow.anchors.get(state.agreed or "")
    sources = anchor.sources if anchor is not None else ()
    read = {each.of.partition(".")[0] for each in sources if each.kind != "agreed"}
    meetings = {each.of.partition(".")[0] for each in sources if each.kind == "agreed"}
    read |= {m.record for name, m in draft.workflow.meetings.items() if name in meetings}
    written = {source.of for source in sources if source.kind == "fact"}
    return ", ".join(
        f"{kind.title} ({name})"
        for name, kind in draft.workflow.records.items()
        if name in read
        or any(isinstance(each, SetFact) and each.fact in written for each in kind.effects)
    )
