"""What lies in a mailbox is taken in: each message at least once read, its effect exactly once."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ProjectError
from notifications.mailboxes.files import Maildir, Mbox, at_path
from notifications.mailboxes.imap import Imap
from notifications.mailboxes.mailbox import Lying, Mailbox
from runtime.settings.inbox import InboxKind
from runtime.wiring import Runtime
from runtime.workers.arrived import set_aside, take
from storage.errors import StorageError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many messages were taken in, by what was done with them."""

    done: int = 0
    passed_on: int = 0
    for_a_person: int = 0
    nothing: int = 0
    known: int = 0


def inbox_of(runtime: Runtime) -> Mailbox | None:
    """The mailbox that the settings name, opened; None where none is read. Raises MailboxError."""
    inbox = runtime.settings.inbox
    match inbox.kind:
        case InboxKind.MAILDIR:
            return Maildir(Path(inbox.path))
        case InboxKind.MBOX:
            return Mbox(Path(inbox.path))
        case InboxKind.IMAP:
            return Imap(inbox.imap())
        case InboxKind.NONE:
            return None


def _take_in(
    runtime: Runtime, mailbox: Mailbox, *, stop: Callable[[], bool] = lambda: False
) -> TakenIn:
    """Take in what lies in a mailbox, so many messages as the settings say, the oldest first.

    Each is a transaction of its own, and is marked in the mailbox after it. One that fails harms
    itself only, and a person looks at it (P18).
    """
    counts: Counter[str] = Counter()
    try:
        for lying in mailbox.lying(runtime.settings.inbox.batch):
            if stop():
                break
            counts[_taken(runtime, lying)] += 1
            mailbox.taken(lying.name)
    finally:
        mailbox.close()
    return TakenIn(**counts)


def take_in_once(runtime: Runtime, path: Path | None) -> TakenIn | None:
    """What lies at a path, or else in the mailbox of the settings; None where they name none."""
    mailbox = inbox_of(runtime) if path is None else at_path(path)
    return None if mailbox is None else _take_in(runtime, mailbox)


def _taken(runtime: Runtime, lying: Lying) -> str:
    try:
        return take(runtime, lying.raw)
    except StorageError:
        raise  # no fault of the message: it is read again when the database is back
    except Exception as error:  # the edge of a beat: one bad message harms only itself
        log.warning("mail failed: %s", error, exc_info=not isinstance(error, ProjectError))
        return set_aside(runtime, lying.raw, str(error))


def look_into(runtime: Runtime, *, stop: Callable[[], bool] = lambda: False) -> TakenIn:
    """The beat: what lies in the mailbox of the settings, where they name one."""
    mailbox = inbox_of(runtime)
    return TakenIn() if mailbox is None else _take_in(runtime, mailbox, stop=stop)
