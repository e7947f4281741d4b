"""What an entry says of a case that was put right: each kind of row whole, as it stands then."""

from engine.model.dossier import Timer
from engine.model.plan import Plan
from engine.model.putting_right import PutRight, Undone
from storage.database.columns import digest, from_instant, from_optional_instant
from storage.journal.parts import milestone_row, pause_row, stay_row, waiver_row
from storage.journal.replay import Row


def restored(plan: Plan) -> dict[str, object]:
    """The rows of a case that are written whole, and which of its versions count for nothing."""
    after = plan.after
    versions = [
        (name, version)
        for records in (after.former.records, after.records)
        for name, every in records.items()
        for version in every
    ]
    whole = {
        "visits": [stay_row(stay) for stay in (*after.former.stays, *after.stays)],
        "pauses": [pause_row(pause) for pause in after.pauses],
        "void": [[n, each.number, digest(each.void)] for n, each in versions if each.void],
        "signatures": [
            [n, v.number, each.role, each.centre, each.person, each.signed_on.isoformat()]
            for n, v in versions
            for each in v.signatures
        ],
        "dates": {name: milestone_row(dates) for name, dates in after.dates.items()},
        "waivers": [waiver_row(waiver) for waiver in after.waivers.values()],
        "timers": [
            [stay, [_timer(timer) for timer in timers]]
            for stay, timers in {after.stay: after.timers, **after.earlier}.items()
        ],
    }
    return {
        "restored": whole,
        "took_back": plan.event.act if isinstance(plan.event, PutRight) else None,
        "took_along": list(plan.event.acts[1:]) if isinstance(plan.event, Undone) else [],
        "void": after.void,
        "warnings": [unmet.requirement for unmet in plan.warnings],
    }


def _timer(timer: Timer) -> Row:
    due_at, settled_at = from_instant(timer.due_at), from_optional_instant(timer.settled_at)
    return [timer.key, due_at, timer.graced, settled_at, timer.outcome]
