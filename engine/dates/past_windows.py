"""Windows as people look at them: of what has happened, as they were when it did."""

from dataclasses import replace
from datetime import date

from engine.dates.anchors import target_day
from engine.model.definition import Workflow
from engine.model.dossier import NO_DATES, Dossier
from engine.time.spans import shift
from engine.time.windows import DateRule, When

_TARGET = When("target")


def window_of(workflow: Workflow, dossier: Dossier, name: str) -> tuple[date | None, date | None]:
    """Between which days a milestone is expected, or was when it happened.

    A later pause moves nothing that is over; nor does the day itself, where others hang on it.
    """
    known, window = dossier.dates.get(name, NO_DATES), workflow.state(name).window
    if known.actual is not None:
        before = tuple(each for each in dossier.pauses if each.began_on < known.actual)
        dossier = replace(dossier, pauses=before)
    opens, ends = (target_day(workflow, dossier, name, bound) for bound in ("opens", "ends"))
    if window is None or known.actual is None or known.forecast is None or known.agreed:
        return opens, ends
    forecast, rules = known.forecast, (window.opens, window.ends)
    was = [_was(rule, window.target, forecast, dossier) for rule in rules]
    return was[0] or opens, was[1] or ends


def _was(rule: DateRule | None, target: DateRule, forecast: date, dossier: Dossier) -> date | None:
    """A bound by the last forecast, where it hangs on the target, or on what that hangs on."""
    if not isinstance(rule, When):
        return None
    hangs_on = _TARGET if rule.anchor == _TARGET.anchor else target
    if not isinstance(hangs_on, When) or rule.anchor != hangs_on.anchor:
        return None
    workdays = dossier.office.workdays
    return shift(shift(forecast, hangs_on.span.back(), workdays), rule.span, workdays)
