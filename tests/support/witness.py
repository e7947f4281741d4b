"""A real mail server on loopback that does what it is told, and remembers all it was given."""

import asyncio
import ssl
import threading
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Literal, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.certificates import Certificate
from tests.support.mail_acts import Act, Besides, Drip, Drop, Hang, Noise, Reset, Say, Step, reset
from tests.support.witnessed import Witnessed, witnessed

Security = Literal["none", "starttls", "tls"]

USERNAME, PASSWORD = "pairing", "correct horse battery staple"
_DRIP = 0.05  # seconds between two bytes
_PATIENCE = 10  # seconds in which the server must start and stop


@dataclass(slots=True)
class Witness:
    """The server. `script` holds what to do at each step, once for each entry, then accept."""

    security: Security = "none"
    certificate: Certificate | None = None
    script: dict[Step, list[Act]] = field(default_factory=dict)
    strips_starttls: bool = False
    taken: list[Witnessed] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    in_the_clear: bytearray = field(default_factory=bytearray)
    port: int = 0
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _thread: threading.Thread | None = None
    _open: set["_Session"] = field(default_factory=set)

    def __enter__(self) -> Self:
        ready: Future[int] = Future()
        self._thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        self.port = ready.result(_PATIENCE)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        if self._thread is not None:
            self._thread.join(_PATIENCE)

    def will(self, step: Step, *acts: Act) -> "Witness":
        """Queue acts for a step; each is done once."""
        self.script.setdefault(step, []).extend(acts)
        return self

    def copies(self) -> Mapping[str, int]:
        """How many copies of each Message-ID were taken over or received whole."""
        return Counter(one.message_id for one in self.taken)

    def hang_up(self) -> None:
        """Cut every open connection, as servers do with idle ones; returns when it is done."""
        asyncio.run_coroutine_threadsafe(self._cut(), self._loop).result(_PATIENCE)

    async def _cut(self) -> None:
        for session in tuple(self._open):
            session.cut()

    def _serve(self, ready: "Future[int]") -> None:
        asyncio.set_event_loop(self._loop)
        context = self.certificate.server_context() if self.certificate else None
        serving = self._loop.create_server(
            lambda: _Session(self, context if self.security == "starttls" else None),
            "127.0.0.1",
            0,
            ssl=context if self.security == "tls" else None,
        )
        server = self._loop.run_until_complete(serving)
        ready.set_result(server.sockets[0].getsockname()[1])
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(self._end())
        self._loop.close()

    async def _end(self) -> None:
        await self._cut()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


class _Session(SMTP):
    """One connection, which asks the script before each step."""

    def __init__(self, witness: Witness, tls: ssl.SSLContext | None) -> None:
        super().__init__(
            _Taking(),
            hostname="witness.example.org",
            ident="witness",
            tls_context=tls,
            loop=witness._loop,
            authenticator=_authenticate,
            auth_require_tls=witness.security == "starttls",
        )
        self._witness = witness
        self._besides = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._witness._open.add(self)

    def connection_lost(self, error: Exception | None) -> None:
        self._witness._open.discard(self)
        super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        if not self._encrypted():
            self._witness.in_the_clear.extend(data)
        super().data_received(data)

    def cut(self) -> None:
        transport = self._original_transport or self.transport
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()

    def _encrypted(self) -> bool:
        return self._witness.security == "tls" or self._tls_protocol is not None

    async def push(self, status: str | bytes) -> None:
        said = status if isinstance(status, str) else status.decode()
        besides, self._besides = self._besides, ""
        await super().push(said + besides)

    async def _handle_client(self) -> None:
        if not await self._scripted("connect"):
            await super()._handle_client()

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802  # named by aiosmtpd
        if self._witness.strips_starttls:
            await self.push("250-witness.example.org\r\n250 8BITMIME")
        elif not await self._scripted("EHLO"):
            await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802
        if not await self._scripted("STARTTLS"):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802
        if not await self._scripted("AUTH"):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802
        if not await self._scripted("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:  # noqa: N802
        if not await self._scripted("RCPT"):
            await super().smtp_RCPT(arg)

    async def smtp_RSET(self, arg: str) -> None:  # noqa: N802
        if not await self._scripted("RSET"):
            await super().smtp_RSET(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if await self._scripted("DATA"):
            return
        if self._witness.script.get("text"):
            await self.push("354 go on")
            await self._reader.readuntil(b"\r\n")
            await self._scripted("text")
        else:
            await super().smtp_DATA(arg)

    async def taken(self, envelope: Envelope) -> str:
        """Remember a message that came in whole and is not refused; how the dot is answered."""
        act = self._next("dot")
        if not (isinstance(act, Say) and act.line[:1] in "45"):
            self._witness.taken.append(witnessed(envelope, encrypted=self._encrypted()))
        match act:
            case None:
                return "250 taken"
            case Say(line, then_drop=False):
                return line
            case Besides(line):
                self._besides = f"\r\n{line}"
                return "250 taken"
            case _:
                await self._perform(act)
                return await _for_ever()

    async def _scripted(self, step: Step) -> bool:
        act = self._next(step)
        if act is not None:
            await self._perform(act)
        return not isinstance(act, Besides | None)

    def _next(self, step: Step) -> Act | None:
        self._witness.steps.append(step)
        acts = self._witness.script.get(step)
        return acts.pop(0) if acts else None

    async def _perform(self, act: Act) -> None:
        match act:
            case Say(line, then_drop):
                await self.push(line)
                if then_drop and self.transport is not None:
                    self.transport.close()
            case Besides(line):
                self._besides = f"\r\n{line}"
            case Noise(raw):
                self._writer.write(raw)
            case Drip():
                while True:
                    self._writer.write(b"2")
                    await asyncio.sleep(_DRIP)
            case _:
                await self._leave(act)

    async def _leave(self, act: Drop | Reset | Hang) -> None:
        match act:
            case Drop():
                self.cut()
            case Reset():
                reset(self.transport)
            case Hang():
                await _for_ever()


class _Taking:
    """What aiosmtpd calls when a message is complete."""

    async def handle_DATA(  # noqa: N802  # named by aiosmtpd
        self, server: _Session, _session: Session, envelope: Envelope
    ) -> str:
        return await server.taken(envelope)


async def _for_ever() -> str:
    await asyncio.Event().wait()
    return ""


def _authenticate(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, said: object
) -> AuthResult:
    known = LoginPassword(USERNAME.encode(), PASSWORD.encode())
    return AuthResult(success=said == known, handled=False)
