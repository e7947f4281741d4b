"""What plans change beside the row of a case: each kind of row in one statement."""

from collections.abc import Iterable, Iterator

from sqlalchemy import update

from engine.model.dossier import CaseId, Timer
from engine.model.family import Letter
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
    INTENTS,
    MILESTONES,
    PAUSES,
    RECORDS,
    SIGNATURES,
    STAYS,
    TIMERS,
    WAIVERS,
)

Values = dict[str, object]

_STAY = Change(upsert(STAYS, STAYS.c.left_at, STAYS.c.partnership))
_PAUSE = Change(upsert(PAUSES, PAUSES.c.ended_on))
_FILE = Change(insert_into(RECORDS))
_SIGN = Change(insert_into(SIGNATURES))
_DATES = Change(
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
_WAIVE = Change(upsert(WAIVERS, WAIVERS.c.by, WAIVERS.c.role, WAIVERS.c.reason, WAIVERS.c.at))
# A timer armed anew or moved is one like any other again: it wakes when it is due.
_ARM = Change(
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
_OWE = Change(insert_into(INTENTS, message_id=None))
_END_LETTER = Change(
    update(INTENTS)
    .where(INTENTS.c.id == given("number"), INTENTS.c.state == "owed")
    .values({INTENTS.c.state: given("end"), INTENTS.c.reason: given("reason")})
)


def write_parts(session: Session, plans: tuple[Plan, ...]) -> None:
    """Stays, pauses, records, signatures, dates, waivers; of one row the last word counts."""
    session.later(_STAY, _last_words(row for plan in plans for row in _stays(plan)))
    session.later(_PAUSE, _last_words(row for plan in plans for row in _pauses(plan)))
    session.later(_FILE, [row for plan in plans for row in _filed(plan)])
    reach("commit.records")
    session.later(_SIGN, [row for plan in plans for row in _signed(plan)])
    session.later(_DATES, _last_words(row for plan in plans for row in _dates(plan)))
    reach("commit.dates")
    session.later(_WAIVE, _last_words(row for plan in plans for row in _waived(plan)))


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
    only = [_timer(root, key, timer) for key, timer in settled.items() if key not in armed]
    session.later(_SETTLE, only, unless=stale(plans[0].before))
    reach("commit.settled")
    session.later(_ARM, [_timer(root, key, timer) for key, timer in armed.items()])


def owe(session: Session, root: CaseId, letters: Iterable[tuple[str, Letter]]) -> None:
    """The letters owed, each with the key of its cause: written twice it would be one."""
    session.later(_OWE, [_owed(root, key, letter) for key, letter in letters])


def end_letters(session: Session, ended: Iterable[Letter]) -> None:
    rows = ({"number": e.number, "end": e.state, "reason": e.reason} for e in ended)
    session.later(_END_LETTER, rows)


def _last_words(rows: Iterable[tuple[tuple[object, ...], Values]]) -> Iterable[Values]:
    return dict(rows).values()


def _stays(plan: Plan) -> Iterator[tuple[tuple[object, ...], Values]]:
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


def _pauses(plan: Plan) -> Iterator[tuple[tuple[object, ...], Values]]:
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
        }


def _signed(plan: Plan) -> Iterator[Values]:
    for name, number, signature in plan.signed:
        yield {
            "case_id": plan.case_id,
            "record": name,
            "number": number,
            "role": signature.role,
            "centre": signature.centre,
            "person": signature.person,
            "signed_on": signature.signed_on.isoformat(),
        }


def _dates(plan: Plan) -> Iterator[tuple[tuple[object, ...], Values]]:
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
        row: Values = {
            "case_id": plan.case_id,
            "requirement": waiver.requirement,
            "partnership": waiver.partnership,
            "by": waiver.by,
            "role": waiver.role,
            "reason": waiver.reason,
            "at": from_instant(waiver.at),
        }
        yield (plan.case_id, waiver.partnership, waiver.requirement), row


def _timer(root: CaseId, key: tuple[CaseId, int, str], timer: Timer) -> Values:
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


def _owed(root: CaseId, key: str, letter: Letter) -> Values:
    return {
        "key": key,
        "case_id": letter.case_id,
        "root_id": root,
        "stay": letter.stay,
        "letter": letter.owed.letter,
        "audience": letter.owed.audience,
        "person_id": letter.owed.person,
        "ladder": letter.owed.ladder,
        "facts": from_json(letter.owed.facts),
        "owed_at": from_instant(letter.owed_at),
        "state": letter.state,
        "reason": letter.reason,
    }
