"""What is taken back of a case, written whole: of each kind of row those that there are now."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import delete, update

from engine.model.dossier import CaseId, Dossier, Timer
from engine.model.evidence import NO_FORMER
from engine.model.plan import Plan
from storage.cases import changed_rows
from storage.cases.case_rows import stale
from storage.database.session import Session
from storage.database.statements import Change, by_name, given
from storage.schema.tables import (
    MESSAGES,
    MILESTONES,
    PAUSES,
    RECORDS,
    SIGNATURES,
    STAYS,
    TIMERS,
    WAIVERS,
)

_OF_CASE = tuple(
    Change(delete(table).where(table.c.case_id == given("case_id")))
    for table in (STAYS, PAUSES, SIGNATURES)
)
_OF_PARTNERSHIP = tuple(
    Change(
        delete(table).where(
            table.c.case_id == given("case_id"), table.c.partnership >= given("partnership")
        )
    )
    for table in (MILESTONES, WAIVERS)
)
_TIMERS = Change(
    delete(TIMERS).where(TIMERS.c.case_id == given("case_id"), TIMERS.c.stay == given("stay"))
)
_MARK = Change(
    update(RECORDS)
    .where(
        RECORDS.c.case_id == given("case_id"),
        RECORDS.c.name == given("name"),
        RECORDS.c.number == given("number"),
    )
    .values(by_name(RECORDS.c.void))
)
_WITHDRAW = Change(
    update(MESSAGES)
    .where(
        MESSAGES.c.id == given("number"),
        MESSAGES.c.state == "waiting",
        MESSAGES.c.lease_token.is_(None),
    )
    .values({MESSAGES.c.state: "withdrawn", **by_name(MESSAGES.c.settled_at, MESSAGES.c.reply)})
)


def write_restored(session: Session, root: CaseId, plans: Iterable[Plan]) -> None:
    for plan in plans:
        _clear(session, plan)
        _fill(session, plan)
        rows = [
            changed_rows.timer_row(root, (plan.case_id, stay, timer.key), timer)
            for stay, timers in timers_of(plan.after).items()
            for timer in timers
        ]
        session.later(changed_rows.ARM, rows)


def withdraw(session: Session, messages: Iterable[int], plan: Plan, at: str) -> None:
    """Messages nobody has read are not sent; StaleDossierError: one is on its way by now."""
    rows = ({"number": n, "settled_at": at, "reply": "withdrawn"} for n in sorted(messages))
    session.later(_WITHDRAW, rows, unless=stale(plan.before))


def timers_of(dossier: Dossier) -> dict[int, tuple[Timer, ...]]:
    """The timers that a case holds, by stay."""
    return {dossier.stay: dossier.timers, **dossier.earlier}


def _clear(session: Session, plan: Plan) -> None:
    case, after = plan.case_id, plan.after
    for change in _OF_CASE:
        session.later(change, [{"case_id": case}])
    for change in _OF_PARTNERSHIP:
        session.later(change, [{"case_id": case, "partnership": after.partnership}])
    known = {stay.number for stay in (*plan.before.former.stays, *plan.before.stays)}
    kept = {stay.number for stay in (*after.former.stays, *after.stays)}
    gone = (known - kept) | timers_of(after).keys()
    session.later(_TIMERS, [{"case_id": case, "stay": stay} for stay in sorted(gone)])


def _fill(session: Session, plan: Plan) -> None:
    case, after = plan.case_id, plan.after
    blank = replace(after, stays=(), pauses=(), dates={}, former=NO_FORMER)
    whole = replace(plan, before=blank)
    session.later(changed_rows.STAY, changed_rows.last_words(changed_rows.stay_rows(whole)))
    session.later(changed_rows.PAUSE, changed_rows.last_words(changed_rows.pause_rows(whole)))
    session.later(changed_rows.DATES, changed_rows.last_words(changed_rows.date_rows(whole)))
    waivers = [changed_rows.waiver_row(plan, waiver) for waiver in after.waivers.values()]
    session.later(changed_rows.WAIVE, waivers)
    versions = [
        (name, version)
        for records in (after.former.records, after.records)
        for name, every in records.items()
        for version in every
    ]
    session.later(
        changed_rows.SIGN,
        [
            changed_rows.sign_row(case, (name, version.number), signature)
            for name, version in versions
            for signature in version.signatures
        ],
    )
    marks = [
        {"case_id": case, "name": name, "number": version.number, "void": version.void}
        for name, version in versions
    ]
    session.later(_MARK, marks)
