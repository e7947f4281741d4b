"""What plans change beside the row of a case: each kind of row in one statement."""

from collections.abc import Iterable, Iterator

from sqlalchemy import update

from engine.model.dossier import CaseId, Signature, Timer, Waiver
from engine.model.plan import Plan
from storage.cases.case_rows import stale
from storage.database.columns import (
    from_instant,
    from_json,
    from_optional_day,
    from_optional_instant,
)
from storage.database.failpoints import reach
from storage.database.session import Session
from storage.database.statements import Change, by_name, given, insert_into, upsert
from storage.schema.tables import (
    MILESTONES,
    PAUSES,
    RECORDS,
    SIGNATURES,
    STAYS,
    TIMERS,
    WAIVERS,
)

Values = dict[str, object]

STAY = Change(upsert(STAYS, STAYS.c.left_at, STAYS.c.partnership))
PAUSE = Change(upsert(PAUSES, PAUSES.c.ended_on))
_FILE = Change(insert_into(RECORDS, void=""))
SIGN = Change(insert_into(SIGNATURES))
DATES = Change(
    upsert(
        MILESTONES,
        MILESTONES.c.baseline,
        MILESTONES.c.forecast,
        MILESTONES.c.actual,
        MILESTONES.c.moved_to,
        MILESTONES.c.reason,
        MILESTONES.c.agreed,
    )
)
WAIVE = Change(upsert(WAIVERS, WAIVERS.c.by, WAIVERS.c.role, WAIVERS.c.reason, WAIVERS.c.at))
# A timer armed anew or moved is one like any other again: it wakes when it is due.
ARM = Change(
    upsert(
        TIMERS,
        TIMERS.c.due_at,
        TIMERS.c.wake_at,
        TIMERS.c.settled_at,
        TIMERS.c.outcome,
        TIMERS.c.graced,
        TIMERS.c.not_before,
        TIMERS.c.failures,
        failures=0,
    )
)
_SETTLE = Change(
    update(TIMERS)
    .where(
        TIMERS.c.case_id == given("case_id"),
        TIMERS.c.stay == given("stay"),
        TIMERS.c.ladder == given("ladder"),
        TIMERS.c.rung == given("rung"),
        TIMERS.c.occurrence == given("occurrence"),
        TIMERS.c.settled_at.is_(None),
    )
    .values(by_name(TIMERS.c.settled_at, TIMERS.c.outcome))
)


def write_parts(session: Session, plans: tuple[Plan, ...]) -> None:
    """Stays, pauses, records, signatures, dates, waivers; of one row the last word counts."""
    session.later(STAY, last_words(row for plan in plans for row in stay_rows(plan)))
    session.later(PAUSE, last_words(row for plan in plans for row in pause_rows(plan)))
    session.later(_FILE, [row for plan in plans for row in _filed(plan)])
    reach("commit.records")
    session.later(SIGN, [row for plan in plans for row in _signed(plan)])
    session.later(DATES, last_words(row for plan in plans for row in date_rows(plan)))
    reach("commit.dates")
    session.later(WAIVE, last_words(row for plan in plans for row in _waived(plan)))


def write_timers(session: Session, root: CaseId, plans: tuple[Plan, ...]) -> None:
    """Every timer of the family that was settled, moved or armed, as it stands in the end.

    A timer takes effect once: settling one that is settled is stale, whoever was first (P4).
    """
    settled: dict[tuple[CaseId, int, str], Timer] = {}
    armed: dict[tuple[CaseId, int, str], Timer] = {}
    for plan in plans:
        for timer in plan.timers.settled:
            key = (plan.case_id, plan.left_stay, timer.key)
            (armed if key in armed else settled)[key] = timer
        for timer in (*plan.timers.moved, *plan.timers.armed):
            armed[plan.case_id, plan.stay, timer.key] = timer
    only = [timer_row(root, key, timer) for key, timer in settled.items() if key not in armed]
    session.later(_SETTLE, only, unless=stale(plans[0].before))
    reach("commit.settled")
    session.later(ARM, [timer_row(root, key, timer) for key, timer in armed.items()])


