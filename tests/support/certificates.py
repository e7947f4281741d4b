"""Certificates for mail servers on loopback, made by openssl."""

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Certificate:
    """A self-made certificate for loopback; `file` is also its own authority."""

    file: Path
    key: Path

    def server_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file, self.key)
        return context


def certificate(
    folder: Path, names: str = "IP:127.0.0.1,DNS:localhost", days: int = 30
) -> Certificate:
    """Make a certificate with openssl, for these names, that nobody but itself vouches for.

    It is good for so many days; below 0 it has run out already.
    """
    made, asked = Certificate(folder / "certificate.pem", folder / "key.pem"), folder / "asked.csr"
    request = (
        *("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
        *("-nodes", "-subj", "/CN=witness", "-addext", f"subjectAltName={names}"),
        *("-keyout", str(made.key), "-out", str(asked)),
    )
    signing = (
        *("openssl", "x509", "-req", "-in", str(asked), "-signkey", str(made.key)),
        *("-days", str(days), "-copy_extensions", "copyall", "-out", str(made.file)),
    )
    for command in (request, signing):
        subprocess.run(command, check=True, capture_output=True)
    return made
