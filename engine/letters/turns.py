"""Whose turn it is while a ladder runs."""

from collections.abc import Iterator

from engine.checks.ask import lacks
from engine.checks.hierarchy import nested
from engine.checks.meetings import DayFixed, TimesNamed
from engine.dates.view import View
from engine.letters.lead_up import records_of, still_needed, was_held_here
from engine.letters.rounds import sought_by
from engine.model.definition import WHOSE_TURN, Ladder
from engine.model.dossier import Person
from engine.model.requirement import Requirement
from engine.model.sides import teams


def owners(ladder: Ladder, view: View) -> tuple[str, ...]:
    """Whose turn it is: who the condition waits for, whom its letters ask, who files what it waits
    for, else who acts in the state. Of a side that nobody asks nothing is waited for.
    """
    acts, sides = view.workflow.state(view.dossier.state).acts, view.workflow.sides
    left = (each.owner for each in _left(ladder, view) if view.dossier.people_as(each.owner))
    missing = lacks(ladder.unmet, view) if ladder.unmet is not None else ()
    named = tuple(dict.fromkeys([*left, *(lack.owner for lack in missing if lack.owner)]))
    if named:
        return named
    if ladder.unmet is None and was_held_here(view):
        return (view.workflow.runs,)  # nothing is missing: what is left is the step
    if is_look(ladder, view):
        return tuple(role for role in acts if role not in sides) or (view.workflow.runs,)
    return _addressed(ladder, view) or _filers(ladder, view) or acts


def is_look(ladder: Ladder, view: View) -> bool:
    """Whether it only has the office look at what the sides do: nothing is asked of them by it."""
    acts = view.workflow.state(view.dossier.state).acts
    waits = ladder.unmet is not None or _addressed(ladder, view) or was_held_here(view)
    asks_who_acts = any(WHOSE_TURN in rung.to for rung in ladder.rungs)
    return not (waits or asks_who_acts) and any(role in view.workflow.sides for role in acts)


def _addressed(ladder: Ladder, view: View) -> tuple[str, ...]:
    """The sides that its letters ask."""
    roles = (role.partition(".")[0] for rung in ladder.rungs for role in rung.to)
    return tuple(dict.fromkeys(role for role in roles if role in view.workflow.sides))


def what_is_open(ladder: Ladder, view: View) -> str:
    """What a ladder is about: of a meeting whose day went by it seeks what came of it, and where
    one was held what is missing of it, or the step.
    """
    check, workflow = ladder.unmet, view.workflow
    gone_by = check.outstanding(view) if isinstance(check, DayFixed) else ""
    if gone_by or check is not None or not was_held_here(view):
        return gone_by or ladder.title
    names = (name for each in _left(ladder, view) for name in records_of(each.check)[:1])
    titles = dict.fromkeys(workflow.records[n].title for n in names if n in workflow.records)
    steps = (s.title for s in workflow.transitions if s.sources == (view.dossier.state,))
    return "; ".join(titles) or next(steps, ladder.title)


def _left(ladder: Ladder, view: View) -> tuple[Requirement, ...]:
    """What is missing after a meeting that was held, where a ladder asks for nothing by itself."""
    return still_needed(view) if ladder.unmet is None and was_held_here(view) else ()


def callees(ladder: Ladder | None, view: View) -> Iterator[Person]:
    """Whoever speaks for each of those whose turn it is, of several centres each apart."""
    only = waited_for(ladder, view) if ladder is not None else ()
    for role in _whose_turn(ladder, view):
        yield from (team[0] for team in teams(view.dossier, role, only) if team)


def all_callees(ladder: Ladder | None, view: View) -> tuple[Person, ...]:
    """Whose turn it is, the main person of each role first."""
    roles = _whose_turn(ladder, view)
    return tuple(person for role in roles for person in view.dossier.people_as(role))


def _whose_turn(ladder: Ladder | None, view: View) -> tuple[str, ...]:
    """By a ladder; without one, by the state the case stands in."""
    acts = view.workflow.state(view.dossier.state).acts
    return owners(ladder, view) if ladder is not None else acts


def _filers(ladder: Ladder, view: View) -> tuple[str, ...]:
    """Who files the records that a ladder runs until they are there."""
    workflow = view.workflow
    found: list[str] = []
    checks = nested(ladder.unmet) if ladder.unmet is not None else ()
    if named := _to_name(ladder, view):
        return named
    for path in (path for check in checks for path in check.paths()):
        root, _, rest = path.partition(".")
        name = rest.partition(".")[0]
        if root == "meeting" and name in workflow.meetings:
            root, name = "record", workflow.meetings[name].record
        if root == "record" and name in workflow.records:
            found.extend(workflow.records[name].by[:1])
    return tuple(dict.fromkeys(found))


def _to_name(ladder: Ladder, view: View) -> tuple[str, ...]:
    """The sides that are first to name their times, or to say yes, where it waits for a meeting."""
    missing = (TimesNamed(each.name).lacks(view) for each in sought_by(ladder, view.workflow))
    owners = (lack.owner for lacking in missing for lack in lacking)
    return tuple(dict.fromkeys(owner for owner in owners if owner))


def waited_for(ladder: Ladder, view: View) -> frozenset[str]:
    """The centres, of sides that hold several, that the condition waits for; else none."""
    missing = lacks(ladder.unmet, view) if ladder.unmet is not None else ()
    return frozenset(lack.centre for lack in missing if lack.centre)