def last_words(rows: Iterable[tuple[tuple[object, ...], Values]]) -> Iterable[Values]:
    return dict(rows).values()


def stay_rows(plan: Plan) -> Iterator[tuple[tuple[object, ...], Values]]:
    for stay in plan.stays:
        row: Values = {
            "case_id": plan.case_id,
            "number": stay.number,
            "state": stay.state,
            "entered_at": from_instant(stay.entered_at),
            "left_at": from_optional_instant(stay.left_at),
            "partnership": stay.partnership,
        }
        yield (plan.case_id, stay.number), row


def pause_rows(plan: Plan) -> Iterator[tuple[tuple[object, ...], Values]]:
    before = plan.before.pauses
    for number, pause in enumerate(plan.after.pauses, start=1):
        if number <= len(before) and before[number - 1] == pause:
            continue
        row: Values = {
            "case_id": plan.case_id,
            "number": number,
            "began_on": pause.began_on.isoformat(),
            "ended_on": from_optional_day(pause.ended_on),
        }
        yield (plan.case_id, number), row


def _filed(plan: Plan) -> Iterator[Values]:
    for name, version in plan.filed:
        yield {
            "case_id": plan.case_id,
            "name": name,
            "number": version.number,
            "content": from_json(version.content),
            "filed_at": from_instant(version.filed_at),
            "filed_by": version.filed_by,
            "imported": version.imported,
            "centre": version.centre,
            "partnership": version.partnership,
            "corrects": version.corrects,
            "reason": version.reason,
        }


def _signed(plan: Plan) -> Iterator[Values]:
    for name, number, signature in plan.signed:
        yield sign_row(plan.case_id, (name, number), signature)


def sign_row(case: CaseId, version: tuple[str, int], signature: Signature) -> Values:
    return {
        "case_id": case,
        "record": version[0],
        "number": version[1],
        "role": signature.role,
        "centre": signature.centre,
        "person": signature.person,
        "signed_on": signature.signed_on.isoformat(),
    }


def date_rows(plan: Plan) -> Iterator[tuple[tuple[object, ...], Values]]:
    partnership = plan.after.partnership
    for name, dates in plan.dates.items():
        row: Values = {
            "case_id": plan.case_id,
            "partnership": partnership,
            "name": name,
            "baseline": from_optional_day(dates.baseline),
            "forecast": from_optional_day(dates.forecast),
            "actual": from_optional_day(dates.actual),
            "moved_to": from_optional_day(dates.moved_to),
            "reason": dates.reason,
            "agreed": dates.agreed,
        }
        yield (plan.case_id, partnership, name), row


def _waived(plan: Plan) -> Iterator[tuple[tuple[object, ...], Values]]:
    if (waiver := plan.waiver) is not None:
        yield (plan.case_id, waiver.partnership, waiver.requirement), waiver_row(plan, waiver)


def waiver_row(plan: Plan, waiver: Waiver) -> Values:
    return {
        "case_id": plan.case_id,
        "requirement": waiver.requirement,
        "partnership": waiver.partnership,
        "by": waiver.by,
        "role": waiver.role,
        "reason": waiver.reason,
        "at": from_instant(waiver.at),
    }


def timer_row(root: CaseId, key: tuple[CaseId, int, str], timer: Timer) -> Values:
    case, stay, _ = key
    due_at = from_instant(timer.due_at)
    return {
        "case_id": case,
        "root_id": root,
        "stay": stay,
        "ladder": timer.ladder,
        "rung": timer.rung,
        "occurrence": timer.occurrence,
        "due_at": due_at,
        "wake_at": due_at,
        "settled_at": from_optional_instant(timer.settled_at),
        "outcome": timer.outcome,
        "graced": timer.graced,
        "not_before": from_optional_instant(timer.not_before),
    }
