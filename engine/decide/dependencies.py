"""Whether what a case does by itself hangs on its parent: only then it looks again with it."""

from collections.abc import Iterator
from functools import lru_cache

from engine.checks.case import Children
from engine.checks.hierarchy import nested, rungs
from engine.model.check import Check
from engine.model.definition import Workflow
from engine.time.date_rules import OWN_DAYS
from engine.time.windows import DateRule, Later


@lru_cache(maxsize=256)
def looks_up(workflow: Workflow) -> bool:
    """Whether a date, a ladder or a watch of the workflow may be looked up in a parent."""
    return (
        any(setting.of for setting in workflow.settings.values())
        or any(source.kind == "parent" for a in workflow.anchors.values() for source in a.sources)
        or any(_is_foreign(rule, workflow) for rule in _rules(workflow))
        or any(_asks_above(check, workflow) for check in _checks(workflow))
    )


def _rules(workflow: Workflow) -> Iterator[DateRule]:
    for state in workflow.states.values():
        window = state.window
        if window is not None:
            found = (window.target, window.opens, window.ends)
            yield from (rule for rule in found if rule is not None)
    yield from (rung.at for _, _, rung in rungs(workflow))


def _is_foreign(rule: DateRule, workflow: Workflow) -> bool:
    several = rule.of if isinstance(rule, Later) else (rule,)
    return any(each.anchor not in workflow.anchors.keys() | OWN_DAYS for each in several)


def _checks(workflow: Workflow) -> Iterator[Check]:
    """Those that timers and watches ask; a person who takes a step is answered anew anyway."""
    for state in workflow.states.values():
        for ladder in state.ladders:
            yield from nested(ladder.unmet) if ladder.unmet is not None else ()
    for watch in workflow.watches:
        yield from nested(watch.requirement.check)


def _asks_above(check: Check, workflow: Workflow) -> bool:
    """Where nobody can tell, it does."""
    paths = check.paths()
    if not paths:
        return not isinstance(check, Children)
    return any(_leads_above(path, workflow) for path in paths)


def _leads_above(path: str, workflow: Workflow) -> bool:
    root, _, rest = path.partition(".")
    name = rest.partition(".")[0]
    known = {
        "record": workflow.records,
        "fact": workflow.facts,
        "date": workflow.states,
        "anchor": workflow.anchors,
    }
    return name not in known[root] if root in known else root != "event"
