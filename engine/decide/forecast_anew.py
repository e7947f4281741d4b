"""The forecasts of what has happened, where a correction says that they hung on a wrong day."""

from dataclasses import replace
from datetime import date

from engine.dates.anchors import agreed_day, target_day
from engine.decide.replacing import Replaced
from engine.model.definition import Workflow
from engine.model.dossier import Dossier, MilestoneDates, RecordVersion


def forecast_anew(
    workflow: Workflow, before: Dossier, dossier: Dossier, replaced: Replaced
) -> dict[str, MilestoneDates]:
    """The dates of milestones; what has happened is expected when it would have been (B-13).

    A forecast that came from anything else than what was wrong stays as it was when it happened.
    """
    dates = dict(dossier.dates)
    for name, known in before.dates.items():
        if known.actual is None or name not in dates:
            continue
        then = _as_it_was(workflow, dossier, replaced.record, known.actual)
        wrong, right = (_with(then, replaced.record, v) for v in (replaced.wrong, replaced.right))
        forecast, agreed = known.forecast, known.agreed
        if forecast == target_day(workflow, wrong, name):
            forecast = target_day(workflow, right, name)
            agreed = agreed_day(workflow, right, name) is not None
        dates[name] = replace(dates[name], forecast=forecast, agreed=agreed)
    return dates


def _as_it_was(workflow: Workflow, dossier: Dossier, record: str, on: date) -> Dossier:
    """Without later pauses, and of the day of a meeting before that was held: it was ahead then."""
    held = {each.evidence[0] for each in workflow.meetings.values() if each.record == record}
    pauses = tuple(each for each in dossier.pauses if each.began_on < on)
    records = {name: v for name, v in dossier.records.items() if name not in held}
    return replace(dossier, pauses=pauses, records=records)


def _with(dossier: Dossier, record: str, version: RecordVersion) -> Dossier:
    there = dossier.records.get(record, ())
    versions = (*(each for each in there if each.number != version.number), version)
    return replace(dossier, records={**dossier.records, record: versions})
