"""The calendar items in letters, as the mail program of their reader finds them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from email import message_from_bytes
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from pathlib import Path

from runtime.settings.inbox import InboxKind, InboxSettings
from tests.support.calendar_items import Seen, seen, seen_by_another
from tests.support.pairs import Pair, a_pair
from tests.support.world import FACILITATOR, World

Arrived = list[tuple[str, Seen]]  # the address of the reader, and what the calendar shows


def reads_replies(world: World) -> None:
    """What comes back to the letters of a world is read from an inbox."""
    address = "pairing+{token}@example.org"
    inbox = InboxSettings(kind=InboxKind.MAILDIR, path="inbox", address=address)
    settings = world.runtime.settings.model_copy(update={"inbox": inbox})
    world.runtime = replace(world.runtime, settings=settings)


def onboarding_fixed(town: World, at: str) -> Pair:
    """A pair whose onboarding has its moment and is in the calendars, where replies are read."""
    reads_replies(town)
    pair = a_pair(town).gets_to("onboarding")
    pair.files("onboarding_date", FACILITATOR, starts_at=at)
    town.beat()
    return pair


def items(world: World) -> Arrived:
    """What came since into the calendars of people, by address; and forget it."""
    found = list(_shown(each.frozen for each in world.mailbox.letters))
    world.mailbox.letters.clear()
    return found


def items_in(folder: Path) -> Arrived:
    """The same of a folder of letters, in the order in which they were written."""
    return list(_shown(path.read_bytes() for path in sorted(folder.glob("*.eml"))))


def item_bytes(letter: bytes) -> list[tuple[str, bytes]]:
    """Each calendar part of a letter, with its method as the head of the part says it."""
    found: list[tuple[str, bytes]] = []
    if b"text/calendar" not in letter:
        return found
    for part in message_from_bytes(letter).walk():
        if part.get_content_type() == "text/calendar":
            ics = part.get_payload(decode=True)
            assert isinstance(ics, bytes)
            found.append((str(part.get_param("method")), ics))
        if part.get_content_type() == "application/ics":
            assert part.get_payload(decode=True) == found[-1][1]
    return found


def _shown(letters: Iterable[bytes]) -> Iterator[tuple[str, Seen]]:
    """What both readers see in each letter that has an item; they agree, or the test ends here."""
    for letter in letters:
        for method, ics in item_bytes(letter):
            reader = parseaddr(BytesHeaderParser().parsebytes(letter)["To"])[1]
            one, other = seen(ics), seen_by_another(ics)
            assert one.method == other.method == method
            assert (one.uid, one.sequence, one.attendees) == (
                *(other.uid, other.sequence),
                other.attendees,
            )
            assert one.attendees == (f"mailto:{reader}",)
            yield reader, one
