"""Mailboxes on this machine: a Maildir, an mbox, or one message in a file."""

import mailbox
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from notifications.mailboxes.account import MailboxError
from notifications.mailboxes.mailbox import MOST, Lying, Mailbox

_SEEN = "S"
_READ = "R"
_LONGEST_LOCK = 600.0  # seconds
_MOST_AT_ONCE = 50_000_000  # bytes that are held of an mbox


class Maildir:
    """A folder with `new` and `cur`; what was taken in goes from one to the other, as seen."""

    def __init__(self, path: Path) -> None:
        if not (path / "new").is_dir() or not (path / "cur").is_dir():
            raise MailboxError(f"{path} is no Maildir: it has no folders new and cur")
        self._path = path

    def lying(self, limit: int) -> Iterator[Lying]:
        try:
            names = sorted(each.name for each in (self._path / "new").iterdir() if each.is_file())
        except OSError as error:
            raise MailboxError(f"{self._path} cannot be read: {error.strerror}") from None
        for name in names[:limit]:
            try:
                with (self._path / "new" / name).open("rb") as stream:
                    yield Lying(name, stream.read(MOST))
            except FileNotFoundError:  # another reader was faster
                continue
            except OSError as error:
                raise MailboxError(f"{self._path}/new/{name}: {error.strerror}") from None

    def taken(self, name: str) -> None:
        marked = self._path / "cur" / f"{name.partition(':')[0]}:2,{_SEEN}"
        try:
            (self._path / "new" / name).replace(marked)
        except FileNotFoundError:  # taken by another reader as well: the effect was one
            return
        except OSError as error:
            raise MailboxError(f"{self._path}/new/{name}: {error.strerror}") from None

    def close(self) -> None:
        """Nothing is held."""


class Mbox:
    """One file of many messages; what was taken in bears the mark of messages that were read.

    The file is locked, as mail servers lock it, while it is read and while it is marked; in between
    mail may be delivered.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise MailboxError(f"{path} is no mbox: there is no such file")
        self._path = path
        self._marked: set[str] = set()

    def lying(self, limit: int) -> Iterator[Lying]:
        found: list[Lying] = []
        with self._locked() as box:
            for key in box.iterkeys():
                raw = _raw(box, key)
                if not _was_read(raw):
                    found.append(Lying(_name(raw), raw))
                if len(found) == limit or sum(len(each.raw) for each in found) > _MOST_AT_ONCE:
                    break
        yield from found

    def taken(self, name: str) -> None:
        self._marked.add(name)

    def close(self) -> None:
        """Mark what was taken in."""
        if not self._marked:
            return
        with self._locked() as box:
            for key in box.keys():  # noqa: SIM118 - a mailbox is no dictionary
                if _name(_raw(box, key)) in self._marked:
                    message = box.get_message(key)
                    message.set_flags("".join({*message.get_flags(), _READ}))
                    box[key] = message

    @contextmanager
    def _locked(self) -> Iterator[mailbox.mbox]:
        try:
            box = mailbox.mbox(self._path, create=False)
            try:
                self._lock(box)
                yield box
            finally:
                box.close()
        except (OSError, mailbox.Error) as error:
            raise MailboxError(f"{self._path} cannot be used: {error}") from None

    def _lock(self, box: mailbox.mbox) -> None:
        try:
            box.lock()
        except mailbox.ExternalClashError:
            left = self._path.with_name(f"{self._path.name}.lock")
            if not _is_left_over(left):
                raise
            left.unlink(missing_ok=True)
            box.lock()


class OneFile:
    """A message in a file of its own; it stays as it is."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def lying(self, limit: int) -> Iterator[Lying]:
        try:
            with self._path.open("rb") as stream:
                raw = stream.read(MOST)
        except OSError as error:
            raise MailboxError(f"{self._path} cannot be read: {error.strerror}") from None
        yield from [Lying(self._path.name, raw)][:limit]

    def taken(self, name: str) -> None:
        """It is somebody's file: nothing is marked, and a second time has no effect."""

    def close(self) -> None:
        """Nothing is held."""


def at_path(path: Path) -> Mailbox:
    """The mailbox or message that lies there. Raises MailboxError where neither does."""
    if path.is_dir():
        return Maildir(path)
    try:
        with path.open("rb") as stream:
            begins = stream.read(5)
    except OSError as error:
        raise MailboxError(f"{path} cannot be read: {error.strerror}") from None
    # An mbox in which nothing lies is an empty file.
    return Mbox(path) if begins in {b"", b"From "} else OneFile(path)


def _is_left_over(lock: Path) -> bool:
    """Whether whoever made a lock was killed: mail servers hold one for seconds, as we do.

    Its age is told by the clock that files here are dated with, whosever that is.
    """
    with NamedTemporaryFile(dir=lock.parent) as fresh:
        now = Path(fresh.name).stat().st_mtime
    return lock.exists() and now - lock.stat().st_mtime > _LONGEST_LOCK


def _raw(box: mailbox.mbox, key: str) -> bytes:
    with box.get_file(key) as stream:
        return stream.read(MOST)


def _name(raw: bytes) -> str:
    return sha256(raw).hexdigest()


def _was_read(raw: bytes) -> bool:
    head = raw[:64_000].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    marks = (line for line in head.split(b"\n") if line.lower().startswith(b"status:"))
    return any(_READ.encode("ascii") in line.partition(b":")[2] for line in marks)
