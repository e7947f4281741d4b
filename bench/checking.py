"""What `pairing check` costs at its first look, after a change, unchanged; beside plain reading."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.asked import Asked
from bench.figures import Figure, at_most, figure, middle, span, times
from bench.places import in_memory

_ROOT = Path(__file__).parents[1]
_MOST = 1.0  # second
# The least that a first look can cost: Python starts, and each file is read as YAML.
_READING = """
import sys
from pathlib import Path
import yaml
for file in Path(sys.argv[1]).rglob("*.yaml"):
    yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
"""


def checking(asked: Asked) -> Iterator[Figure]:
    """Four processes by turns: reading, nothing kept, a file changed since, nothing changed."""
    with in_memory() as memory:
        folder, kept = memory.path / "wp6", memory.path / "kept"
        shutil.copytree(_ROOT / "workflows" / "wp6", folder)
        check = [_ROOT / ".venv" / "bin" / "pairing", "check", folder]
        taken: dict[str, list[float]] = {}
        for _ in range(asked.rounds):
            reading = _processor([sys.executable, "-c", _READING, folder], kept)
            taken.setdefault("reading", []).append(reading)
            shutil.rmtree(kept, ignore_errors=True)
            for look in ("first look", "after a change", "second look"):
                if look == "after a change":
                    with (folder / "pairing.yaml").open("a", encoding="utf-8") as file:
                        file.write("# one more line\n")
                taken.setdefault(look, []).append(_processor(check, kept))
    floor = middle(taken.pop("reading"))
    for look, seconds in taken.items():
        cost = middle(seconds)
        yield figure(
            f"pairing check, {look}, processor of the process",
            at_most(_MOST, cost, span),
            middle=span(cost),
            least=span(min(seconds)),
            reading=span(floor),
            of_reading=times(cost / floor),
        )


def _processor(command: list[str | Path], kept: Path) -> float:
    """Seconds of processor time of one process, from its start to its end."""
    before = os.times()
    # As where it is used: Python keeps what it compiled, also if whoever measures says otherwise.
    around = {**os.environ, "XDG_CACHE_HOME": str(kept), "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(command, env=around, capture_output=True, check=False)
    after = os.times()
    assert done.returncode == 0, done.stderr.decode()
    return (after.children_user + after.children_system) - (
        before.children_user + before.children_system
    )
