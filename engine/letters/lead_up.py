"""Ladders that lead up to a meeting: its day ends them, but for what a step still needs."""

from datetime import date, timedelta

from engine.checks.ask import lacks
from engine.checks.hierarchy import nested
from engine.checks.meetings import DayFixed
from engine.dates.anchors import Clockwork, anchor_day, rule_day
from engine.dates.meetings import held_since
from engine.dates.view import View
from engine.model.check import Check
from engine.model.definition import Ladder, Workflow
from engine.model.meetings import Meeting
from engine.model.partners import waived
from engine.model.requirement import Requirement
from engine.time.date_rules import ENTRY
from engine.time.spans import shift
from engine.time.windows import When


def leads_up_to(workflow: Workflow, ladder: Ladder) -> Meeting | None:
    """The meeting on whose agreed day all rungs hang, each once and none of them after it."""
    rules = [rung.at for rung in ladder.rungs if isinstance(rung.at, When) and not rung.every]
    anchor = workflow.anchors.get(rules[0].anchor) if rules else None
    kinds = [source.kind for source in anchor.sources] if anchor is not None else []
    if anchor is None or kinds != ["agreed"] or len(rules) < len(ladder.rungs):
        return None
    spans = (rule.span for rule in rules if rule.anchor == anchor.name)
    ahead = [max(span.months, span.days, span.working_days) <= 0 for span in spans]
    if len(ahead) < len(rules) or not all(ahead):
        return None
    return workflow.meetings.get(anchor.sources[0].of.partition(".")[0])


def has_gone_by(view: View, ladder: Ladder) -> bool:
    """Whether it speaks of a day that lies behind: nothing of a meeting is said as if ahead."""
    if leads_up_to(view.workflow, ladder) is None:
        return False
    first = ladder.rungs[0].at
    day = anchor_day(view.workflow, view.dossier, first.anchor) if isinstance(first, When) else None
    return day is not None and day < view.today


def missed_on(view: View, ladder: Ladder) -> date | None:
    """The day from which somebody is asked what came of a meeting whose day has gone by, or for
    another one: that waits for no plan.
    """
    gone_by = ladder.unmet.gone_by(view) if isinstance(ladder.unmet, DayFixed) else None
    return gone_by + timedelta(days=1) if gone_by is not None and gone_by < view.today else None


def is_asked_after(view: View, ladder: Ladder) -> bool:
    """Whether the meeting was held, and a step cannot be taken without what is asked for it."""
    meeting = leads_up_to(view.workflow, ladder)
    held = meeting is not None and held_since(view.dossier, meeting) is not None
    return held and _is_needed(view, ladder)


def days_after(where: Clockwork, ladder: Ladder) -> dict[str, date]:
    """The days of the rungs once it was held: from the next day on, as far apart as before it."""
    first = ladder.rungs[0].at
    since = When(ENTRY, first.span.back()) if isinstance(first, When) else first
    instead, workdays = rule_day(where, since), where.dossier.party_of(where.calendar).workdays
    rules = {rung.name: rung.at for rung in ladder.rungs}
    return {
        name: shift(instead + timedelta(days=1), rule.span, workdays)
        for name, rule in rules.items()
        if isinstance(rule, When) and instead is not None
    }


def was_held_here(view: View) -> bool:
    """Whether the meeting that is prepared where the case stands was held: the step is what is
    left of it.
    """
    workflow, state = view.workflow, view.workflow.state(view.dossier.state)
    anchor = workflow.anchors.get(state.agreed or "")
    agreed = (source.of.partition(".")[0] for source in (anchor.sources if anchor else ()))
    led_up = (leads_up_to(workflow, ladder) for ladder in state.ladders)
    meetings = [*(workflow.meetings.get(name) for name in agreed), *led_up]
    return any(each and held_since(view.dossier, each) for each in meetings)


def still_needed(view: View) -> tuple[Requirement, ...]:
    """What on file blocks a step from here, in the order of the definition."""
    set_aside = waived(view.workflow, view.dossier)
    asked = {
        each.name: each
        for step in view.workflow.transitions
        for each in step.requires
        if view.dossier.state in step.sources and not each.warns and each.name not in set_aside
    }
    return tuple(r for r in asked.values() if records_of(r.check) and lacks(r.check, view))


def records_of(check: Check | None) -> tuple[str, ...]:
    """The records that a check looks at."""
    parts = nested(check) if check is not None else ()
    paths = (path.split(".") for each in parts for path in each.paths())
    return tuple(dict.fromkeys(name for root, name, *_ in paths if root == "record"))


def _is_needed(view: View, ladder: Ladder) -> bool:
    """Whether a step from here is blocked by what the ladder waits for."""
    asked = set(records_of(ladder.unmet))
    return any(asked.intersection(records_of(each.check)) for each in still_needed(view))
