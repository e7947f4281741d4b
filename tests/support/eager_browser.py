"""A browser that runs scripts and tries whatever a page has, as some scanners of mail do."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

from tests.support.browser import PROGRAM
from tests.support.required import absent

_PATIENCE = 120  # seconds; the machine may be busy
# It reads the page, shows it in a frame, follows each address in it, and sends each form as it is.
_SCRIPT = """
(async () => {
  const text = await (await fetch(LINK)).text();
  const page = new DOMParser().parseFromString(text, 'text/html');
  const frame = document.createElement('iframe');
  frame.src = LINK;
  document.body.append(frame);
  for (const each of page.querySelectorAll('a[href]')) await fetch(new URL(each.href, LINK));
  const forms = [...page.forms];
  for (const form of forms)
    await fetch(LINK, {method: 'POST', body: new URLSearchParams(new FormData(form))});
  const note = document.createElement('pre');
  note.id = 'tried';
  note.textContent = `${forms.length} ${text.length}`;
  document.body.append(note);
})();
"""
_TRIED = re.compile(r'<pre id="tried">(\d+) (\d+)</pre>')


def tries(address: str, folder: Path) -> int:
    """Try a page of this machine; how many forms were sent."""
    program = shutil.which(PROGRAM)
    if program is None:
        absent("browser", f"there is no {PROGRAM} (Debian's package has that name)")
    page = folder / "eager.html"
    script = _SCRIPT.replace("LINK", html.escape(json.dumps(address), quote=False))
    page.write_text(f"<!doctype html><body><script>{script}</script></body>", encoding="utf-8")
    command = [
        *(program, "--no-sandbox", "--disable-gpu", "--dump-dom", "--virtual-time-budget=20000"),
        *("--disable-web-security", f"--user-data-dir={folder / 'profile'}"),
        *("--disable-background-networking", "--disable-component-update", page.as_uri()),
    ]
    seen = subprocess.run(command, capture_output=True, check=True, text=True, timeout=_PATIENCE)
    found = _TRIED.search(seen.stdout)
    assert found is not None, seen.stdout[-500:]
    assert int(found[2]) > 0, "the page was not read"
    return int(found[1])
