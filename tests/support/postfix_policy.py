"""What a private Postfix asks at each command: whether it goes on (its policy protocol)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Literal

Place = Literal["connect", "EHLO", "MAIL", "RCPT", "DATA", "dot"]
PLACES: tuple[Place, ...] = ("connect", "EHLO", "MAIL", "RCPT", "DATA", "dot")
_CALLED = {"CONNECT": "connect", "HELO": "EHLO", "END-OF-MESSAGE": "dot"}
_GOES_ON = "DUNNO"


@dataclass(slots=True)
class Policy:
    """At which place what is done (an action of access(5)), to one address or to everybody."""

    port: int = 0
    actions: dict[tuple[Place, str], str] = field(default_factory=dict)

    def said(self, asked: dict[str, str]) -> str:
        """The action at the place that is asked about."""
        state = asked["protocol_state"]
        place = _CALLED.get(state, state)
        keys = ((place, asked.get("recipient", "")), (place, ""))
        return next((self.actions[key] for key in keys if key in self.actions), _GOES_ON)


@contextmanager
def policy() -> Iterator[Policy]:
    """A policy that may be asked until the end of the block, and changed at any time."""
    made = Policy()

    class Asked(StreamRequestHandler):
        def handle(self) -> None:
            asked: dict[str, str] = {}
            for line in self.rfile:
                name, _, value = line.decode().strip().partition("=")
                if name:
                    asked[name] = value
                else:
                    self.wfile.write(f"action={made.said(asked)}\n\n".encode())

    with ThreadingTCPServer(("127.0.0.1", 0), Asked) as server:
        server.daemon_threads = True
        made.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield made
        server.shutdown()
