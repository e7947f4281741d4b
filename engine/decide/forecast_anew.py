"""The forecasts of what has happened, where a correction says that they hung on a wrong day."""

from dataclasses import replace

from engine.dates.anchors import target_day
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
        pauses = tuple(each for each in dossier.pauses if each.began_on < known.actual)
        then = replace(dossier, pauses=pauses)
        versions = (replaced.wrong, replaced.right)
        was, right = (target_day(workflow, _with(then, replaced, v), name) for v in versions)
        forecast = right if known.forecast == was else known.forecast
        dates[name] = replace(dates[name], forecast=forecast)
    return dates


def _with(dossier: Dossier, replaced: Replaced, version: RecordVersion) -> Dossier:
    there = dossier.records.get(replaced.record, ())
    versions = (*(each for each in there if each.number != version.number), version)
    return replace(dossier, records={**dossier.records, replaced.record: versions})
