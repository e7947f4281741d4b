"""Flags of a case that are up: each follows what it waits for, and is over when that is there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from engine.checks.ask import lacks
from engine.dates.view import View
from engine.decide.draft import NOT_YET, Draft
from engine.decide.unmet import lacking
from engine.decide.watches import looks_at
from engine.letters.ladders import is_running
from engine.letters.turns import all_callees
from engine.letters.wishes import asked_for_time, held_by_office
from engine.model.definition import Ladder
from engine.model.dossier import Child
from engine.model.outcomes import Event, TimersDue
from engine.model.reasons import REASONS, Reason, facts_of, reasons_of
from engine.model.requirement import Requirement

_ADDRESS, _IN = "@", "/"


def over_with(state: str, ladder: Ladder) -> str:
    """What a flag waits for that a ladder raises: for the same as the ladder does."""
    return f"{state}{_IN}{ladder.name}" if ladder.unmet is not None else ""


def cause_of(view: View, ladder: Ladder) -> str:
    """What a ladder says that is open, and who of those it asks has asked for time, or has
    no letter yet since the office holds it back.
    """
    missing = lacks(ladder.unmet, view) if ladder.unmet is not None else ()
    people = all_callees(ladder, view)
    asked = asked_for_time(view, ladder, people)
    waits = (f"{who} asked for time until {day}" for who, day in asked)
    held = (_held(who, day) for who, day in held_by_office(view, ladder, people))
    return "; ".join([*([each.detail for each in missing] or [ladder.title]), *waits, *held])


def _held(who: str, day: date | None) -> str:
    if day is None:
        return f"the letter to {who} is held back by the office"
    return f"the letter to {who} is held back by the office until {day}"


def at_address(address: str) -> str:
    """What a flag waits for that is about an address: that nobody is written to there."""
    return f"{_ADDRESS}{address}"


def follow_flags(draft: Draft, event: Event) -> None:
    """Tell the flags that are up what they are up for by now; one that waits for nothing is over.

    Whatever brought it about: a record, a waiver, a moved date, a person of another address.
    """
    if draft.workflow.state(draft.dossier.state).final:
        return
    for child in draft.dossier.children:
        if child.workflow != draft.workflow.flag_workflow or child.closed_at is not None:
            continue
        was = reasons_of(child.facts)
        now = tuple(still for each in was for still in _still(draft, each, event))
        if child.id != NOT_YET and now != was:
            _tell(draft, child, was, now)


def _tell(draft: Draft, child: Child, was: tuple[Reason, ...], now: tuple[Reason, ...]) -> None:
    if now:
        draft.tell_flag(child, "follow", facts_of(now))
        return
    titles = dict.fromkeys(_title(draft, each) for each in was)
    draft.tell_flag(
        child, "settle", {REASONS: [], "outcome": f"what was open is settled: {'; '.join(titles)}"}
    )


def _still(draft: Draft, reason: Reason, event: Event) -> Iterator[Reason]:
    """The reason in the words of today; nothing once it is over."""
    if reason.until.startswith(_ADDRESS):
        people = draft.dossier.everybody()
        dead = (at_address(each.email) for each in people if not each.reachable)
        yield from (reason,) if reason.until in dead else ()
    elif (ladder := _ladder(draft, reason)) is not None and ladder.unmet is not None:
        if is_running(ladder, draft.view()):
            yield replace(reason, words=cause_of(draft.view(), ladder))
    elif (asked := _requirement(draft, reason)) is not None:
        yield from _of_requirement(draft, reason, asked, event)
    elif (kind := draft.workflow.flags.get(reason.until)) is not None and kind.until is not None:
        yield from (reason,) if lacks(kind.until, draft.view()) else ()
    else:
        yield reason


def _of_requirement(
    draft: Draft, reason: Reason, asked: Requirement, event: Event
) -> Iterator[Reason]:
    # Other cases are read only where its watch reads them too, or a day has come.
    watches = (each for each in draft.workflow.watches if each.requirement == asked)
    is_looked_at = isinstance(event, TimersDue) or any(looks_at(e, draft, event) for e in watches)
    if asked.check.reads and not is_looked_at:
        yield reason
    elif missing := lacking(draft.view(), asked):
        yield replace(reason, words="; ".join(unmet.detail for unmet in missing))


def _ladder(draft: Draft, reason: Reason) -> Ladder | None:
    state, _, name = reason.until.partition(_IN)
    known = draft.workflow.states.get(state)
    return next((each for each in known.ladders if each.name == name), None) if known else None


def _requirement(draft: Draft, reason: Reason) -> Requirement | None:
    watched = (each.requirement for each in draft.workflow.watches)
    every = (*draft.workflow.requirements(), *watched)
    return next((each for each in every if each.name == reason.until), None)


def _title(draft: Draft, reason: Reason) -> str:
    """What is there by now, in words."""
    if (ladder := _ladder(draft, reason)) is not None:
        return ladder.title
    asked = _requirement(draft, reason)
    return reason.words.rstrip(".") if asked is None else asked.says.rstrip(".")
