"""One message that came in, once: written down, and what follows from it, in one transaction."""

import logging
from collections.abc import Mapping

from notifications.inbound.arrivals import (
    Arrival,
    AutomaticReply,
    CalendarReply,
    DeliveryFailed,
    Meant,
    Noise,
    Reply,
)
from notifications.inbound.opening import key_of
from notifications.inbound.reading import read
from runtime.families import Families
from runtime.wiring import Runtime
from runtime.workers.answered import answered, new_lines
from runtime.workers.calendars import of_calendar
from runtime.workers.passing_on import spoken, written
from runtime.workers.returned import automatic, failed
from storage.database.transactions import transaction
from storage.mail import inbound
from storage.mail.inbound import FAILURE, FOR_A_PERSON, NOTHING, NewInbound, Settled
from storage.programme import incidents
from storage.programme.incidents import INBOUND, Trouble

log = logging.getLogger(__name__)

KNOWN = "known"  # taken in before
_KINDS = {
    DeliveryFailed: FAILURE,
    AutomaticReply: "automatic",
    CalendarReply: "calendar",
    Reply: "reply",
    Noise: "noise",
}

_OF_MACHINES: Mapping[type[Meant], str] = {
    DeliveryFailed: "reports",
    AutomaticReply: "automatic replies",
    CalendarReply: "answers of calendars",
}


def take(runtime: Runtime, raw: bytes) -> str:
    """Take in one message; answers with its state, or that it was known: then nothing follows."""
    with transaction(runtime.database) as session:
        acting = Families(session, runtime, runtime.clock())
        arrival = read(raw, runtime.settings.mail.from_address, acting.today)
        number = inbound.keep(session, _new(acting, arrival))
        if number is None:
            return KNOWN
        settled = _settled(acting, arrival)
        _write_down(acting, number, arrival, settled)
    log.info("mail taken in", extra={"number": number, "state": settled.state})
    return settled.state


def set_aside(runtime: Runtime, raw: bytes, why: str) -> str:
    """Keep a message that could not be taken in for a person to look at (P18)."""
    with transaction(runtime.database) as session:
        acting = Families(session, runtime, runtime.clock())
        unread = Arrival(key_of(raw), "", "", Noise(""))
        number = inbound.keep(session, _new(acting, unread))
        if number is None:
            return KNOWN
        _write_down(acting, number, unread, Settled(FOR_A_PERSON, f"it failed: {why[:200]}"))
    return FOR_A_PERSON


def _write_down(acting: Families, number: int, arrival: Arrival, settled: Settled) -> None:
    inbound.settle(acting.session, number, settled)
    if settled.state == FOR_A_PERSON:
        # One of a sender, or of all machines of a kind, however much they send.
        cause = _OF_MACHINES.get(type(arrival.meant), f"mail of {arrival.sender or 'nobody named'}")
        what = f"{cause}: {settled.outcome}"
        trouble = Trouble(INBOUND, cause, what=what, case_id=settled.case)
        incidents.report(acting.session, trouble, acting.now)


def _new(acting: Families, arrival: Arrival) -> NewInbound:
    return NewInbound(
        key=arrival.key,
        received_at=acting.now,
        kind=_KINDS[type(arrival.meant)],
        sender=arrival.sender,
        subject=arrival.subject,
        words=_words(acting, arrival.meant),
    )


def _words(acting: Families, meant: Meant) -> str:
    match meant:
        case Reply(about, _, text, unread):
            new = new_lines(acting, answered(acting, about), text)
            return "\n".join((*spoken(new), *([unread] if unread else [])))
        case DeliveryFailed():
            return meant.says
        case AutomaticReply(about, _, None, text):  # perhaps it says who is to be asked by now
            return "\n".join(spoken(new_lines(acting, answered(acting, about), text)))
        case _:  # the text of an absence is nobody's business but its writer's
            return ""


def _settled(acting: Families, arrival: Arrival) -> Settled:
    meant = arrival.meant
    match meant:
        case Noise(reason):
            return Settled(NOTHING, reason)
        case DeliveryFailed():
            return failed(acting, meant)
        case AutomaticReply():
            return automatic(acting, meant)
        case CalendarReply():
            return of_calendar(acting, meant)
        case Reply():
            return written(acting, meant, arrival.subject)
