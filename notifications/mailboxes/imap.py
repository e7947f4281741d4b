"""A mailbox on a server, over IMAP with TLS: what was taken in is marked as seen.

The only file that imports imaplib; its errors do not leave it.
"""

import imaplib
import ssl
from collections.abc import Iterator, Sequence

from notifications.mailboxes.account import ImapSettings, MailboxError
from notifications.mailboxes.mailbox import MOST, Lying

_OK = "OK"


class Imap:
    """The messages of one folder that are not seen yet."""

    def __init__(self, settings: ImapSettings) -> None:
        self._settings = settings
        try:
            self._server = _connected(settings)
        except (imaplib.IMAP4.error, OSError) as error:
            raise self._wrong(error) from None
        try:
            self._enter()
        except (imaplib.IMAP4.error, OSError) as error:
            self._server.shutdown()
            raise self._wrong(error) from None

    def lying(self, limit: int) -> Iterator[Lying]:
        try:
            found = _checked(self._server.uid("SEARCH", "UNSEEN", "UNDELETED"))
            numbers = found[0] if found and isinstance(found[0], bytes) else b""
            for number in numbers.split()[:limit]:
                yield Lying(number.decode("ascii"), self._fetched(number))
        except (imaplib.IMAP4.error, OSError) as error:
            raise self._wrong(error) from None

    def taken(self, name: str) -> None:
        try:
            _checked(self._server.uid("STORE", name, "+FLAGS.SILENT", r"(\Seen)"))
        except (imaplib.IMAP4.error, OSError) as error:
            raise self._wrong(error) from None

    def close(self) -> None:
        try:
            self._server.logout()
        except (imaplib.IMAP4.error, OSError):  # everything is marked: nothing depends on it
            return

    def _enter(self) -> None:
        settings, server = self._settings, self._server
        if settings.security == "starttls":
            # Nothing is said to a server that will not: the password least of all.
            _checked(server.starttls(_trusted(settings)))
        server.login(settings.username, settings.password)
        _checked(server.select(f'"{settings.folder}"'))

    def _fetched(self, number: bytes) -> bytes:
        # Peeked at: what fails on the way is not seen yet, and is handed out again.
        answer = _checked(
            self._server.uid("FETCH", number.decode("ascii"), f"(BODY.PEEK[]<0.{MOST}>)")
        )
        texts = [each[1] for each in answer if isinstance(each, tuple)]
        return bytes(texts[0]) if texts else b""

    def _wrong(self, error: Exception) -> MailboxError:
        where = f"{self._settings.host}:{self._settings.port}"
        said = str(error) or type(error).__name__
        return MailboxError(f"the mailbox at {where} cannot be read: {said[:200]}")


def _connected(settings: ImapSettings) -> imaplib.IMAP4:
    host, port, timeout = settings.host, settings.port, settings.timeout
    if settings.security == "tls":
        return imaplib.IMAP4_SSL(host, port, ssl_context=_trusted(settings), timeout=timeout)
    return imaplib.IMAP4(host, port, timeout)


def _trusted(settings: ImapSettings) -> ssl.SSLContext:
    file = settings.ca_file
    return ssl.create_default_context(cafile=None if file is None else str(file))


def _checked(answer: tuple[str, Sequence[object]]) -> Sequence[object]:
    kind, rows = answer
    if kind != _OK:
        raise imaplib.IMAP4.error(f"{kind}: {rows!r:.200}")
    return rows
