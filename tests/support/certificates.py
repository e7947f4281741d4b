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


def certificate(folder: Path, names: str = "IP:127.0.0.1,DNS:localhost") -> Certificate:
    """Make a certificate with openssl, for these names, that nobody but itself vouches for."""
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    command = (
        *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
        *("-nodes", "-days", "30", "-subj", "/CN=witness", "-addext", f"subjectAltName={names}"),
        *("-keyout", str(made.key), "-out", str(made.file)),
    )
    subprocess.run(command, check=True, capture_output=True)
    return made
