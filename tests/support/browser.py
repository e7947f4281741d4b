"""A page opened in a real browser: what hinders its readers, how wide it is, what it fetches."""

import html
import json
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tests.support.required import absent

PROGRAM = "chromium-headless-shell"
_AXE = Path(__file__).parents[1] / "services" / "axe" / "axe.min.js"  # axe-core 4.14.1, unchanged
AXE_HASH = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
_PATIENCE = 120  # seconds; the machine may be busy
# A letter is a part of the page of a mail program, which has the main landmark.
_LOOK = """
axe.run(document, {rules: {'landmark-one-main': {enabled: false}}}).then(found => {
  const told = rule => rule.id + ': ' + rule.nodes.map(node => node.target.join(' ')).join(', ');
  const seen = {faults: found.violations.map(told), doubts: found.incomplete.map(told),
    passed: found.passes.length, wide: document.documentElement.scrollWidth - innerWidth,
    dark: matchMedia('(prefers-color-scheme: dark)').matches,
    background: getComputedStyle(document.body).backgroundColor};
  const note = document.createElement('pre');
  note.id = 'seen-by-axe';
  note.textContent = JSON.stringify(seen);
  document.body.append(note);
});
"""
_SEEN = re.compile(r'<pre id="seen-by-axe">(.*?)</pre>', re.DOTALL)


class BrowserAbsentError(Exception):
    """There is no such browser on this machine."""


@dataclass(frozen=True)
class Look:
    """How wide the window is, in pixels, and whether its colours are dark."""

    width: int
    is_dark: bool


@dataclass(frozen=True)
class Seen:
    """What was found; `asked` are the first lines of whatever left the page."""

    faults: list[str]
    doubts: list[str]
    passed: int
    wide: int  # pixels that a reader has to scroll sideways
    dark: bool
    background: str
    asked: list[str] = field(default_factory=list)


LOOKS = {"light": Look(700, is_dark=False), "phone": Look(360, is_dark=True)}


def looked_at(page: str, look: Look, folder: Path) -> Seen:
    """A page as a reader sees it; without a browser the test is skipped, or fails if it has to."""
    try:
        return seen(page, look, folder)
    except BrowserAbsentError as error:
        absent("browser", str(error))


def seen(page: str, look: Look, folder: Path) -> Seen:
    """Open a page, let axe go over it, and note what it asks of the world."""
    axe = _AXE.read_bytes()
    assert sha256(axe).hexdigest() == AXE_HASH
    script = f"<script>{axe.decode()}</script><script>{_LOOK}</script></body>"
    file = folder / "page.html"
    file.write_text(page.replace("</body>", script), encoding="utf-8")
    with _witnessed() as (port, asked):
        found = _SEEN.search(_opened(file, look, port))
        assert found is not None, "the browser has nothing to say"
        return Seen(**json.loads(html.unescape(found[1])), asked=asked)


def _opened(file: Path, look: Look, port: int) -> str:
    program = shutil.which(PROGRAM)
    if program is None:
        raise BrowserAbsentError(f"there is no {PROGRAM} (Debian's package has that name)")
    command = [
        *(program, "--no-sandbox", "--disable-gpu", "--dump-dom", "--virtual-time-budget=20000"),
        *(f"--user-data-dir={file.parent / 'profile'}", f"--window-size={look.width},1200"),
        f"--blink-settings=preferredColorScheme={0 if look.is_dark else 1}",
        *(f"--proxy-server=http://127.0.0.1:{port}", "--proxy-bypass-list=<-loopback>"),
        *("--disable-background-networking", "--disable-component-update"),
        file.as_uri(),
    ]
    return subprocess.run(
        command, capture_output=True, check=True, text=True, timeout=_PATIENCE
    ).stdout


@contextmanager
def _witnessed() -> Iterator[tuple[int, list[str]]]:
    """A proxy through which whatever leaves a page has to go; it notes and gives nothing."""
    asked: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    client, _ = door.accept()
                    with client, suppress(OSError):
                        asked.append(client.recv(2000).split(b"\r\n")[0].decode("latin-1"))

        threading.Thread(target=serve, daemon=True).start()
        yield door.getsockname()[1], asked
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
