"""Messages that are not sent after all, and their letters: at an end, or owed once more."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from engine.model.dossier import PersonId
from engine.model.family import Letter
from storage.database.columns import from_instant
from storage.database.failpoints import reach
from storage.database.session import Session
from storage.database.statements import Change, Statement, by_name, given
from storage.mail import links, overviews
from storage.mail.attempts import IT, NEEDS_HUMAN, NO_TOKENS, OURS, REFUSED, Claim
from storage.mail.intents import ANEW
from storage.schema.tables import INTENTS, MESSAGES

WITHHELD = "withheld"
_M, _I = MESSAGES.c, INTENTS.c
_ENDS = {
    **by_name(_M.settled_at, _M.reply),
    _M.state: given("end"),
    _M.lease_token: None,
    _M.tokens: NO_TOKENS,
    _M.trouble: "",
    # No copy went out under it, or a person said so: whatever is written instead bears it.
    _M.message_id: _M.message_id + given("mark"),
}
_WITHHOLD = Change(update(MESSAGES).where(*OURS).values(_ENDS))
_WITHHOLD_STUCK = Change(
    update(MESSAGES).where(IT, _M.state.in_((NEEDS_HUMAN, REFUSED))).values(_ENDS)
)
_END = Change(
    update(INTENTS)
    .where(_I.id == given("number"), _I.message_id == given("message"))
    .values({_I.state: given("end"), **by_name(_I.reason)})
)
_REFUSED_AT = Statement[tuple[int]](
    select(_M.id)
    .where(_M.person_id == given("person"), _M.recipient == given("address"), _M.state == REFUSED)
    .order_by(_M.id)
)
_OWE_ANEW = Change(
    update(INTENTS)
    .where(_I.id == given("number"), _I.message_id == given("message"))
    .values({**ANEW, _I.message_id: None, **by_name(_I.person_id)})
)


@dataclass(frozen=True, slots=True)
class Withheld:
    """What becomes of a message that is not sent: why, and of its letters.

    An overview that is not right any more has none: it is written anew in its week.
    ``over`` are needed no more, each with its end and reason; ``anew`` are owed once more, each
    to the person it is for by now, None for whoever plays the role. ``moved`` says that another
    address or person is among them: then the same bytes are not right for it any more.
    """

    reason: str
    over: tuple[Letter, ...] = ()
    anew: tuple[tuple[int, PersonId | None], ...] = ()
    moved: bool = False


def refused(session: Session, person: PersonId, address: str) -> tuple[int, ...]:
    """The messages to a person that an address refused, the oldest first."""
    found = session.all(_REFUSED_AT, person=person, address=address)
    return tuple(number for (number,) in found)


def withhold(session: Session, claim: Claim, withheld: Withheld, now: datetime) -> None:
    """End a message that is ours without a try; nothing of it has been taken by any server."""
    words = {"number": claim.id, "token": claim.token}
    _end(session, _WITHHOLD, words, withheld, now)


def withhold_stuck(session: Session, message: int, withheld: Withheld, now: datetime) -> None:
    """The same of one that waits for a person, who has decided."""
    _end(session, _WITHHOLD_STUCK, {"number": message}, withheld, now)


def _end(
    session: Session,
    change: Change,
    words: dict[str, object],
    withheld: Withheld,
    now: datetime,
) -> None:
    reach("withholding.end")
    number = words["number"]
    is_over = bool(withheld.over) and not withheld.anew
    end = withheld.over[0].state if is_over else WITHHELD
    mark = "" if is_over else f" {WITHHELD} {number}"
    at = {"settled_at": from_instant(now), "reply": withheld.reason, "end": end, "mark": mark}
    if not session.change(change, **words, **at):
        return
    overviews.forget(session, int(str(number)))
    links.forget_unsent(session, int(str(number)))
    over = (
        {"number": e.number, "message": number, "end": e.state, "reason": e.reason}
        for e in withheld.over
    )
    session.change_each(_END, over)
    anew = (
        {"number": each, "message": number, "person_id": person} for each, person in withheld.anew
    )
    reach("withholding.ended")
    session.change_each(_OWE_ANEW, anew)
