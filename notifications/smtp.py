"""Letters by SMTP: the only file that knows aiosmtplib; one kept connection, one loop, no doubt."""

import asyncio
import re
import ssl
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import TypeVar

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPResponse,
    SMTPResponseException,
    SMTPTimeoutError,
)

from notifications.accounts import SmtpSettings
from notifications.mailer import (
    NO_WAY_OUT,
    Delivered,
    MailerError,
    Outcome,
    Outgoing,
    Rejected,
    TryLater,
    Unknown,
    spoken,
)
from notifications.overheard import Overheard
from notifications.replies import Step, refused

T = TypeVar("T")

_ACCEPTED = range(200, 300)
_ANSWERS = range(200, 600)
_REFUSALS = range(400, 600)
_GO_AHEAD = 354
_TURNS: dict[Step, int] = {"MAIL": 1, "RCPT": 2, "DATA": 3}  # answers by then
_OUT_OF_TURN = "the server said more than it was asked"
_CLOSING = 421
_GOODBYE = 5.0  # seconds
_LINE_DOT = re.compile(rb"(?m)^\.")
_TROUBLE = (SMTPException, OSError)  # TimeoutError and SSLError are OSErrors


class Smtp:
    """A Mailer over one kept connection, made anew when it is lost."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._context: ssl.SSLContext | None = None
        self._runner: asyncio.Runner | None = None
        self._client: SMTP | None = None
        self._transport: asyncio.BaseTransport | None = None
        self._heard: Overheard | None = None

    def open(self) -> None:
        """Read the certificates; the connection itself is made by the first letter."""
        if self._runner is None:
            self._context = _context(self._settings)
            self._runner = asyncio.Runner()

    def send(self, message: Outgoing, before_data: Callable[[], None]) -> Outcome:
        return self._run(self._send(message, before_data))

    def close(self) -> None:
        if self._runner is not None:
            self._run(self._goodbye())
            self._runner.close()
            self._runner = None

    def _run(self, work: Coroutine[object, object, T]) -> T:
        if self._runner is None:
            work.close()
            raise MailerError("the mailer is closed: open it first")
        return self._runner.run(work)

    async def _send(self, message: Outgoing, before_data: Callable[[], None]) -> Outcome:
        try:
            offered = await self._offered(message)
            if not isinstance(offered, SMTP):
                return offered
            before_data()
            return await self._handed_over(offered, message)
        except BaseException:
            self._drop()  # its state is unknown: the next letter begins with a new connection
            raise

    async def _offered(self, message: Outgoing) -> SMTP | TryLater | Rejected:
        """Agree on sender and recipient; nothing of the letter itself has been said yet."""
        kept = self._client is not None and self._client.is_connected
        try:
            client = await self._connected()
        except _TROUBLE as error:
            return self._lost(error, NO_WAY_OUT)
        step: Step = "MAIL"
        try:
            await client.mail(message.sender)
            step = "RCPT"
            await client.rcpt(message.recipient)
        except SMTPResponseException as error:
            # What is refused at MAIL may be of the connection: some take so many letters each.
            if not (kept and (step == "MAIL" or error.code == _CLOSING)):
                return await self._refused(client, step, SMTPResponse(error.code, error.message))
        except SMTPTimeoutError as error:
            return self._lost(error, NO_WAY_OUT if step == "MAIL" else "")
        except _TROUBLE as error:
            if not kept:
                return self._lost(error, NO_WAY_OUT if step == "MAIL" else "")
        else:
            return client
        # The server had let go of the kept connection, as servers do: offer it on a new one.
        self._drop()
        return await self._offered(message)

    async def _handed_over(self, client: SMTP, message: Outgoing) -> Outcome:
        """Send DATA and the text; from its first byte on, silence means that we do not know."""
        try:
            reply = await client.execute_command(b"DATA")
            if reply.code != _GO_AHEAD or client.protocol is None:
                return await self._refused(client, "DATA", reply)
            if not self._is_in_turn(_TURNS["DATA"]):
                raise SMTPException(_OUT_OF_TURN)
            protocol = client.protocol
            protocol.write(_LINE_DOT.sub(b"..", message.frozen) + b".\r\n")
        except _TROUBLE as error:
            return self._lost(error)
        try:
            reply = await protocol.read_response(timeout=self._settings.dot_timeout)
        except _TROUBLE as error:
            self._drop()
            return Unknown(spoken(error))
        if reply.code in _REFUSALS:
            return await self._refused(client, "the text", reply)
        said = spoken(f"{reply.code} {reply.message}")
        if reply.code in _ACCEPTED:
            return Delivered(said)
        self._drop()
        return Unknown(said)

    async def _connected(self) -> SMTP:
        if self._client is not None and self._client.is_connected:
            self._is_in_turn(0)  # whatever was said of the letter before
            return self._client
        wanted = self._settings
        self._client = client = SMTP(
            hostname=wanted.host,
            port=wanted.port,
            local_hostname=wanted.local_name,
            timeout=wanted.command_timeout,
            use_tls=wanted.security == "tls",
            start_tls=False,  # never None, which sends in the clear; _encrypt asks for it
            tls_context=self._context,
        )
        await client.connect(timeout=wanted.connect_timeout)
        self._transport = client.transport
        if wanted.security == "starttls":
            await self._encrypt(client)
        await client.ehlo()  # here, where a refusal is about us and not about the letter
        if wanted.username:
            await client.login(wanted.username, wanted.password)
        self._heard = _overheard(client)
        return client

    async def _encrypt(self, client: SMTP) -> None:
        """Go over to TLS, unless anything is said in the clear beside the two answers asked for.

        Such a line is of somebody in between: it would count as said inside (RFC 3207, 6).
        """
        plain = _overheard(client)
        for ask in (client.ehlo, client.starttls):
            await ask()
            self._transport = client.transport
            if not plain.was_answers(1):
                raise SMTPException("somebody said more than the server's answer before STARTTLS")

    async def _refused(self, client: SMTP, step: Step, reply: SMTPResponse) -> TryLater | Rejected:
        """A no: take the offer back, so that the connection serves the next.

        After the text too: some servers hold on to the offer then, as Postfix does.
        """
        if step in _TURNS and not self._is_in_turn(_TURNS[step]):
            self._drop()
            return TryLater(_OUT_OF_TURN)
        try:
            if reply.code in _ANSWERS and reply.code != _CLOSING:
                await client.rset(timeout=min(_GOODBYE, self._settings.command_timeout))
            else:
                self._drop()
        except _TROUBLE:
            self._drop()
        return refused(step, reply.code, reply.message)

    def _is_in_turn(self, answers: int) -> bool:
        """Whether so many answers came since this was asked last, and nothing beside them.

        What a server says out of turn would count as its answer to what it is told next.
        """
        return self._heard is not None and self._heard.was_answers(answers)

    def _lost(self, error: BaseException, trouble: str = "") -> TryLater:
        self._drop()
        said = str(error)
        if isinstance(error, SMTPResponseException):
            said = f"{error.code} {error.message}"
        return TryLater(spoken(said) or type(error).__name__, trouble)

    def _drop(self) -> None:
        """Cut the connection at once, so that nothing that waits to be written leaves later."""
        if isinstance(self._transport, asyncio.WriteTransport):
            self._transport.abort()
        if self._client is not None:
            self._client.close()
        self._client = self._transport = None

    async def _goodbye(self) -> None:
        with suppress(*_TROUBLE):
            if self._client is not None and self._client.is_connected:
                await self._client.quit(timeout=_GOODBYE)
        self._drop()
        await asyncio.sleep(0)  # one turn of the loop, in which the socket is let go


def _overheard(client: SMTP) -> Overheard:
    """Listen to what comes in from now on."""
    if not isinstance(client.transport, asyncio.Transport) or client.protocol is None:
        raise SMTPException("the connection was lost")
    heard = Overheard(client.protocol, client.protocol.data_received)
    client.transport.set_protocol(heard)
    return heard


def _context(settings: SmtpSettings) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=settings.ca_file)
    except (OSError, ValueError) as error:
        raise MailerError(f"no certificates in {settings.ca_file}: {spoken(error)}") from None
