"""The orchard with an inbox that is read: a letter as it was sent, and what a reply led to."""

from pathlib import Path

from runtime.queries.replies import InboundLine, came_in
from runtime.settings.inbox import InboxKind, InboxSettings
from tests.support.grove import Grove
from tests.support.growers import key_of

PAIR = "VIE-BIR"
MAIN = key_of(PAIR, "aspiring")
FERN = key_of(PAIR, "facilitator")


def with_inbox(grove: Grove, path: Path | None = None) -> None:
    """Replies go to an inbox that is read."""
    inbox = InboxSettings(
        kind=InboxKind.MAILDIR, path=str(path or "inbox"), address="pairing+{token}@example.org"
    )
    grove.runtime = grove.with_settings(inbox=inbox)


def sent(grove: Grove, person: str = MAIN) -> bytes:
    """The letter that somebody was sent, as it arrived."""
    grove.sends(4)
    line = next(each for each in grove.letters(PAIR) if each.person == person)
    return grove.message(line.message).frozen


def told(grove: Grove) -> list[str]:
    """The texts of the mails about replies that the facilitator was sent."""
    grove.sends()
    lines = (each for each in grove.letters(PAIR) if each.letter == "N-2.wrote")
    return [grove.message(each.message).text for each in lines]


def listed(grove: Grove) -> tuple[InboundLine, ...]:
    """What came in, as it is listed."""
    return came_in(grove.runtime, "", None, 50)
