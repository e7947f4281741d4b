"""The parts of a case as the entries of its journal hold them: each a row of plain values."""

from engine.model.dossier import MilestoneDates, Pause, RecordVersion, Stay, Timer, Waiver
from storage.database.columns import (
    digest,
    from_instant,
    from_json,
    from_optional_day,
    from_optional_instant,
)


def stay_row(stay: Stay) -> list[object]:
    row = [
        stay.number,
        stay.state,
        from_instant(stay.entered_at),
        from_optional_instant(stay.left_at),
    ]
    return [*row, stay.partnership] if stay.partnership > 1 else row


def pause_row(pause: Pause) -> list[object]:
    return [pause.began_on.isoformat(), from_optional_day(pause.ended_on)]


def record_row(name: str, version: RecordVersion) -> list[object]:
    content = digest(from_json(version.content))
    return [name, version.number, content, version.filed_by, version.centre]


def waiver_row(waiver: Waiver) -> list[object]:
    return [waiver.requirement, waiver.by, waiver.role, digest(waiver.reason)]


def milestone_row(dates: MilestoneDates) -> list[object]:
    days = (dates.baseline, dates.forecast, dates.actual, dates.moved_to)
    written: list[object] = [*(from_optional_day(day) for day in days), dates.reason]
    return [*written, True] if dates.agreed else written


def timer_row(timer: Timer) -> list[object]:
    return [timer.key, from_instant(timer.due_at), timer.graced]
