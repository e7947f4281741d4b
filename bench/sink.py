"""A mail server that says yes to everything and keeps nothing, in a process of its own."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_END = b"\r\n.\r\n"
_CHUNK = 65_536
_ANSWERS = {b"EHLO": b"250 sink\r\n", b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}
_YES = b"250 ok\r\n"


@contextmanager
def sink() -> Iterator[int]:
    """The port on which it listens until the end of the block."""
    command = [sys.executable, "-m", "bench.sink"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def main() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=100) as door:
        print(door.getsockname()[1], flush=True)
        while True:
            client, _ = door.accept()
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=_serve, args=(client,), daemon=True).start()


def _serve(client: socket.socket) -> None:
    with client:
        client.sendall(b"220 sink\r\n")
        said, ends = b"", b"\r\n"
        while chunk := client.recv(_CHUNK):
            said += chunk
            while ends in said:
                line, _, said = said.partition(ends)
                word = line[:4].upper() if ends == b"\r\n" else b""
                client.sendall(_ANSWERS.get(word, _YES))
                ends = _END if word == b"DATA" else b"\r\n"


if __name__ == "__main__":
    main()
