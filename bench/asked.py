"""What the bench was asked: how many rounds, on which disk, beside which other checkout."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Asked:
    """Given once on the command line, read by every line."""

    rounds: int
    disk: Path
    beside: Path | None = None
